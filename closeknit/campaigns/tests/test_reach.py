"""The reach of a campaign is folded again only by what was said within its time."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.campaigns.coverage import coverage
from closeknit.campaigns.models import Reach
from closeknit.campaigns.planning import plan
from closeknit.campaigns.types import reach_of
from closeknit.registry.models import Person
from tests.town import COUNTY, START, Field, campaign


def rows() -> dict[str, tuple[UUID, str, int]]:
    return {row.campaign: (row.id, row.outcome, row.tries) for row in Reach.objects.filter(code="H1")}


def test_a_visit_changes_the_campaign_of_its_time_and_leaves_the_earlier_one_alone(field_records: Field):
    later = {"from": START + timedelta(days=2), "to": START + timedelta(days=4)}
    plan(campaign("first", "doorknock", "households"))
    plan({**campaign("second", "doorknock", "households"), **later})
    field_records.record("doorknock.visited", household="H1", data={"outcome": "absent"})
    before = rows()["first"]

    field_records.later(minutes=60 * 50).record("doorknock.visited", household="H1", data={"outcome": "met"})

    after = rows()
    assert after["first"] == before and after["second"][1:] == ("met", 1)
    reach_of("doorknock").rebuild()
    assert {code: row[1:] for code, row in rows().items()} == {code: row[1:] for code, row in after.items()}


def test_a_visit_adds_to_what_is_kept_and_reads_nothing_of_what_was_said_before(field_records: Field):
    now = field_records.later(hours=2).now
    for ago, outcome, booster in ((30, "absent", "done"), (10, "refused", "agreed"), (40, "met", "declined"), (25, "refused", "not_due")):
        at, data = now - timedelta(minutes=ago), {"outcome": outcome, "booster": booster}
        with CaptureQueriesContext(connection) as asked:
            field_records.record("doorknock.visited", household="H1", at=at.isoformat(), data=data)
        assert [each["sql"] for each in asked if "household" in each["sql"].partition("WHERE")[2] and "ledger_event" in each["sql"]] == []

    kept = Reach.objects.get(code="H1")
    assert (kept.outcome, kept.reached, kept.tries, kept.refusals, kept.data) == ("refused", False, 4, 2, {"booster": "agreed"})
    assert kept.at == now - timedelta(minutes=10)
    reach_of("doorknock").rebuild()
    again = Reach.objects.get(code="H1")
    assert all(getattr(again, each.attname) == getattr(kept, each.attname) for each in Reach._meta.concrete_fields if each.name != "id")


def test_a_visit_outside_of_all_campaigns_reads_and_writes_no_reach(field_records: Field):
    plan({**campaign("over", "doorknock", "households"), "to": START + timedelta(minutes=1)})

    with CaptureQueriesContext(connection) as asked:
        field_records.later(minutes=60 * 50).record("doorknock.visited", household="H1", data={"outcome": "met"})

    assert [each["sql"] for each in asked if "campaigns_reach" in each["sql"]] == []


def test_a_campaign_planned_anew_keeps_the_reach_of_its_time_and_leaves_the_others_alone(field_records: Field):
    plan(campaign("first", "doorknock", "households"))
    plan(campaign("second", "doorknock", "households"))
    field_records.record("doorknock.visited", household="H1", data={"outcome": "absent"})
    before = rows()["first"]

    plan({**campaign("second", "doorknock", "households"), "from": START + timedelta(hours=3)})

    after = rows()
    assert after["first"] == before and "second" not in after
    reach_of("doorknock").rebuild()
    assert {code: row[1:] for code, row in rows().items()} == {code: row[1:] for code, row in after.items()}


def test_households_with_children_are_due_as_they_were_known(field_records: Field):
    young = {"households_with": {"age_months": {"min": 6, "max": 59}}}
    planned = plan(campaign("measles", "doorknock", young))
    known, left = field_records.now, field_records.now + timedelta(hours=1)
    before = coverage(planned, COUNTY, until=known, as_of=known).due

    Person.objects.filter(code="P2").update(retired_at=left)

    assert before == {"H1"}
    assert coverage(planned, COUNTY, until=known, as_of=known).due == {"H1"}
    assert coverage(planned, COUNTY, until=left, as_of=left).due == set()
