"""Doors, gates and returns, reckoned by other hands: whom no list knew, sweeps and their visits, checks, declarations."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from closeknit.areas.models import Area
from closeknit.campaigns.live import live
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from tests.reckoning.asking import WINDOWS, disagreements, send, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import DOOR_AREA, DOORS, HOME, VILLAGES, lies_in
from tests.town import EAST, START, TOWN, WEST, campaign

SEEDS = range(3)
SECTIONS = ("registry", "doorknock", "returnees", "checkpoints")
FOUND, VISITED = "registry.found", "doorknock.visited"
DECLARED, VERIFIED = "returnees.declared", "returnees.verified"
VEHICLE, PERSON = "checkpoints.vehicle_checked", "checkpoints.person_checked"
KINDS = (FOUND, VISITED, DECLARED, VERIFIED, VEHICLE, PERSON)
SETTLED = ("met", "moved", "vacant")
# The sweeps: of which area, from and to when. The first is the county's own.
SWEEPS: tuple[tuple[str, datetime, datetime], ...] = (
    (TOWN, START, START + timedelta(days=2)),
    (EAST, START + timedelta(hours=10), START + timedelta(hours=30)),
    (WEST, START - timedelta(hours=20), START + timedelta(hours=1)),
)
ROWS = {"registry.rows_read": 15, "registry.rows_parked": 0, "registry.rows_merged": 0, "registry.rows_doubtful": 1}


def a_day(seed: int) -> Day:
    """Doors that are found, and some of them in the roster after all; visits to all of them; checks and returns."""
    day = Day(seed)
    found = [day.say(FOUND, day.time(START - timedelta(hours=20)), what="household", landmark="旧船坞") for _ in range(6)]
    day.say("registry.merged", day.time(), household=f"found:{found[0]}", canonical=day.one("J1", "H5"), reference="household")
    day.found_person(merged_into="P5")
    day.found_person()
    doors = [*DOORS, *(f"found:{each}" for each in found)]
    for _ in range(32):
        day.say(VISITED, day.time(START - timedelta(hours=20)), household=day.one(*doors), **_outcome(day))
    for _ in range(9):
        day.say(DECLARED, day.time(), household=day.one("", *DOORS), name="李四", origin="310000", arrived_at="2022-03-17")
        day.say(VERIFIED, day.time(), household=day.one(*DOORS), outcome=day.one("confirmed", "not_found"))
        day.say(VEHICLE, day.time(), place=day.one("CP1", "CP2"), **_vehicle(day))
        day.say(PERSON, day.time(), place=day.one("CP1", "CP2"), **_decision(day))
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _outcome(day: Day) -> Record:
    return {"outcome": day.one("met", "absent", "absent", "refused", "refused", "moved", "vacant")}


def _vehicle(day: Day) -> Record:
    return {"vehicle": day.one("car", "truck", "vessel"), "decision": day.one("admitted", "turned_away")}


def _decision(day: Day) -> Record:
    return {"decision": day.one("admitted", "turned_away", "referred"), "reason": "体温异常"}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "registry.found":
            return {"area": day.one(*VILLAGES)}
        case "doorknock.visited":
            return _outcome(day)
        case "checkpoints.vehicle_checked":
            return _vehicle(day)
        case "checkpoints.person_checked":
            return _decision(day)
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as the contract says them in docs/field-records.md."""
    return {**ROWS, **_moving(book, asked)}


def _moving(book: Book, asked: Asked) -> dict[str, Any]:
    """All but what the rosters alone say of themselves."""
    found = [each.data["what"] for each in book.until(asked, FOUND) if lies_in(each.area, asked.area)]
    visits = book.counted(asked, VISITED)
    vehicles = [each.data["vehicle"] for each in book.counted(asked, VEHICLE)]
    decisions = [each.data["decision"] for each in book.counted(asked, PERSON)]
    last = [word for sweep in SWEEPS if sweep[1] < asked.end and asked.start < sweep[2] for word in _last_words(book, asked, *sweep)]
    settled = sum(word in SETTLED for word in last)
    return {
        "registry.persons": sum(lies_in(area, asked.area) for area in HOME.values()),
        "registry.households": sum(lies_in(area, asked.area) for area in DOOR_AREA.values()),
        "registry.found_persons": found.count("person"),
        "registry.found_households": found.count("household"),
        "doorknock.due": len(last),
        "doorknock.settled": settled,
        "doorknock.gap": len(last) - settled,
        "doorknock.refused": last.count("refused"),
        "doorknock.visits": len(visits),
        "doorknock.visitors": len({each.member for each in visits}),
        "returnees.declared": len(book.counted(asked, DECLARED)),
        "returnees.verified": len(book.counted(asked, VERIFIED)),
        "checkpoints.vehicles": len(vehicles) - vehicles.count("vessel"),
        "checkpoints.vessels": vehicles.count("vessel"),
        "checkpoints.persons": len(decisions),
        "checkpoints.turned_away": decisions.count("turned_away"),
        "checkpoints.referred": decisions.count("referred"),
    }


def _last_words(book: Book, asked: Asked, area: str, start: datetime, end: datetime) -> Iterator[str]:
    """What the latest visit of a sweep says of each household that is due in the area; "" where nobody was there."""
    one = book.one_code(asked)
    found: dict[str, Entry] = {f"found:{book.root(each.id)}": each for each in book.until(asked, FOUND) if each.data["what"] == "household"}
    places = DOOR_AREA | {code: each.area for code, each in found.items() if one(code) == code and each.when < end}
    latest = {one(each.household): each.data["outcome"] for each in book.until(asked, VISITED) if start <= each.when < end}
    return (latest.get(door, "") for door, lies in places.items() if lies_in(lies, area) and lies_in(lies, asked.area))


@pytest.fixture
def sweeps(county: None) -> None:
    """The county with these sweeps."""
    with clock.at(START - timedelta(days=1)):
        for area, start, end in SWEEPS:
            plan(_sweep(area, start, end))


def _sweep(area: str, start: datetime, end: datetime) -> Record:
    code = "sweep" if area == TOWN else f"sweep-{area}"
    return campaign(code, "doorknock", "households", **{"area": area, "from": start, "to": end})


@pytest.mark.parametrize("seed", SEEDS)
def test_doors_agree(sweeps: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_doors_notice_a_lost_record(sweeps: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_doors_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, _moving, [a_day(seed) for seed in SEEDS])


def test_a_sweep_stands_now_as_it_is_reckoned(sweeps: None):
    pushes = a_day(1).pushes()
    send(pushes)
    book, (start, end) = Book(pushes), WINDOWS[0]
    told, reckoned = {}, {}
    with clock.at(end):
        for sweep in SWEEPS:
            for area in (TOWN, *VILLAGES):
                now = live(plan(_sweep(*sweep)), Area.objects.get(code=area)).total
                told[sweep[0], area] = now.due, now.reached, now.words["refused"], now.never
                last = list(_last_words(book, Asked(area, start, end, None), *sweep))
                settled = sum(word in SETTLED for word in last)
                reckoned[sweep[0], area] = len(last), settled, last.count("refused"), last.count("")

    assert told == reckoned
