"""Deployment orders: sent, confirmed in one press by the place that receives, short, late; what cannot be is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.ledger.models import Event, Refusal
from closeknit.measures.command.kinds import Look
from closeknit.measures.deployment.rules import state
from closeknit.measures.deployment.watch import unconfirmed
from closeknit.policy.packs import policy
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
NOON = datetime(2022, 3, 18, 12, tzinfo=UTC)
SHIFT = {"from_at": "2022-03-18T10:00+08:00", "to_at": "2022-03-18T18:00+08:00"}


@pytest.mark.parametrize(
    ("arrived", "hours", "expected"),
    [(None, -1, "sent"), (None, 0, "late"), (3, 1, "confirmed"), (2, -1, "short"), (0, 1, "short"), (4, 1, "more")],
)
def test_how_an_order_of_three_stands(arrived: int | None, hours: int, expected: str):
    assert state(3, arrived, NOON, NOON + timedelta(hours=hours)) == expected


def rows(client: Any, path: str) -> list[list[str]]:
    text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def order(records: Field, code: str, place: str, area: str, **data: Any) -> Event:
    said = {"order": code, "post": "order", **SHIFT, **data}
    return records.record("deployment.ordered", member="W3", device="console:ben", place=place, area=area, data=said)


def test_dep_02_the_receiving_place_confirms_in_one_press(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, "D-001", "CP1", WEST, number=3, unit="镇政府")
    client = sign_in(account("gate", "gate_staff", WEST, member="W1"))

    with clock.at(field_records.now):
        page = client.get(f"/deployment/{WEST}/").content.decode()
        press = page.split('action="/deployment/order/')[1].split('"')[0].replace("&amp;", "&")
        for _ in range(2):
            client.post(f"/deployment/order/{press}")
        client.force_login(cast.ben)
        found = rows(client, f"/deployment/{TOWN}/")

    assert [row[:8] for row in found] == [["D-001", "已到位", "渡口卡点", "秩序维护", "镇政府", "3", "3", ""]]
    assert Event.objects.filter(kind="deployment.confirmed").count() == 1


def test_dep_02_fewer_came_and_more_than_were_ordered_are_refused(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, "D-001", "CP1", WEST, members=["W1", "W2"])
    client = sign_in(cast.ana)

    with clock.at(field_records.now):
        more = client.post("/deployment/order/D-001/come/", {"arrived": "3"})
        client.post("/deployment/order/D-001/come/", {"arrived": "1"})
        found = rows(client, f"/deployment/{WEST}/")

    assert (more.status_code, "调派令为 2 人" in more.content.decode()) == (422, True)
    assert [(row[1], row[5], row[6], row[7], row[10]) for row in found] == [("到位不足", "2", "1", "1", "村干部甲、村干部乙")]


def test_a_confirmation_of_more_that_came_another_way_is_flagged(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, "D-001", "CP1", WEST, number=2)
    field_records.record("deployment.confirmed", member="W1", data={"order": "D-001", "arrived": 5})

    with clock.at(field_records.now + timedelta(hours=3)):
        assert [row[1] for row in rows(sign_in(cast.ben), f"/deployment/{TOWN}/?state=more")] == ["实到多于调派，请核对"]


def test_dep_02_the_board_tells_of_orders_that_nobody_confirmed(field_records: Field, cast: Cast):
    order(field_records, "D-001", "CP1", WEST, number=2)
    order(field_records, "D-002", "S2", EAST, number=1)
    field_records.record("deployment.confirmed", member="W2", area=EAST, data={"order": "D-002", "arrived": 1})
    area, cases = Area.objects.current().get(code=TOWN), []
    for hours in (0, 3, 12):
        look = Look(cast.ben, area, START + timedelta(hours=1.5 + hours), None, policy(TOWN))
        cases.append([(case.name, str(case.note)) for case in unconfirmed(look).cases])

    assert cases == [[], [("D-001", "渡口卡点，2 人")], []]
    found = figures(Question(TOWN, START, START + timedelta(days=1)), "deployment.")
    assert (found["deployment.orders"], found["deployment.arrived"]) == (2, 1)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"chosen_place": "", "ref_place": "无此处"}, "辖区内未找到"),
        ({"members": "W9"}, "辖区内无此人员编号：W9"),
        ({"number": ""}, "请填写人数或人员编号"),
        ({"from_at": "2022-03-18T18:00", "to_at": "2022-03-18T10:00"}, "结束时间早于开始时间"),
        ({"post": "采样", "members": "W1"}, "此岗位须具备“采样资质”"),
        ({"order": "D-000"}, "此编号已有调派令"),
    ],
)
def test_an_order_that_cannot_be_is_refused_in_plain_words(
    field_records: Field, cast: Cast, sign_in: SignIn, said: dict[str, str], words: str
):
    order(field_records, "D-000", "S1", WEST, number=1)
    form = {"order": "D-001", "post": "order", "number": "2", "from_at": "2022-03-18T10:00", "to_at": "2022-03-18T18:00"}

    answer = sign_in(cast.ben).post("/record/deployment.ordered/", {**form, "chosen_place": "CP1", "ref_place": "CP1", **said})

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Event.objects.count() == 1


def test_an_order_to_a_place_that_is_not_there_waits_and_is_not_lost(field_records: Field):
    event = field_records.event("deployment.ordered", place="X9", data={"order": "D-001", "post": "order", "number": 1, **SHIFT})

    assert field_records.push(event, device="console:ben")[0].status == "waiting"
    assert Refusal.objects.get().waits_for == "X9"


@pytest.mark.parametrize(("who", "status"), [("ana", 404), ("dov", 404), ("chen", 403), ("ben", 200)])
def test_who_sees_the_orders_of_the_town(town: None, cast: Cast, sign_in: SignIn, who: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/deployment/{TOWN}/").status_code == status


def test_another_villages_order_is_not_confirmed(field_records: Field, cast: Cast, sign_in: SignIn):
    order(field_records, "D-001", "S2", EAST, number=1)

    assert sign_in(cast.ana).post("/deployment/order/D-001/come/?arrived=1").status_code == 404


def test_where_there_is_none_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn):
    assert "接收点一键确认到位" in sign_in(cast.ben).get(f"/deployment/{TOWN}/").content.decode()
