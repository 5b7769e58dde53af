"""The patrol of every venue, once a day, proved."""

from datetime import timedelta
from typing import Any

from django.utils.translation import override

from closeknit.campaigns.planning import plan
from closeknit.measures.venues.words import found_there
from closeknit.reports.figures import Question, figures
from tests.town import START, TOWN, Field, campaign

DAY = timedelta(days=1)


def test_enf_01_every_venue_is_due_once_a_day_and_a_visit_of_one_day_proves_nothing_for_the_next(field_records: Field):
    categories = {"category": ["supermarket", "station", "bank", "shop"]}
    for number in (0, 1):
        days = {"from": START + number * DAY, "to": START + (number + 1) * DAY}
        plan({**campaign(f"patrol-{number}", "venues.patrol", categories), **days})
    field_records.record("venues.patrolled", place="S1", data={"code_posted": True, "scanning": True})

    first, second = (figures(Question(TOWN, START + number * DAY, START + (number + 1) * DAY), "venues.") for number in (0, 1))

    names = ("venues.due", "venues.patrolled", "venues.gap")
    assert [[day[name] for name in names] for day in (first, second)] == [[2, 1, 1], [2, 0, 2]]


def test_enf_02_a_patrol_goes_by_a_checklist_and_what_was_not_kept_is_named(field_records: Field, ben: Any):
    checklist = ("code_posted", "scanning", "temperature_taken", "masks")
    page = ben.get("/record/venues.patrolled/?place=S1").content.decode()
    event = field_records.record("venues.patrolled", place="S1", data=dict.fromkeys(checklist, False))

    assert [f'name="{name}"' in page for name in checklist] == [True] * 4
    with override("en"):
        assert found_there(event.data) == "registration notice not posted；entries not registered；no masks；temperature not taken"
        assert found_there(dict.fromkeys(checklist, True)) == ""


def test_cod_04_a_post_notes_the_code_the_travel_card_and_the_temperature_together(field_records: Field, ben: Any):
    page = ben.get("/record/checkpoints.person_checked/?place=CP1").content.decode()
    said = {"decision": "admitted", "colour": "green", "travel_card": "marked", "temperature": 36.4}
    event = field_records.record("checkpoints.person_checked", place="CP1", data=said)

    assert [f'name="{name}"' in page for name in ("colour", "travel_card", "temperature")] == [True] * 3
    assert event.told() == said
