"""What the pack says is over is destroyed; counts and seals stay, and rebuilding does not lose them."""

from datetime import timedelta

from closeknit.campaigns.models import Reach
from closeknit.kit import clock
from closeknit.ledger import tallies
from closeknit.ledger.expiry import expire
from closeknit.ledger.models import Count, Destruction, Event, Refusal
from closeknit.ledger.projections import projections
from tests.town import Field

CHECK = {"place": "CP1", "data": {"decision": "admitted", "plate": "试A00001"}}


def counted() -> list[tuple[str, int]]:
    return sorted(Count.objects.values_list("name", "number"))


def test_whereabouts_go_after_their_days_and_the_hour_keeps_its_number(field_records: Field):
    field_records.record("checkpoints.person_checked", **CHECK)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.push(field_records.event("checkpoints.person_checked", **CHECK) | {"area": "999"})
    before = counted()

    with clock.at(field_records.now + timedelta(days=20)):
        destroyed = {each.retention: each.events for each in expire()}

    assert destroyed["whereabouts"] == 1
    assert list(Event.objects.values_list("kind", flat=True)) == ["doorknock.visited"]
    assert Refusal.objects.count() == 0
    assert counted() == before
    assert [(row.retention, row.events) for row in Destruction.objects.all()] == [("whereabouts", 1)]


def test_rebuilding_after_destruction_keeps_the_numbers(field_records: Field):
    field_records.record("checkpoints.person_checked", **CHECK)
    field_records.later(days=15).record("checkpoints.person_checked", **CHECK)
    before = counted()
    with clock.at(field_records.now + timedelta(hours=1)):
        expire()

    for each in projections():
        each.rebuild()
    tallies.rebuild()

    assert counted() == before
    assert Event.objects.count() == 1


def test_the_rows_of_projections_go_with_the_events(field_records: Field):
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})

    with clock.at(field_records.now + timedelta(days=400)):
        expire()

    assert Reach.objects.count() == 0


def test_a_dry_run_destroys_nothing(field_records: Field):
    field_records.record("checkpoints.person_checked", **CHECK)

    with clock.at(field_records.now + timedelta(days=20)):
        found = {each.retention: each.events for each in expire(dry=True)}

    assert found["whereabouts"] == 1
    assert Event.objects.count() == 1


def test_nothing_goes_a_day_too_early(field_records: Field):
    field_records.record("checkpoints.person_checked", **CHECK)

    with clock.at(field_records.now + timedelta(days=13)):
        expire()

    assert Event.objects.count() == 1
