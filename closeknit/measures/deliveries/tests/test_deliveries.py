"""From an order to the door: the list, the presses, what is left by subtraction, what the board says."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.queries import standing
from closeknit.measures.deliveries.balances import balances
from closeknit.measures.supplies.kinds import Delivered
from closeknit.registry.actions import find, merge
from closeknit.reports.figures import Question, figure
from tests.town import EAST, START, TOWN, WEST, Cast, Field

pytestmark = pytest.mark.django_db
NOON = START + timedelta(hours=4)


def say(field: Field, kind: str, pack: str = "vegetable", quantity: int = 1, *, home: str = "H1", **data: Any) -> Event:
    return field.record(f"supplies.{kind}", household=home, data={"pack": pack, "quantity": quantity, **data})


def page(client: Any, screen: str, *parts: Any, at: datetime = NOON, **query: str) -> str:
    with clock.at(at):
        return client.get(reverse(screen, args=parts), query).content.decode()


def left(area: str = TOWN, **rest: Any) -> dict[tuple[str, str, str], int]:
    return {tuple(each.key): each.left for each in balances(area, **rest) if each.left}


def value(name: str, area: str = TOWN, *, end: datetime = START + timedelta(days=1), as_of: datetime | None = None) -> Any:
    question = Question(area, START, end, as_of)
    found = figure(name, question)
    return found.rows(question).value() if found else None


def test_liv_02_what_is_left_is_what_was_ordered_less_what_came(field_records: Field):
    say(field_records, "ordered", quantity=3)
    say(field_records, "ordered", "meat", 2, home="H4")
    say(field_records, "delivered", quantity=1)
    field_records.record("supplies.ordered", person="P3", data={"pack": "fruit", "quantity": 1})

    assert left() == {("H1", "", "vegetable"): 2, ("H4", "", "meat"): 2, ("", "P3", "fruit"): 1}
    assert (left(WEST), left(EAST)) == ({("H1", "", "vegetable"): 2, ("", "P3", "fruit"): 1}, {("H4", "", "meat"): 2})
    assert (value("supplies.undelivered"), value("supplies.households_waiting"), value("supplies.over_delivered")) == (5, 3, 0)
    assert (value("supplies.ordered.vegetable"), value("supplies.delivered.vegetable")) == (3, 1)


def test_a_household_that_was_found_and_merged_has_its_packs_under_the_name_of_the_roster(field_records: Field):
    with clock.at(START):
        code = find(by="W1", area=WEST, data={"what": "household"})
        say(field_records, "ordered", home=code)
        assert left(WEST) == {(code, "", "vegetable"): 1}
        merge(code, "H2", reference="household", area=WEST, by="W1", reason="同一户")
    say(field_records, "ordered", home="H2")

    assert left(WEST) == {("H2", "", "vegetable"): 2}


def test_a_state_stands_at_the_windows_end_and_as_it_was_known(field_records: Field):
    order = say(field_records, "ordered", quantity=2)
    field_records.later(hours=2)
    say(field_records, "delivered", quantity=2)
    field_records.later(hours=2)
    field_records.record("ledger.voided", corrects=str(order.id), data={"reason": "重复"})

    ends = [START + timedelta(hours=hours) for hours in (2, 4, 24)]
    assert [value("supplies.undelivered", end=end, as_of=START + timedelta(hours=4)) for end in ends] == [2, 0, 0]
    assert (value("supplies.over_delivered"), value("supplies.over_delivered", as_of=START + timedelta(hours=4))) == (2, 0)


def test_a_negative_delivery_is_rejected_with_the_field_and_the_remedy(field_records: Field):
    answer = field_records.push(field_records.event("supplies.delivered", household="H1", data={"pack": "vegetable", "quantity": -2}))[0]

    assert (answer.status, answer.field) == ("rejected", "data.quantity")
    with override("en"):
        assert str(answer.text) == "This must be at least 1. What came back is no delivery: withdraw that record instead."
    assert Refusal.objects.filter(status="rejected").count() == 1


def test_liv_03_the_list_is_in_walking_order_and_marks_who_cannot_come_down(field_records: Field, ben: Any):
    for home in ("H3", "H2", "H1"):
        say(field_records, "ordered", home=home)
    text = page(ben, "deliveries.doors", WEST)

    places = [text.index(f'id="d-{home}"') for home in ("H1", "H2", "H3")]
    assert places == sorted(places)
    assert [reading.codes for reading in Reading.objects.filter(screen="deliveries.doors")] == [["H1", "H2", "H3"]]


def test_one_press_records_all_that_is_left_at_a_door_and_can_be_taken_back(field_records: Field, ben: Any):
    say(field_records, "ordered", quantity=2)
    say(field_records, "ordered", "meat")
    base = uuid7()
    press = {"event": str(base), "code": "H1", "next": "/"}
    with clock.at(NOON):
        ben.post(reverse("deliveries.deliver", args=[WEST]), press)
        ben.post(reverse("deliveries.deliver", args=[WEST]), press)
    delivered = {(event.household, event.data["pack"], event.data["quantity"]) for event in standing(Delivered)}
    assert delivered == {("H1", "vegetable", 2), ("H1", "meat", 1)} and left() == {}
    with clock.at(NOON + timedelta(seconds=20)):
        ben.post(reverse("deliveries.undo", args=[WEST, base]))

    assert left() == {("H1", "", "vegetable"): 2, ("H1", "", "meat"): 1}


def test_one_press_for_all_of_a_building_leaves_the_others(field_records: Field, ben: Any):
    for home in ("H1", "H2", "H3"):
        say(field_records, "ordered", home=home)
    text = page(ben, "deliveries.doors", WEST, building="1组")
    with clock.at(NOON):
        ben.post(reverse("deliveries.deliver", args=[WEST]), {"event": str(uuid7()), "building": "1组"})
        ben.post(reverse("deliveries.deliver", args=[TOWN]), {"event": str(uuid7()), "building": "2组"})

    assert "All of 1组: 2 doors" in text
    assert left() == {("H3", "", "vegetable"): 1}


def test_more_than_was_ordered_is_flagged_on_a_list(field_records: Field, ben: Any):
    say(field_records, "ordered")
    say(field_records, "delivered", quantity=2)
    text = page(ben, "deliveries.doors", WEST, state="over")

    assert "More than ordered" in text and "H1" in text
    assert "Households that got more than they ordered: 1" in page(ben, "command.board", TOWN)


def test_what_is_paid_free_or_owed_and_what_was_short(field_records: Field, ben: Any):
    offer = {"pack": "vegetable", "title": "蔬菜包", "title_en": "Vegetable pack", "price": 30}
    field_records.record("supplies.pack_offered", area=TOWN, data=offer)
    say(field_records, "ordered", quantity=2)
    say(field_records, "ordered", home="H2", paid="paid")
    say(field_records, "ordered", home="H3", paid="free")
    say(field_records, "fell_short", quantity=2, why="out_of_stock")
    text = page(ben, "deliveries.doors", WEST)

    assert "60 yuan owed" in text and "Not enough of them" in text and "Delivered and paid" in text
    assert (text.count(">Paid<"), text.count(">Free<")) == (1, 1)
    assert value("supplies.short.vegetable") == 2
    with clock.at(NOON):
        ben.post(reverse("deliveries.deliver", args=[WEST]), {"event": str(uuid7()), "code": "H1", "paid": "paid"})
    assert standing(Delivered).get().data == {"pack": "vegetable", "quantity": 2, "paid": "paid"}


def test_the_board_names_what_is_late_by_the_hours_of_the_pack(field_records: Field, ben: Any):
    say(field_records, "ordered")
    in_time = START + timedelta(hours=10) + timedelta(hours=24)  # closed at 18:00 in the town

    late = "Households that wait too long for packs: 1"
    assert late not in page(ben, "command.board", TOWN, at=in_time - timedelta(minutes=1))
    assert late in page(ben, "command.board", TOWN, at=in_time)
    assert "Late" in page(ben, "deliveries.doors", WEST, at=in_time, state="late")


def test_an_area_without_orders_says_what_to_do_first(ben: Any):
    assert "Nothing has been ordered here yet" in page(ben, "deliveries.doors", WEST)


def test_the_list_is_a_file_and_a_paper_too(field_records: Field, ben: Any):
    say(field_records, "ordered")
    with clock.at(NOON):
        file = ben.get(reverse("deliveries.doors", args=[WEST]), {"as": "xlsx"})
    assert file.content[:2] == b"PK"
    assert "printed by" in page(ben, "deliveries.doors", WEST, **{"as": "print"})


def test_statements_do_not_grow_with_orders(field_records: Field, ben: Any, cast: Cast):
    say(field_records, "ordered")
    few = statements(ben)
    for home in ("H2", "H3", "H1"):
        for pack in ("meat", "fruit"):
            say(field_records, "ordered", pack, home=home)
            say(field_records, "delivered", pack, home=home)
            say(field_records, "ordered", pack, home=home)

    assert statements(ben) == few


def statements(client: Any) -> int:
    page(client, "deliveries.doors", WEST)
    with CaptureQueriesContext(connection) as asked:
        page(client, "deliveries.doors", WEST)
    return len(asked)
