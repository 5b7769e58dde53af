"""The reach of a campaign is folded again only by what was said within its time."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.campaigns.models import Reach
from closeknit.campaigns.planning import plan
from closeknit.campaigns.types import refold
from tests.town import START, Field, campaign


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
    refold("doorknock")
    assert {code: row[1:] for code, row in rows().items()} == {code: row[1:] for code, row in after.items()}


def test_a_visit_outside_of_all_campaigns_reads_and_writes_no_reach(field_records: Field):
    plan({**campaign("over", "doorknock", "households"), "to": START + timedelta(minutes=1)})

    with CaptureQueriesContext(connection) as asked:
        field_records.later(minutes=60 * 50).record("doorknock.visited", household="H1", data={"outcome": "met"})

    assert [each["sql"] for each in asked if "campaigns_reach" in each["sql"]] == []
