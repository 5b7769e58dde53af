"""The patrol of every venue, once a day, proved."""

from datetime import timedelta

from closeknit.campaigns.planning import plan
from closeknit.reports.figures import Question, figures
from tests.town import START, TOWN, Field, campaign

DAY = timedelta(days=1)


def test_enf_01_every_venue_is_due_once_a_day_and_a_visit_of_one_day_proves_nothing_for_the_next(field_records: Field):
    categories = {"category": ["supermarket", "station", "bank", "shop"]}
    for number in (0, 1):
        days = {"from": START + number * DAY, "to": START + (number + 1) * DAY}
        plan({**campaign(f"patrol-{number}", "venues.patrol", categories), **days})
    field_records.record("venues.patrolled", place="S1", data={"code_posted": True, "scanning": True})

    first, second = (figures(Question(TOWN, START + number * DAY, START + (number + 1) * DAY)) for number in (0, 1))

    names = ("venues.due", "venues.patrolled", "venues.gap")
    assert [[day[name] for name in names] for day in (first, second)] == [[2, 1, 1], [2, 0, 2]]
