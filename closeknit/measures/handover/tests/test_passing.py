"""A grid passes to another worker in one press with what is open, also on the phones; "I cannot" needs no reason."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import Look
from closeknit.measures.shifts.roster import open_
from closeknit.policy.packs import policy
from closeknit.sync.assignment.tests.phone import Phone, phone_of, work_as
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=2)


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


@pytest.fixture
def grid_worker(town: None) -> Iterator[None]:
    """W1 works the grid of the western village."""
    with clock.at(START):
        work_as("W1", "grid_worker", area=GRID)
    with clock.at(NOW):
        yield


def test_dep_12_a_grid_passes_in_one_press_with_what_is_open(grid_worker: None, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ana)
    page = client.get(f"/duty/pass/grid/{GRID}/").content.decode()

    answer = client.post(f"/duty/pass/grid/{GRID}/", {"to": "W2"})

    event = Event.objects.get(kind="workforce.passed_on")
    assert ("未落实户数" in page, answer.status_code) == (True, 302)
    assert (event.topic, event.area, event.data) == (GRID, GRID, {"what": "grid", "code": GRID, "from": "W1", "to": "W2", "open": 1})
    client.force_login(cast.ben)
    assert ["西坪村第1网格", "有人负责", "村干部乙"] in [row[:3] for row in rows(client, f"/handover/{TOWN}/")]


def on_phones() -> tuple[Phone, Phone]:
    """The phones of giver and taker, which have pulled before."""
    giver, taker = phone_of("W1", device="D-1"), phone_of("W2", device="D-2")
    giver.pull()
    taker.pull()
    return giver, taker


def test_dep_12_the_takers_phone_has_the_grid_at_its_next_pull_and_the_givers_no_more(grid_worker: None, cast: Cast, sign_in: SignIn):
    giver, taker = on_phones()
    before = (giver.households(GRID), taker.households(GRID), taker.households(EAST))

    sign_in(cast.ana).post(f"/duty/pass/grid/{GRID}/", {"to": "W2"})
    giver.pull()
    taker.pull()

    assert before == (["H3"], [], ["H4", "H5"])
    assert (giver.households(GRID), taker.households(GRID), taker.households(EAST)) == ([], ["H3"], ["H4", "H5"])
    assert [each["code"] for each in taker.parts["campaigns"]] == ["sweep"]


def test_dep_12_a_grid_that_is_passed_back_is_on_the_first_phone_again(grid_worker: None, cast: Cast, sign_in: SignIn):
    giver, taker = on_phones()
    client = sign_in(cast.ben)
    for member in ("W2", "W1"):
        with clock.at(NOW + timedelta(minutes=1 if member == "W2" else 2)):
            client.post(f"/duty/pass/grid/{GRID}/", {"to": member})
    giver.pull()
    taker.pull()

    assert (giver.households(GRID), taker.households(GRID)) == (["H3"], [])


def test_an_undone_passing_leaves_the_grid_where_it_was(grid_worker: None, cast: Cast, sign_in: SignIn):
    giver, taker = on_phones()
    client = sign_in(cast.ana)
    client.post(f"/duty/pass/grid/{GRID}/", {"to": "W2"})
    client.post(f"/record/undo/{Event.objects.get(kind='workforce.passed_on').id}/")
    giver.pull()
    taker.pull()

    assert (giver.households(GRID), taker.households(GRID)) == (["H3"], [])


def test_dep_12_a_person_at_the_limit_takes_nothing_over(grid_worker: None, field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.now = START - timedelta(hours=10.5)
    field_records.record("workforce.signed_in", member="W2", device="D2", area=EAST, data={"post": "order"})
    client = sign_in(cast.ana)

    with clock.at(START + timedelta(hours=5)):
        page = client.get(f"/duty/pass/grid/{GRID}/").content.decode()
        answer = client.post(f"/duty/pass/grid/{GRID}/", {"to": "W2"})

    assert ("已到上限" in page, 'value="W2"' in page) == (True, False)
    assert (answer.status_code, Event.objects.filter(kind="workforce.passed_on").exists()) == (422, False)


def shift(records: Field, worker: str, begins: int, ends: int) -> str:
    data = {
        "post": "checkpoint",
        "worker": worker,
        "from_at": f"2022-03-19T{begins:02d}:00+08:00",
        "to_at": f"2022-03-19T{ends:02d}:00+08:00",
    }
    event = records.record("deployment.shift_planned", member="W3", device="console:ben", place="CP1", data=data)
    return str(event.id)


def test_dep_12_i_cannot_is_one_press_without_a_reason(field_records: Field, cast: Cast, sign_in: SignIn):
    code, client = shift(field_records, "W1", 8, 16), sign_in(cast.ana)

    with clock.at(NOW):
        page = client.get("/mine/duty/").content.decode()
        client.post(f"/duty/cannot/shift/{code}/")
        after = client.get("/mine/duty/").content.decode()
        client.force_login(cast.ben)
        listed = rows(client, f"/shifts/{TOWN}/?day=2022-03-19")
        look = Look(cast.ben, Area.objects.current().get(code=TOWN), NOW + timedelta(minutes=1), None, policy(TOWN))
        cases = open_(look).cases

    assert (f"/duty/cannot/shift/{code}/" in page, f"/duty/cannot/shift/{code}/" in after) == (True, False)
    assert Event.objects.get(kind="workforce.cannot").data == {"what": "shift", "code": code, "worker": "W1"}
    assert [shape.name for shape in kinds()["workforce.cannot"].shapes] == ["what", "code", "worker"]
    assert [row[:2] for row in listed] == [["村干部甲", "无法到岗，待移交"]]
    assert [str(case.name) for case in cases] == ["渡口卡点 村干部甲"]


def test_dep_12_a_shift_is_passed_on_and_not_beyond_the_limits(field_records: Field, cast: Cast, sign_in: SignIn):
    mine, theirs = shift(field_records, "W1", 8, 16), shift(field_records, "W2", 12, 20)
    client = sign_in(cast.ana)

    with clock.at(NOW):
        refused = client.post(f"/duty/pass/shift/{mine}/", {"to": "W2"}, follow=True)
        client.post(f"/duty/pass/shift/{mine}/", {"to": "W3"})
        client.force_login(cast.ben)
        listed = rows(client, f"/shifts/{TOWN}/?day=2022-03-19")

    assert (refused.status_code, "该时段已有班次" in refused.content.decode()) == (422, True)
    assert [row[0] for row in listed] == ["镇干部", "村干部乙"]
    assert theirs


def test_a_shift_elsewhere_is_its_holders_to_pass_on_and_nobodys_else(field_records: Field, cast: Cast, sign_in: SignIn):
    code = shift(field_records, "W2", 8, 16)
    client = sign_in(account("eve", "village_secretary", EAST, member="W2"))

    with clock.at(NOW):
        own = client.get(f"/duty/pass/shift/{code}/").status_code
        client.force_login(account("gate", "gate_staff", WEST))
        others = client.post(f"/duty/cannot/shift/{code}/").status_code
        client.force_login(cast.dov)
        outside = client.post(f"/duty/cannot/shift/{code}/").status_code

    assert (own, others, outside) == (200, 403, 404)
    assert not Event.objects.filter(kind="workforce.cannot").exists()


def test_my_duty_shows_my_shifts_grid_and_hours(grid_worker: None, field_records: Field, cast: Cast, sign_in: SignIn):
    shift(field_records, "W1", 8, 16)
    field_records.record("workforce.signed_in", place="CP1", data={"post": "checkpoint"})

    page = sign_in(cast.ana).get("/mine/duty/").content.decode()

    assert [words in page for words in ("渡口卡点 卡点查验", "03-19 08:00 – 16:00", "西坪村第1网格", "未落实 1 户", "今日已 1.0 小时")] == [
        True
    ] * 5


def test_an_account_without_a_member_is_told_what_to_do(cast: Cast, sign_in: SignIn):
    page = sign_in(account("gate", "gate_staff", WEST)).get("/mine/duty/").content.decode()

    assert "请管理员在账户中填写您的人员编号" in page
