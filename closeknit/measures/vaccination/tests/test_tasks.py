"""Of whom a sampling table is told that they were vaccinated too lately for a swab."""

from datetime import timedelta
from typing import Any

import pytest

from closeknit.sync.assignment.tests.phone import Phone, phone_of, work_as
from tests.town import EAST, START, Field

pytestmark = pytest.mark.django_db


def doses(phone: Phone, **rest: Any) -> list[list[Any]]:
    """What the phone has after a pull."""
    phone.pull(**rest)
    return phone.parts.get("round", {"rows": []})["rows"]


def test_a_table_is_told_of_the_last_dose_until_the_packs_wait_is_over(field_records: Field):
    work_as("W1", "village_secretary")
    field_records.record("vaccination.given", person="P1", data={"dose": 1}, at=START.isoformat())
    field_records.record("vaccination.given", person="P1", data={"dose": 2})
    phone = phone_of("W1")

    assert doses(phone) == [["P1", "2022-03-18T01:00:00Z"]]
    assert doses(phone, at=START + timedelta(hours=49)) == [["P1", "2022-03-18T01:00:00Z"]]
    assert doses(phone, at=START + timedelta(hours=49, seconds=1)) == []


def test_a_dose_that_was_withdrawn_or_is_another_villages_is_not_told(field_records: Field):
    work_as("W1", "village_secretary")
    wrong = field_records.record("vaccination.given", person="P1", data={"dose": 1})
    field_records.record("ledger.voided", corrects=str(wrong.id), data={"reason": "wrong person"})
    field_records.record("vaccination.given", person="P5", area=EAST, data={"dose": 1})

    assert doses(phone_of("W1")) == []


def test_who_takes_no_swabs_is_told_of_nobodys_dose(field_records: Field):
    field_records.record("vaccination.given", person="P1", data={"dose": 1})

    assert doses(phone_of("W1")) == []
