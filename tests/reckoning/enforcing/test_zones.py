"""Zones and their checks, reckoned by other hands: which order counts, who lives in it, what was told, objected to and checked."""

from datetime import timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book
from tests.reckoning.days import Day, Record
from tests.reckoning.enforcing.ordered import LAW, a_span, moment, near, ordered
from tests.reckoning.facts import DOOR, DOOR_AREA, DOORS, VILLAGES, lies_in
from tests.town import EAST, START, TOWN

SEEDS = range(3)
SECTIONS = ("zones", "zonechecks")
ZONES = ("Z-1", "Z-2", "Z-3", "Z-4", "Z-5")
STANDARDS = ("doors_open", "posts_manned", "testing_ordered")
DAY = timedelta(hours=24)
KINDS = (
    "zones.ordered", "zones.lifted", "zones.announced", "zones.objected", "zones.objection_decided", "zonechecks.checked",
)  # fmt: skip


def a_day(seed: int) -> Day:
    """Zones that are ordered, changed, lifted, told of, objected to and checked."""
    day = Day(seed)
    doors = _doors(day)
    for number in range(16):
        zone = {"zone": ZONES[number % 5], "name": "河街片区", "measure": "high", "lifts": ["no_new_case"], **_cover(day, doors)}
        day.say("zones.ordered", day.time(START - timedelta(hours=20)), **zone, **LAW, **a_span(day))
    for _ in range(4):
        day.say("zones.lifted", day.time(), zone=day.one(*ZONES), reason="条件已达到")
    for _ in range(12):
        day.say("zones.announced", day.time(), zone=day.one(*ZONES), way="posted")
        day.say("zonechecks.checked", day.time(), zone=day.one(*ZONES[:3]), **_looked(day))
    for _ in range(14):
        zone, household = day.one(*ZONES), day.one(*doors)
        said = day.time()
        objection = day.say("zones.objected", said, zone=zone, household=household, words="不在楼内")
        if day.chance(0.6):
            decided = {"zone": zone, "objection": objection, "reason": "属实"}
            day.say("zones.objection_decided", day.time(said), household=household, outcome=day.one("excepted", "upheld"), **decided)
    day.put_right(KINDS, lambda event: _better(day, event, doors))
    return day


def _doors(day: Day) -> list[str]:
    """All households: one was found, one was found that is of the roster, one of the roster stands in it twice. And who was found."""
    day.people()
    new, known = (day.say("registry.found", day.time(START, START), EAST, what="household") for _ in range(2))
    day.say("registry.merged", day.time(), household="H2", canonical="J4", reference="household")
    day.say("registry.merged", day.time(), household=f"found:{known}", canonical="H5", reference="household")
    doors = [*DOORS, f"found:{new}", f"found:{known}"]
    for _ in range(3):
        found = day.found_person().removeprefix("found:")
        day.by_id[found][2]["data"]["household"] = day.one(*doors)
    return doors


def _cover(day: Day, doors: list[str]) -> Record:
    areas = {"areas": day.random.sample((TOWN, *VILLAGES, *VILLAGES, *VILLAGES), 2)}
    some = {"households": day.random.sample(doors, 3)}
    return {**day.one(areas, areas, some, {**areas, **some}), "without": day.one(None, None, day.random.sample(doors, 2))}


def _looked(day: Day) -> Record:
    one, other = day.random.sample(STANDARDS, 2)
    return day.one({"met": [one], "not_met": [other]}, {"not_met": [one]}, {"met": [one, other]})


def _better(day: Day, event: Record, doors: list[str]) -> Record:
    match event["kind"]:
        case "zones.ordered":
            return {**a_span(day), **_cover(day, doors)}
        case "zonechecks.checked":
            return {"met": None, "not_met": None, **_looked(day)}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Zones."""
    one = book.one_code(asked)
    zones = {
        code: zone for code, zone in ordered(book, asked, "zones", "zone")
        if any(near(area, asked.area) for area in zone.order.data.get("areas", ()))
        or any(lies_in(book.home(one(door), asked), asked.area) for door in zone.order.data.get("households", ()))
    }  # fmt: skip
    in_force = {code: zone.order for code, zone in zones.items() if zone.in_force}
    checks = book.until(asked, "zonechecks.checked")
    says = {(each.data["zone"], name): word for each in checks for word in ("met", "not_met") for name in each.data.get(word, ())}
    lately = {each.data["zone"] for each in checks if each.when > asked.end - DAY}
    told = {each.data["zone"]: each.when for each in book.until(asked, "zones.announced")}
    objections = {book.root(each.id): each for each in book.until(asked, "zones.objected")}
    decided = {each.data["objection"] for each in book.until(asked, "zones.objection_decided")}
    undecided = [each for code, each in objections.items() if code not in decided and lies_in(each.area, asked.area)]
    doors, people = _living(book, asked)
    return {
        "zones.ordered": len(book.counted(asked, "zones.ordered")),
        "zones.lifted": len(book.counted(asked, "zones.lifted")),
        "zones.in_force": len(in_force),
        "zones.households": len(doors),
        "zones.persons": len(people),
        "zones.untold": sum(code not in told or told[code] < zone.changed for code, zone in zones.items()),
        "zones.objections_open": len(undecided),
        "zones.objections_late": sum(asked.end - each.when >= DAY for each in undecided),
        "zonechecks.checked": len(book.counted(asked, "zonechecks.checked")),
        "zonechecks.not_met": sum(code in in_force and word == "not_met" for (code, _), word in says.items()),
        "zonechecks.overdue": sum(code not in lately and moment(each, "from_at") <= asked.end - DAY for code, each in in_force.items()),
    }  # fmt: skip


def _living(book: Book, asked: Asked) -> tuple[set[str], set[str]]:
    """The households of the area that live in a zone in force, and their people."""
    one = book.one_code(asked)
    found = {f"found:{each.id}": each for each in book.until(asked, "registry.found")}
    known = {one(code) for code in (*DOOR_AREA, *(code for code in found if found[code].data["what"] == "household"))}
    lives = {one(code): one(each.data.get("household", "")) for code, each in found.items() if each.data["what"] == "person"}
    lives |= {person: one(door) for person, door in DOOR.items() if one(person) == person}
    doors: set[str] = set()
    people: set[str] = set()
    for code, zone in ordered(book, asked, "zones", "zone"):
        if not zone.in_force:
            continue
        order, areas = zone.order, zone.order.data.get("areas", ())
        spared = {one(each) for each in order.data.get("without", ())} | {
            one(each.household) for each in book.until(asked, "zones.objection_decided")
            if each.data["zone"] == code and each.data["outcome"] == "excepted" and each.order > order.order
        }  # fmt: skip
        named = {one(each) for each in order.data.get("households", ())}
        inside = {each for each in known if each in named or any(lies_in(book.home(each, asked), area) for area in areas)} - spared
        doors |= {each for each in inside if lies_in(book.home(each, asked), asked.area)}
        alone = {person for person, door in lives.items() if not door and lies_in(book.home(person, asked), asked.area)}
        people |= {person for person in alone if any(lies_in(book.home(person, asked), area) for area in areas)}
    return doors, people | {person for person, door in lives.items() if door in doors}


@pytest.mark.parametrize("seed", SEEDS)
def test_zones_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_zones_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_zones_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
