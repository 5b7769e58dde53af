"""What a courier's phone is told of packs: what is left, of their own people, and never anybody else's."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.registry.actions import find, merge
from closeknit.sync.assignment.tests.phone import Phone, phone_for_shift, phone_of, work_as
from tests.town import EAST, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db


def ordered(field: Field, quantity: int = 2, pack: str = "vegetable", **rest: Any) -> Any:
    """A pack is ordered; for the first household where nobody is named."""
    where = rest if rest.keys() & {"household", "person"} else {"household": "H1", **rest}
    return field.record("supplies.ordered", data={"pack": pack, "quantity": quantity}, **where)


def delivered(field: Field, quantity: int = 2, pack: str = "vegetable", **rest: Any) -> Any:
    """The same for packs that came."""
    where = rest if rest.keys() & {"household", "person"} else {"household": "H1", **rest}
    return field.record("supplies.delivered", data={"pack": pack, "quantity": quantity}, **where)


def rows(phone: Phone, **rest: Any) -> list[list[Any]]:
    """What the phone has after a pull."""
    phone.pull(**rest)
    return phone.parts.get("deliveries", {"rows": []})["rows"]


def test_what_is_left_is_what_was_ordered_less_what_came(field_records: Field):
    ordered(field_records, 2)
    ordered(field_records, 3)
    ordered(field_records, 1, "meat", person="P3")
    delivered(field_records, 4)

    assert rows(phone_of("W1")) == [["H1", "", "vegetable", 5, 4], ["", "P3", "meat", 1, 0]]


def test_what_came_today_stays_in_sight_and_what_came_yesterday_does_not(field_records: Field):
    ordered(field_records)
    delivered(field_records)
    phone = phone_of("W1")

    assert rows(phone) == [["H1", "", "vegetable", 2, 2]]
    assert rows(phone, at=field_records.later(days=1).now) == []


def test_a_corrected_order_counts_as_corrected_and_a_voided_delivery_not_at_all(field_records: Field):
    order = ordered(field_records, 2)
    came = delivered(field_records, 1)
    said = {"pack": "vegetable", "quantity": 5, "reason": "miscounted"}
    field_records.record("supplies.ordered", household="H1", corrects=str(order.id), data=said)
    field_records.record("ledger.voided", household="H1", corrects=str(came.id), data={"reason": "wrong door"})

    assert rows(phone_of("W1")) == [["H1", "", "vegetable", 5, 0]]


def test_orders_of_another_village_come_to_nobody_but_its_own(field_records: Field):
    ordered(field_records, household="H4", area=EAST, member="W2")
    ordered(field_records, household="H4", area=WEST)  # said in the west, of people of the east

    assert rows(phone_of("W1")) == []
    assert rows(phone_of("W2", device="D-2")) == [["H4", "", "vegetable", 4, 0]]


def test_no_part_without_the_work_or_without_people(field_records: Field):
    ordered(field_records)
    shift = phone_for_shift("CP1")
    shift.pull()
    work_as("W1", "caller")
    caller = phone_of("W1")
    caller.pull()
    work_as("W1", "courier", area=TOWN)
    town = phone_of("W1", device="D-3")
    town.pull()

    assert [name for phone in (shift, caller, town) for name in phone.parts if name == "deliveries"] == []


def test_a_household_that_was_found_and_merged_is_the_one_of_the_roster(field_records: Field):
    with clock.at(START):
        code = find(by="W1", area=WEST, data={"what": "household"})
        ordered(field_records, household=code)
        merge(code, "H2", reference="household", area=WEST, by="W1", reason="同一户")

    assert rows(phone_of("W1")) == [["H2", "", "vegetable", 2, 0]]


def test_the_phone_hears_which_of_its_own_records_are_counted(field_records: Field):
    phone = phone_of("W1", device="D-1")
    order, came = ordered(field_records, device="D-1"), delivered(field_records, device="D-1")
    field_records.record("ledger.voided", device="D-1", household="H1", corrects=str(came.id), data={"reason": "wrong door"})
    delivered(field_records, 1, device="D-9")
    phone.pull()

    assert phone.parts["deliveries"]["known"] == [[str(order.id), 1], [str(came.id), 0]]


def test_a_delivery_brings_neither_the_reach_again_nor_a_reading_of_all(field_records: Field):
    phone = phone_of("W1")
    phone.pull()
    ordered(field_records, person="P3")

    told = phone.pull()

    assert (list(told["parts"]), told["reach"]["all"]) == (["deliveries"], False)
    assert [each.codes for each in Reading.objects.order_by("at", "id")][1:] == [["P3"]]


def test_statements_do_not_grow_with_orders(field_records: Field):
    phone = phone_of("W1")
    ordered(field_records)
    delivered(field_records, 1)
    few = statements(phone)
    for pack in ("meat", "fruit", "oil_rice"):
        for home in ("H1", "H2", "H3"):
            ordered(field_records, pack=pack, household=home)
            delivered(field_records, 1, pack, household=home)

    assert statements(phone) == few


def statements(phone: Phone) -> int:
    """How many statements a first pull takes."""
    with CaptureQueriesContext(connection) as asked:
        phone.ask(have={}, arrival=None)
    return len(asked)
