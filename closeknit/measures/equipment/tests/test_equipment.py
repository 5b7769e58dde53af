"""The register of checkpoints by type, their equipment, and the passages that they record and count."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.equipment.kinds import PostType
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOON = START + timedelta(hours=6)


def told(area: str, hours: float, *names: str) -> list[Any]:
    """These figures at so many hours after the start."""
    end = START + timedelta(hours=hours)
    found = figures(Question(area, end - timedelta(days=1), end), "checkpoints.")
    return [found[f"checkpoints.{name}"] for name in names]


def csv(response: Any) -> list[list[str]]:
    return [line.split(",") for line in response.content.decode("utf-8-sig").splitlines()][1:]


def test_chk_01_checkpoints_of_several_types_are_registered(field_records: Field, cast: Cast, sign_in: SignIn):
    assert {each.value for each in PostType} >= {"expressway", "county_road", "wharf", "compound_gate", "market", "station", "cold_chain"}
    with clock.at(NOON):
        ben = sign_in(cast.ben)
        answers = [
            ben.post(f"/checkpoint-register/{TOWN}/new/", {"name": name, "type": kind, "area": EAST, "hours": "24小时"}).status_code
            for name, kind in (("高速北口", "expressway"), ("县界卡点", "county_road"), ("高速北口", "wharf"))
        ]
        rows = csv(ben.get(f"/checkpoint-register/{TOWN}/?as=csv"))
        closed = Place.objects.current().get(name="县界卡点").code
        field_records.now = NOON + timedelta(minutes=5)
        field_records.record(
            "checkpoints.post_set", place=closed, area=EAST, data={"type": "county_road", "state": "closed", "reason": "撤点"}
        )

    assert answers == [302, 302, 422]
    assert sorted(row[0] + row[2] for row in rows) == ["县界卡点县际道路", "渡口卡点未定类型", "高速北口高速公路出入口"]
    assert told(TOWN, 7, "posts", "untyped") == [2, 1]
    assert told(EAST, 7, "posts", "untyped") == [1, 0]


def test_chk_06_each_point_has_a_list_of_equipment_and_what_is_missing_is_known(field_records: Field, cast: Cast, sign_in: SignIn):
    with clock.at(NOON):
        ben = sign_in(cast.ben)
        before = html.unescape(ben.get("/checkpoint-equipment/CP1/").content.decode())
        ben.post("/checkpoint-equipment/CP1/", {"do": "list"})
        items = [each.data["item"] for each in Event.objects.filter(kind="supplies.minimum_set").order_by("arrival")]
        listed = html.unescape(ben.get("/checkpoint-equipment/CP1/").content.decode())
        names = sorted(items)
        wrong = ben.post("/checkpoint-equipment/CP1/", {f"n{number}": "x" for number in range(2)}).status_code
        ben.post("/checkpoint-equipment/CP1/", {f"n{number}": "100" for number in range(1, len(names))})
        missing = html.unescape(ben.get("/checkpoint-equipment/CP1/").content.decode())

    assert ("清单中尚缺" in before, {"帐篷", "防护服", "椅子", "体温枪"} <= set(items), "物资不齐" in listed, wrong) == (
        True,
        True,
        True,
        422,
    )
    assert {each.data["reason"] for each in Event.objects.filter(kind="supplies.stock_moved")} == {"counted"}
    assert (told(WEST, 7, "lacking"), told(EAST, 7, "lacking"), "物资不齐" in missing) == ([1], [0], True)
    assert Event.objects.filter(kind="supplies.stock_moved").count() == len(names) - 1


def test_chk_02_chk_03_a_passage_says_what_came_and_what_was_decided_and_is_counted_by_post_and_period(
    field_records: Field, cast: Cast, sign_in: SignIn
):
    said: list[tuple[str, dict[str, Any]]] = [
        ("vehicle_checked", {"vehicle": "truck", "plate": "湘U00001", "occupants": 2, "decision": "admitted"}),
        ("vehicle_checked", {"vehicle": "vessel", "plate": "渡01", "occupants": 12, "decision": "turned_away", "reason": "停航"}),
        ("person_checked", {"temperature": 36.6, "colour": "green", "test_within_h": 24, "decision": "admitted"}),
        ("person_checked", {"temperature": 38.1, "decision": "referred", "reason": "发热"}),
        ("person_checked", {"emergency": True, "decision": "admitted"}),
    ]
    for kind, data in said:
        field_records.later(minutes=30).record(f"checkpoints.{kind}", place="CP1", data=data)

    assert told(WEST, 5, "vehicles", "vessels", "persons", "referred") == [1, 1, 3, 1]
    assert told(WEST, 2.25, "vehicles", "vessels", "persons", "referred") == [1, 1, 0, 0]
    assert told(EAST, 5, "persons") == [0]
    with clock.at(NOON):
        rows = csv(sign_in(cast.ben).get(f"/checkpoints/{TOWN}/?as=csv"))
    assert [rows[0][0], *rows[0][2:5]] == ["渡口卡点", "1", "1", "3"]


@pytest.mark.parametrize("posts", [1, 4])
def test_the_register_asks_no_more_for_more_checkpoints(
    field_records: Field, cast: Cast, sign_in: SignIn, posts: int, django_assert_max_num_queries: Any
):
    for number in range(posts):
        Place.objects.create(code=f"CP{number}9", category="checkpoint", name=f"卡点{number}", area=WEST, learned_at=START)
        field_records.record("supplies.minimum_set", place=f"CP{number}9", data={"item": "口罩", "quantity": 5})
    client = sign_in(cast.ben)
    client.get(f"/checkpoint-register/{TOWN}/")
    with django_assert_max_num_queries(30):
        client.get(f"/checkpoint-register/{TOWN}/")
