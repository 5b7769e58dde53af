"""How large an assignment is, and that the work behind it does not grow with the households."""

import gzip
import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.access.models import Reading
from closeknit.campaigns.planning import plan
from closeknit.registry.actions import find, merge
from closeknit.sync.assignment.tests.big import fill
from closeknit.sync.assignment.tests.phone import Phone, phone_of, work_as
from tests.town import GRID, TOWN, WEST, Field, campaign

pytestmark = pytest.mark.django_db
MOST_BYTES, MOST_STATEMENTS = 300_000, 60


def statements(phone: Phone, **rest: object) -> int:
    """How many statements a pull takes."""
    with CaptureQueriesContext(connection) as asked:
        phone.ask(**rest)
    return len(asked)


def test_a_grid_of_400_households_and_1100_persons_is_small(town: None, tmp_path: Path):
    fill(tmp_path, GRID, households=400, persons=1_100)
    work_as("W1", "grid_worker", area=GRID)
    phone = phone_of("W1")

    told = phone.pull()

    assert (len(phone.households(GRID)), len(phone.persons(GRID))) == (401, 1_101)
    assert len(gzip.compress(json.dumps(told, ensure_ascii=False).encode(), compresslevel=6)) < MOST_BYTES
    assert len(Reading.objects.get().codes) == 1_502


def test_the_head_stands_first_and_says_so(town: None, tmp_path: Path):
    fill(tmp_path, GRID, households=20, persons=55)
    work_as("W1", "grid_worker", area=GRID)
    phone = phone_of("W1")

    phone.pull()

    first = [row for row in phone.parts[f"register:{GRID}"]["persons"] if row[1] == "B0000"]
    assert [(row[0], row[9]) for row in first] == [("B0000-1", "户主"), ("B0000-2", "配偶"), ("B0000-3", "子")]
    home = next(row for row in phone.parts[f"register:{GRID}"]["households"] if row[0] == "B0000")
    assert home[3:8] == ["团结路1号1栋", "1", "1", "101", ""]


def test_statements_do_not_grow_with_households_finds_or_visits(town: None, tmp_path: Path):
    plan(campaign("round", "testing.round", "persons", excused={"under_age": 3}))
    plan(campaign("patrol", "venues.patrol", {"category": ["shop"]}))
    work_as("W1", "village_secretary")
    phone, field = phone_of("W1"), Field()
    field.record("doorknock.visited", household="H1", data={"outcome": "met"})
    merge(find(by="W1", area=WEST, data={"what": "household"}), "H1", reference="household", area=WEST, by="W1", reason="同一户")
    find(by="W1", area=WEST, data={"what": "person", "household": find(by="W1", area=WEST, data={"what": "household"})})
    phone.pull()
    field.later(minutes=1).record("doorknock.visited", household="H2", data={"outcome": "met"})
    few = {"first": statements(phone, have={}, arrival=None), "later": statements(phone)}

    fill(tmp_path, WEST, households=60, persons=150)
    for _ in range(5):
        home = find(by="W1", area=WEST, data={"what": "household"})
        find(by="W1", area=WEST, data={"what": "person", "household": home, "name": "老吴"})
    phone.pull()
    field.later(minutes=1)
    field.push(*(field.event("doorknock.visited", household=f"B{number:04d}", data={"outcome": "met"}) for number in range(50)))
    many = {"first": statements(phone, have={}, arrival=None), "later": statements(phone)}

    assert many == few
    assert max(many.values()) <= MOST_STATEMENTS


def test_the_town_knows_no_more_than_the_village(town: None):
    work_as("W1", "village_secretary", area=TOWN)
    with CaptureQueriesContext(connection) as asked:
        phone_of("W1").ask()

    assert [each["sql"] for each in asked if "registry_person" in each["sql"]] == []
