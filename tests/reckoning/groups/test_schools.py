"""Schools, reckoned by other hands: their classes, who belongs to them, their campaigns, who was drawn."""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.registry.loading import load_places
from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, local_day
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.town import EAST, GRID, START, WEST, campaign, write_csv

SEEDS = range(3)
SECTIONS = ("schools",)
SCHOOLS = {"SC1": WEST, "SC2": EAST, "SC3": GRID, "SC4": WEST}
GROUPS, CLASSES = ("A", "B", "C", "D", "E"), ("一班", "二班", "三班")
BEFORE = START - timedelta(days=3)
ROUNDS = {  # from, to, targets; the last lists everybody who was found
    "first": (START - timedelta(days=3), START - timedelta(hours=2), ("P1", "Q1", "Q5")),
    "second": (START, START + timedelta(days=1), ("P1", "P4", "Q3", "Q6", "Q8")),
    "third": (START + timedelta(hours=20), START + timedelta(hours=60), ("P2", "P4", "P5", "Q4", "Q7", "P7")),
    "fourth": (START, START + timedelta(hours=50), ()),
}
FOUND = "registry.found"
KINDS = ("schools.class_set", "routine.group_set", "routine.member_added", "routine.member_left", "routine.drawn", "testing.sampled")


@pytest.fixture
def schools(county: None, tmp_path: Path) -> None:
    """Four schools."""
    with clock.at(START - timedelta(days=1)):
        rows = [(code, "school", f"{code}小学", area, "", "", "", "") for code, area in SCHOOLS.items()]
        load_places(write_csv(tmp_path / "schools.csv", ("code", "category", "name", "area", "lat", "lon", "chiefs", "notes"), rows))


def planned(day: Day) -> Day:
    """The day, with its campaigns."""
    found = [f"found:{event['id']}" for _, _, event in day.said if event["kind"] == FOUND]
    with clock.at(START - timedelta(days=1)):
        for code, (start, end, targets) in ROUNDS.items():
            plan(campaign(code, "schools.round", {"persons": [*(targets or found)]}, **{"from": start, "to": end}))
    return day


def a_day(seed: int) -> Day:
    """Groups that move between schools, classes that are closed, who comes and leaves, draws and samples."""
    day = Day(seed)
    people = day.people()
    for group in GROUPS:
        for _ in range(day.one(1, 2)):
            day.say("routine.group_set", day.time(BEFORE), group=group, label="人群", **_group(day))
    for _ in range(40):
        since = day.one(None, None, "2022-03-17", "2022-03-19", "2022-03-25")
        where = {"group": day.one(*GROUPS), "school_class": day.one(None, *CLASSES), "from_day": since}
        day.say("routine.member_added", day.time(BEFORE), person=day.one(*people), **where)
    for _ in range(8):
        day.say("routine.member_left", day.time(), person=day.one(*people), group=day.one(*GROUPS))
    for _ in range(16):
        day.say("schools.class_set", day.time(BEFORE), place=day.one(*SCHOOLS), school_class=day.one(*CLASSES, "四班"), **_class(day))
    for _ in range(7):
        lot = {"seed": "0", "salt": "0", "of": "0", "among": 9, "share": 0.5, "day": "2022-03-18", "until_day": "2022-03-20"}
        drawn = day.random.sample(people, day.one(1, 2, 3))
        day.say("routine.drawn", day.time(BEFORE), group=day.one(*GROUPS), drawn=drawn, **lot)
    for number in range(26):
        day.say("testing.sampled", day.time(BEFORE), person=day.one(*people), tube=f"T{number}", pool=10)
    day.put_right(tuple(set(KINDS) - {"routine.drawn"}), lambda event: _better(day, event))
    return day


def _group(day: Day) -> Record:
    until = day.one(None, None, None, "2022-03-19")
    return {"category": "services", "place": day.one(*SCHOOLS, "S1", ""), "share": day.one(None, 0.5), "until_day": until}


def _class(day: Day) -> Record:
    return {"state": day.one("in_use", "in_use", "closed"), "people": day.one(None, 0, 1, 3, 6)}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "schools.class_set":
            return _class(day)
        case "routine.group_set":
            return _group(day)
        case "routine.member_added":
            return {"school_class": day.one(None, *CLASSES)}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Schools."""
    here = {school for school, area in SCHOOLS.items() if lies_in(area, asked.area)}
    belong = {school: _belong(book, asked, school) for school in here}
    classes = {pair: people for school in here for pair, people in _classes(book, asked, school, belong[school]).items()}
    at = {each.data["group"]: each.place for each in book.until(asked, "routine.group_set")}
    every = book.standing("routine.drawn", as_of=asked.as_of)
    due, sampled = _rounds(book, asked)
    return {
        "schools.schools": len(here),
        "schools.classes": len(classes),
        "schools.people": len({person for people in belong.values() for person, _ in people}),
        "schools.unnamed": sum(classes.values()),
        "schools.due": due,
        "schools.sampled": sampled,
        "schools.gap": due - sampled,
        "schools.drawn": sum(
            len(each.data["drawn"]) for each in every if asked.start <= each.when < asked.end and at.get(each.data["group"]) in here
        ),
    }


def _belong(book: Book, asked: Asked, school: str) -> set[tuple[str, str]]:
    """Who belongs to the school, each with their class."""
    last_day = local_day(asked.end - timedelta(microseconds=1))
    groups = {each.data["group"]: each for each in book.until(asked, "routine.group_set")}
    one = book.one_code(asked)
    found: dict[tuple[str, str], str | None] = {}
    for each in book.until(asked, "routine.member_added", "routine.member_left"):
        group = groups.get(each.data["group"])
        until = group and group.data.get("until_day")
        if not group or group.place != school or (until and date.fromisoformat(until) < last_day):
            continue
        since = each.data.get("from_day")
        stays = each.kind == "routine.member_added" and not (since and date.fromisoformat(since) > last_day)
        found[one(each.person), each.data["group"]] = each.data.get("school_class", "") if stays else None
    return {(person, name) for (person, _), name in found.items() if name is not None}


def _classes(book: Book, asked: Asked, school: str, belong: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The classes of the school, and how many of each have no name."""
    said = {each.data["school_class"]: each.data for each in book.until(asked, "schools.class_set") if each.place == school}
    members: dict[str, int] = defaultdict(int)
    for _, name in belong:
        members[name] += 1
    kept = {name for name in members if name and name not in said} | {name for name, data in said.items() if data["state"] == "in_use"}
    return {(school, name): max(0, said.get(name, {}).get("people", 0) - members[name]) for name in kept}


def _rounds(book: Book, asked: Asked) -> tuple[int, int]:
    """How many targets the campaigns have that overlap the window, and how many of these were reached."""
    one = book.one_code(asked)
    found = {f"found:{each.id}": each.when for each in book.entries.values() if each.kind == FOUND}
    due = sampled = 0
    for start, end, targets in ROUNDS.values():
        if start >= asked.end or end <= asked.start:
            continue
        # Who proved to be of a roster is due whenever they were found; of the others who was found in time.
        listed = {one(code) for code in targets or found if one(code) not in found or found[code] < min(end, asked.end)}
        mine = {code for code in listed if lies_in(book.home(code, asked), asked.area)}
        reached = {one(each.person) for each in book.until(asked, "testing.sampled") if start <= each.when < end}
        due, sampled = due + len(mine), sampled + len(mine & reached)
    return due, sampled


@pytest.mark.parametrize("seed", SEEDS)
def test_schools_agree(schools: None, seed: int):
    assert not disagreements(SECTIONS, reckon, planned(a_day(seed)))


def test_schools_notice_a_lost_record(schools: None):
    assert shown_by_a_loss(SECTIONS, reckon, planned(a_day(0)))


def test_schools_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
