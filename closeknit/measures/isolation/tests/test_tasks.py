"""Whom a worker's phone is told to visit: those who isolate today, of their own people."""

from datetime import timedelta
from typing import Any

import pytest

from closeknit.sync.assignment.tests.phone import Phone, phone_of, work_as
from tests.town import EAST, START, WEST, Field

pytestmark = pytest.mark.django_db
ORDER = {"measure": "home", "rule": "close", "evidence": ["01900000-0000-7000-8000-000000000001"], "until": "2022-03-20", "told": "paper"}


def ordered(field: Field, person: str = "P1", until: str = "2022-03-20", **rest: Any) -> Any:
    """Somebody is told to stay at home."""
    return field.record("isolation.ordered", person=person, data={**ORDER, "until": until}, **rest)


def checked(field: Field, **data: Any) -> Any:
    """The first person was seen."""
    return field.record("isolation.checked", person="P1", data={"temperature": 36.6, **data})


def rows(phone: Phone, **rest: Any) -> list[list[Any]]:
    """What the phone has after a pull."""
    phone.pull(**rest)
    return phone.parts.get("isolation", {"rows": []})["rows"]


def test_who_isolates_is_told_with_the_readings_of_today(field_records: Field):
    ordered(field_records)
    ordered(field_records, "P4", "2022-03-18T20:00:00+08:00")
    checked(field_records, period="evening")
    checked(field_records)  # 09:00 there

    assert rows(phone_of("W1")) == [
        ["P1", "home", "2022-03-20", ["morning", "evening"]], ["P4", "home", "2022-03-18T20:00:00+08:00", []],
    ]  # fmt: skip


def test_a_new_day_begins_at_midnight_of_the_place(field_records: Field):
    ordered(field_records)
    checked(field_records, period="morning")
    phone = phone_of("W1")

    assert rows(phone, at=START + timedelta(hours=15, minutes=59)) == [["P1", "home", "2022-03-20", ["morning"]]]
    assert rows(phone, at=START + timedelta(hours=16)) == [["P1", "home", "2022-03-20", []]]


@pytest.mark.parametrize(
    ("until", "last", "over"),
    [
        ("2022-03-18", timedelta(hours=15, minutes=59), timedelta(hours=16)),
        ("2022-03-18T20:00:00+08:00", timedelta(hours=11), timedelta(hours=12)),
    ],
)
def test_it_is_over_when_the_day_or_the_hour_is(field_records: Field, until: str, last: timedelta, over: timedelta):
    ordered(field_records, until=until)
    phone = phone_of("W1")

    assert rows(phone, at=START + last) == [["P1", "home", until, []]]
    assert rows(phone, at=START + over) == []


def test_the_latest_order_counts_and_who_is_released_is_free_until_another(field_records: Field):
    ordered(field_records)
    field_records.later(minutes=1).record("isolation.released", person="P1", data={"reason": "期满"})
    phone = phone_of("W1")
    free = rows(phone)
    ordered(field_records.later(minutes=1), until="2022-03-25")

    assert (free, rows(phone)) == ([], [["P1", "home", "2022-03-25", []]])


def test_a_voided_order_or_check_does_not_count(field_records: Field):
    ordered(field_records)
    wrong, check = ordered(field_records, "P3"), checked(field_records)
    for each, person in ((wrong, "P3"), (check, "P1")):
        field_records.record("ledger.voided", person=person, corrects=str(each.id), data={"reason": "wrong"})

    assert rows(phone_of("W1")) == [["P1", "home", "2022-03-20", []]]


def test_nobody_of_another_village_is_told_nor_to_anybody_without_the_work(field_records: Field):
    ordered(field_records, "P5", area=EAST, member="W2")
    ordered(field_records, "P6", area=WEST)  # said in the west, of people of the east
    west, east = rows(phone_of("W1")), rows(phone_of("W2", device="D-2"))
    work_as("W2", "sampler")

    assert west == []
    assert [row[0] for row in east] == ["P5", "P6"]
    assert rows(phone_of("W2", device="D-3")) == []
