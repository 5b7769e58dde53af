"""Routine testing, reckoned by other hands: key populations with a cadence, who was drawn, places that are swabbed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry, local_day, local_time
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import PLACE_AREA, PLACE_CATEGORY, lies_in
from tests.town import EAST, GRID, START, WEST

SEEDS = range(5)
SECTIONS = ("routine", "surfaces")
GROUPS = ("A", "B", "C", "D")
DRAWN = "D"  # of this group only those drawn are due
CATEGORY_DAYS = {"hospital_staff": 1, "services": 3, "others": 7}
PLACE_DAYS = {"market": 7, "cold_store": 7}
KINDS = (
    "routine.group_set", "routine.member_added", "routine.member_left", "routine.drawn", "routine.place_set", "testing.sampled",
    "testing.environment_sampled", "testing.resulted",
)  # fmt: skip
BEFORE = START - timedelta(days=6)


def a_day(seed: int) -> Day:
    """Groups and their people, samples of them, a draw, swabs of places and their results."""
    day = Day(seed)
    people = [*day.people()]
    for group in GROUPS:
        for _ in range(day.one(1, 2)):
            day.say("routine.group_set", day.time(BEFORE), day.one(WEST, EAST, GRID), group=group, label="人群", **_group(day, group))
    for _ in range(30):
        since = day.one(None, None, "2022-03-17", "2022-03-19", "2022-03-25")
        day.say("routine.member_added", day.time(BEFORE), person=day.one(*people), group=day.one(*GROUPS), from_day=since)
    for _ in range(6):
        day.say("routine.member_left", day.time(), person=day.one(*people), group=day.one(*GROUPS))
    for _ in range(3):
        some = day.random.sample(people, 3)
        lot = {"seed": "0", "salt": "0", "of": "0", "among": 9, "share": 0.5}
        until = day.one("2022-03-18", "2022-03-20", "2022-03-24")
        day.say("routine.drawn", day.time(), group=DRAWN, day="2022-03-18", until_day=until, drawn=some, **lot)
    for number in range(24):
        day.say("testing.sampled", day.time(BEFORE), person=day.one(*people), tube=f"T{number}", pool=10)
    for number in range(14):
        tube = f"E{day.one(number, number, 1)}"
        swabbed = day.say("testing.environment_sampled", day.time(BEFORE), place=day.one("M1", "CS1", "S1", "S2"), tube=tube, object="案板")
        for _ in range(day.one(0, 1, 2)):
            lab = {"result": day.one("positive", "negative"), "lab": "县中心", "tested_at": START.isoformat()}
            day.say("testing.resulted", day.time(day.by_id[swabbed][1]), tube=tube, **lab)
    for _ in range(6):
        day.say("routine.place_set", day.time(BEFORE), place=day.one("M1", "CS1", "S1", "S2"), cadence_days=day.one(0, 1, 2, 5))
    day.put_right(tuple(set(KINDS) - {"routine.drawn"}), lambda event: _better(day, event))
    return day


def _group(day: Day, group: str) -> Record:
    if group == DRAWN:
        return {"category": "services", "share": 0.5}
    return {"category": day.one(*CATEGORY_DAYS), "cadence_days": day.one(None, 2, 5), "until_day": day.one(None, None, "2022-03-19")}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "routine.place_set":
            return {"cadence_days": day.one(0, 2)}
        case "routine.group_set":
            return _group(day, event["data"]["group"])
        case "testing.resulted":
            return {"result": day.one("positive", "negative")}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Routine testing."""
    last_day = local_day(asked.end - timedelta(microseconds=1))
    states = [state for group in _groups(book, asked) for state in _states(book, asked, group, last_day)]
    plan = _plan(book, asked)
    swabs = book.counted(asked, "testing.environment_sampled")
    latest = {}
    for each in book.standing("testing.resulted", as_of=asked.as_of):
        latest[each.data["tube"]] = each.data["result"]
    return {
        "routine.members": len({person for person, _ in states}),
        "routine.due": len({person for person, due in states if due and due[0] <= last_day}),
        "routine.overdue": len({person for person, due in states if due and due[1] < last_day}),
        "routine.person_times": sum(_belonged(book, asked, each) for each in _sampled(book, asked)),
        "routine.places": len(plan),
        "routine.places_overdue": sum(due < last_day for due in plan.values()),
        "routine.environment": len(swabs),
        "routine.environment_positive": len({each.data["tube"] for each in swabs if latest.get(each.data["tube"]) == "positive"}),
    }


def _groups(book: Book, asked: Asked) -> list[Entry]:
    """The groups of the area that are kept, each as said last."""
    said = {each.data["group"]: each for each in book.until(asked, "routine.group_set")}
    return [
        each for each in said.values() if lies_in(each.area, asked.area) and _kept(each, local_day(asked.end - timedelta(microseconds=1)))
    ]


def _kept(group: Entry, day: date) -> bool:
    since, until = group.data.get("from_day"), group.data.get("until_day")
    return (not since or date.fromisoformat(since) <= day) and (not until or day <= date.fromisoformat(until))


def _joined(book: Book, asked: Asked, group: str, steps: Iterable[Entry]) -> dict[str, date]:
    """Who belongs to a group by these steps, and from which day."""
    one = book.one_code(asked)
    joined: dict[str, date] = {}
    for each in steps:
        if each.data["group"] != group:
            continue
        if each.kind == "routine.member_left":
            joined.pop(one(each.person), None)
        else:
            joined[one(each.person)] = date.fromisoformat(each.data["from_day"]) if each.data.get("from_day") else local_day(each.when)
    return joined


def _states(book: Book, asked: Asked, group: Entry, last_day: date) -> Iterable[tuple[str, tuple[date, date] | None]]:
    """Everybody of the group, with the day from which they are due and the last on which they are not overdue."""
    one = book.one_code(asked)
    name = group.data["group"]
    joined = _joined(book, asked, name, book.until(asked, "routine.member_added", "routine.member_left"))
    sampled: dict[str, list[Entry]] = {}
    for each in book.until(asked, "testing.sampled"):
        sampled.setdefault(one(each.person), []).append(each)
    for person, since in joined.items():
        if since > last_day:
            continue
        taken = sampled.get(person, [])
        if group.data.get("share"):
            draws = [each for each in book.until(asked, "routine.drawn") if each.data["group"] == name]
            mine = [each for each in draws if person in {one(code) for code in each.data["drawn"]}]
            waits = [each for each in mine if not any(sample.when >= each.when for sample in taken)]
            days = [local_day(each.when) for each in waits], [date.fromisoformat(each.data["until_day"]) for each in waits]
            yield person, (min(days[0]), min(days[1])) if waits else None
        else:
            every = group.data.get("cadence_days") or CATEGORY_DAYS[group.data["category"]]
            due = max(local_day(taken[-1].when) + timedelta(days=every), since) if taken else since
            yield person, (due, due)


def _sampled(book: Book, asked: Asked) -> list[Entry]:
    every = book.standing("testing.sampled", as_of=asked.as_of)
    return [each for each in every if asked.start <= each.when < asked.end]


def _belonged(book: Book, asked: Asked, sample: Entry) -> bool:
    """Whether the person belonged to a group of the area when the sample was taken."""
    one = book.one_code(asked)
    groups = {group.data["group"] for group in _groups(book, asked)}
    spans: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for each in book.until(asked, "routine.member_added", "routine.member_left"):
        name = each.data["group"]
        if one(each.person) != one(sample.person) or name not in groups:
            continue
        begins, ends = spans[name].pop() if spans[name] and spans[name][-1][1] == asked.end else (asked.end, asked.end)
        if each.kind == "routine.member_left":
            spans[name].append((begins, min(each.when, ends)))
        else:
            said = local_time(date.fromisoformat(each.data["from_day"])) if each.data.get("from_day") else each.when
            spans[name].append((min(begins, said), asked.end))
    return any(begins <= sample.when < ends for each in spans.values() for begins, ends in each)


def _plan(book: Book, asked: Asked) -> dict[str, date]:
    """The places of the area that are swabbed, with the day on which each is due."""
    said = {each.place: each.data["cadence_days"] for each in book.until(asked, "routine.place_set")}
    swabbed = {each.place: each.when for each in book.until(asked, "testing.environment_sampled")}
    days = {place: said.get(place, PLACE_DAYS.get(category, 0)) for place, category in PLACE_CATEGORY.items()}
    return {
        place: local_day(swabbed[place]) + timedelta(days=every) if place in swabbed else date.min
        for place, every in days.items()
        if every and lies_in(PLACE_AREA[place], asked.area)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_routine_agrees(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_routine_notices_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_routine_is_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
