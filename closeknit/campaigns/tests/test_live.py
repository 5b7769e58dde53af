"""The standing of a campaign now, counted in the database, against the figures that a report reckons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.reports.figures import Question, figures
from tests.town import COUNTY, EAST, GRID, START, TOWN, WEST, campaign

MIDDLE = START + timedelta(hours=30)
ROUND = campaign("round-1", "testing.round", "persons", excused={"under_age": 6, "persons": ["P3"]})
PATROL = campaign("patrol", "venues.patrol", {"category": ["shop"]})


def standing(code: str, area: str) -> live.Live:
    """The campaign in an area at the middle of its time; a second refusal is final."""
    with clock.at(MIDDLE):
        return live.live(Campaign.objects.current().get(code=code), Area.objects.get(code=area), final_after=2)


@pytest.fixture
def visited(field_records):
    """A sweep on its way: one met, one away, one refused twice, one found and one of them proved to be in the roster."""
    record, later = field_records.record, field_records.later
    record("doorknock.visited", household="H1", data={"outcome": "absent"})
    later(minutes=5).record("doorknock.visited", household="H1", data={"outcome": "met", "present": 2})
    record("doorknock.visited", household="H2", data={"outcome": "absent"})
    record("doorknock.visited", household="H3", area=GRID, data={"outcome": "refused"})
    later(minutes=5).record("doorknock.visited", household="H3", area=GRID, data={"outcome": "refused"})
    found = record("registry.found", data={"what": "household", "landmark": "渡口船坞"})
    other = record("registry.found", data={"what": "household"})
    record("registry.merged", household=f"found:{other.id}", data={"canonical": "H4"})
    later(minutes=1).record("doorknock.visited", household=f"found:{other.id}", data={"outcome": "moved"})
    return found


def test_a_sweep_stands_by_village_with_the_last_word_on_each_door(visited):
    west, east = standing("sweep", TOWN).parts

    assert (west.code, west.due, west.left, west.reached, west.never, west.final) == (WEST, 4, 3, 1, 1, 1)
    assert dict(west.words) == {"met": 1, "absent": 1, "refused": 1, "never": 1}
    assert (east.code, dict(east.words), east.left) == (EAST, {"moved": 1, "never": 1}, 1)


def test_what_lies_in_a_village_but_in_no_grid_stands_in_a_line_of_its_own(visited):
    seen = standing("sweep", WEST)

    assert [(part.code, part.own, part.due) for part in seen.parts] == [(GRID, False, 1), (WEST, True, 3)]
    assert seen.total.due == sum(part.due for part in seen.parts)


@pytest.mark.parametrize("area", [COUNTY, TOWN, WEST, EAST, GRID])
def test_a_sweep_now_is_what_the_report_says(visited, area):
    total = standing("sweep", area).total
    reckoned = figures(Question(area, START, MIDDLE), "doorknock.")

    assert (total.due, total.reached, total.left, total.words["refused"]) == tuple(
        reckoned[f"doorknock.{name}"] for name in ("due", "settled", "gap", "refused")
    )


@pytest.mark.parametrize(("area", "due", "excused", "reached"), [(TOWN, 4, 1, 1), (WEST, 3, 1, 0), (GRID, 1, 1, 0), (EAST, 1, 0, 1)])
def test_whom_a_round_lists_is_due_by_whatever_name_and_in_no_roster_too(field_records, area, due, excused, reached):
    record = field_records.record
    stranger, pupil, baby = (f"found:{record('registry.found', data={'what': 'person'}).id}" for _ in range(3))
    plan(campaign("round-2", "testing.round", {"persons": ["P1", "P4", stranger, pupil]}, excused={"persons": [baby]}))
    record("registry.merged", person=pupil, data={"canonical": "P5", "reference": "person"})
    record("registry.merged", person=baby, data={"canonical": "P4", "reference": "person"})
    field_records.later(minutes=5).record("testing.sampled", person=pupil, data={"tube": "T1", "pool": 1, "round": "round-2"})

    total, reckoned = standing("round-2", area).total, figures(Question(area, START, MIDDLE), "testing.")

    assert (total.due, total.words["excused"], total.reached) == (due, excused, reached)
    assert (total.due, total.words["excused"], total.reached, total.left) == tuple(
        reckoned[f"testing.{name}"] for name in ("due", "excused", "sampled", "gap")
    )


@pytest.mark.parametrize("area", [TOWN, EAST])
def test_a_round_with_excused_persons_is_what_the_report_says(field_records, area):
    plan(ROUND)
    sample = {"tube": "T1", "pool": 10, "round": "round-1"}
    field_records.record("testing.sampled", person="P1", data=sample)
    field_records.record("testing.sampled", person="P3", data=sample)
    field_records.record("testing.sampled", person="P5", area=EAST, data=sample)
    for born in ("2018-05-01", "2016-03-17", ""):
        field_records.record("registry.found", area=EAST, data={"what": "person", "birth_date": born})

    total, reckoned = standing("round-1", area).total, figures(Question(area, START, MIDDLE), "testing.")

    assert total.words["excused"] == {TOWN: 3, EAST: 1}[area], "who was found is as old as their find says"
    assert (total.due, total.words["excused"], total.reached, total.left) == tuple(
        reckoned[f"testing.{name}"] for name in ("due", "excused", "sampled", "gap")
    )


def test_a_patrol_is_what_the_report_says(field_records):
    plan(PATROL)
    field_records.record("venues.patrolled", place="S1", data={"code_posted": False, "scanning": True})

    total, reckoned = standing("patrol", TOWN).total, figures(Question(TOWN, START, MIDDLE), "venues.")

    assert (total.due, total.reached, total.left) == tuple(reckoned[f"venues.{name}"] for name in ("due", "patrolled", "gap"))
    assert dict(total.words) == {"problem": 1, "never": 1}


def test_the_number_of_statements_does_not_grow_with_areas(visited):
    numbers = []
    for area in (GRID, TOWN, "9901"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            standing("sweep", area)
        numbers.append(len(asked))

    assert len(set(numbers)) == 1


def test_the_running_campaign_is_chosen_before_the_last_and_the_next(town):
    for code, shift in (("before", -5), ("after", 5)):
        days = timedelta(days=shift)
        plan({**campaign(code, "doorknock", "households"), "from": START + days, "to": START + days + timedelta(days=1)})
    area = Area.objects.get(code=WEST)
    found = live.touching("doorknock", area)

    def chosen(days: float) -> str:
        return str(live.chosen(found, now=START + timedelta(days=days)))

    assert [chosen(days) for days in (-9, -4.5, -1, 1, 3, 5.5, 9)] == ["before", "before", "before", "sweep", "sweep", "after", "after"]
    assert str(live.chosen(found, "after", START)) == "after"


def test_a_campaign_of_another_county_does_not_touch_this_one(town):
    plan({**campaign("there", "doorknock", "households"), "area": "990102"})

    assert [each.code for each in live.touching("doorknock", Area.objects.get(code=TOWN))] == ["sweep"]
