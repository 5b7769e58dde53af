"""A positive tube of one person asks for the transfer at once, in whichever order things arrive, and once."""

import pytest

from closeknit.ledger.models import Event
from tests.town import Field

pytestmark = pytest.mark.django_db


def sampled(field: Field, pool: int = 1, tube: str = "T1", person: str = "P1") -> dict:
    return field.event("testing.sampled", person=person, data={"tube": tube, "pool": pool, "round": "r"})


def resulted(field: Field, result: str = "positive", tube: str = "T1") -> dict:
    said = {"tube": tube, "result": result, "lab": "LAB1", "tested_at": "2022-03-18T09:00:00+08:00"}
    return field.event("testing.resulted", data=said)


def asked_for() -> list[tuple[str, str]]:
    return list(Event.objects.filter(kind="isolation.transferred").values_list("person", "data__stage"))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("together", [False, True])
def test_tst_08_a_positive_single_tube_asks_for_the_transfer_at_once(field_records: Field, turned: bool, together: bool):
    said = [sampled(field_records), resulted(field_records)]
    said = said[::-1] if turned else said
    for batch in [said] if together else [[each] for each in said]:
        field_records.later(minutes=10).push(*batch)
        field_records.push(*batch)

    assert asked_for() == [("P1", "requested")]


@pytest.mark.parametrize(("pool", "result"), [(10, "positive"), (1, "negative"), (1, "inconclusive")])
def test_nothing_else_asks_for_a_transfer(field_records: Field, pool: int, result: str):
    field_records.push(sampled(field_records, pool), resulted(field_records, result))

    assert asked_for() == []


def test_what_follows_is_learned_with_the_record_that_came_last(field_records: Field):
    """So that a report that was sealed in between stays as it was."""
    field_records.push(resulted(field_records))
    field_records.later(hours=5).push({**sampled(field_records), "at": field_records.now.isoformat()})

    (asked,) = Event.objects.filter(kind="isolation.transferred")
    result, sample = (Event.objects.get(kind=f"testing.{name}") for name in ("resulted", "sampled"))
    assert (asked.at, asked.received_at) == (result.at, sample.received_at)


def test_a_result_given_twice_asks_once(field_records: Field):
    field_records.push(sampled(field_records), resulted(field_records))
    field_records.later(minutes=10).push(resulted(field_records))

    assert asked_for() == [("P1", "requested")]
