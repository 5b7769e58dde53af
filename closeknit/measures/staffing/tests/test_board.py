"""Need against presence by site, now and by hour; a post that stands empty; what a need may say."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.command.kinds import Look
from closeknit.measures.staffing.watch import empty, short
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def need(records: Field, place: str, post: str, number: int, **hours: int) -> None:
    records.record("deployment.need_set", member="W3", device="console:ben", place=place, data={"post": post, "number": number, **hours})


@pytest.fixture
def morning(field_records: Field) -> Field:
    """Three wanted at the wharf of whom one came, nobody at the eastern shop, enough at the shop in the street. 9:00 here."""
    need(field_records, "CP1", "checkpoint", 3)
    need(field_records, "S2", "order", 1, from_hour=8, to_hour=20)
    need(field_records, "S1", "order", 4)
    need(field_records, "S1", "秩序维护", 1)
    field_records.record("workforce.signed_in", place="CP1", data={"post": "checkpoint"})
    field_records.record("workforce.signed_in", member="W2", device="D2", place="S1", data={"post": "Order keeping"})
    return field_records


def test_dep_09_need_against_presence_shows_gaps_first(morning: Field, cast: Cast, sign_in: SignIn):
    with clock.at(morning.now + timedelta(minutes=5)):
        found = rows(sign_in(cast.ben), f"/staffing/{TOWN}/")

    assert found == [
        ["东岭商店", "空岗", "秩序维护", "1", "0", "1"],
        ["渡口卡点", "缺 2 人", "卡点查验", "3", "1", "2"],
        ["河街商店", "已到位", "秩序维护", "1", "1", "0"],
    ]


def test_dep_09_the_need_ends_with_its_hours_and_stands_again_on_the_next_day(morning: Field, cast: Cast, sign_in: SignIn):
    client, places = sign_in(cast.ben), []
    for hours in (1, 12, 24):
        with clock.at(morning.now + timedelta(hours=hours)):
            places.append([row[0] for row in rows(client, f"/staffing/{TOWN}/?state=empty")])

    assert places == [["东岭商店"], [], ["东岭商店"]]


def test_dep_09_a_place_by_hour(morning: Field, cast: Cast, sign_in: SignIn):
    morning.later(hours=2).record("workforce.signed_out", place="CP1")
    with clock.at(morning.now + timedelta(hours=1)):
        found = rows(sign_in(cast.ben), "/staffing/at/CP1/")

    assert [row for row in found if row[0] in ("08:00", "09:00", "10:00", "11:00", "13:00")] == [
        ["08:00", "空岗", "3", "0", "3"], ["09:00", "缺 2 人", "3", "1", "2"], ["10:00", "缺 2 人", "3", "1", "2"],
        ["11:00", "空岗", "3", "0", "3"], ["13:00", "", "3", "0", "3"],
    ]  # fmt: skip


def test_dep_09_the_board_tells_of_empty_and_short_posts(morning: Field, cast: Cast):
    look = Look(cast.ben, Area.objects.current().get(code=TOWN), morning.now + timedelta(minutes=5), None, policy(TOWN))

    nobody, too_few = empty(look).cases, short(look).cases

    assert [(str(case.name), case.area, case.number) for case in nobody] == [("东岭商店 秩序维护", EAST, 1)]
    assert [(str(case.name), case.area, case.number) for case in too_few] == [("渡口卡点 卡点查验", WEST, 2)]


def test_dep_09_the_report_counts_sites_and_those_short(morning: Field):
    found = figures(Question(TOWN, START, morning.now + timedelta(minutes=5)), "deployment.")

    assert [found[f"deployment.{name}"] for name in ("sites", "short", "empty")] == [3, 2, 1]


def test_a_checkpoint_without_a_need_stands_empty_only_where_others_sign_in(field_records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(field_records.now):
        before = rows(client, f"/staffing/{TOWN}/")
    field_records.record("workforce.signed_in", place="S1", data={"post": "order"})
    with clock.at(field_records.now + timedelta(minutes=1)):
        after = rows(client, f"/staffing/{TOWN}/")

    assert (before, [row[:2] for row in after]) == ([], [["渡口卡点", "空岗"], ["河街商店", "已到位"]])


@pytest.mark.parametrize(
    ("said", "field"), [({"number": "2", "from_hour": "9", "to_hour": "9"}, "起始时点应早于结束时点"), ({"number": "-1"}, "f-number-error")]
)
def test_a_need_that_cannot_be_is_refused_beside_its_field(cast: Cast, sign_in: SignIn, said: dict[str, str], field: str):
    form = {"post": "order", "chosen_place": "S1", "ref_place": "S1", **said}

    answer = sign_in(cast.ben).post("/record/deployment.need_set/", form)

    assert (answer.status_code, field in answer.content.decode()) == (422, True)
    assert not Event.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("dov", 404), ("chen", 403), ("ben", 200)])
def test_who_sees_the_board_of_the_town(morning: Field, cast: Cast, sign_in: SignIn, who: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/staffing/{TOWN}/").status_code == status


def test_who_works_at_a_gate_sees_the_board_and_sets_no_need(cast: Cast, sign_in: SignIn):
    client = sign_in(account("gate", "gate_staff", WEST))

    assert [client.get(url).status_code for url in (f"/staffing/{WEST}/", "/record/deployment.need_set/")] == [200, 403]


def test_where_nothing_is_set_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    with clock.at(START):
        page = sign_in(cast.ben).get(f"/staffing/{TOWN}/").content.decode()

    assert "请先登记各点各岗位需要人数" in page
