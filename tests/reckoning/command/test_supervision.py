"""Problems and the day's reports, reckoned by other hands: what was found, put right and found again; which unit confirmed when."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.reports.duty import owe
from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry, local_time
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.town import EAST, GRID, START, TOWN, WEST

SEEDS = range(3)
SECTIONS = ("supervision", "reports")
FOUND, HANDED, RECTIFIED, LOOKED, CONFIRMED = (
    "supervision.found", "supervision.handed_over", "supervision.rectified", "supervision.looked_back", "reports.confirmed",
)  # fmt: skip
STEPS = (FOUND, HANDED, RECTIFIED, LOOKED)
KINDS = (FOUND, RECTIFIED, LOOKED, CONFIRMED)
UNITS, CUT_OFF = (WEST, EAST, GRID), 18
FIRST, LAST = date(2022, 3, 18), date(2022, 3, 20)
DAYS = ("2022-03-17", "2022-03-18", "2022-03-19", "2022-03-20")


def a_day(seed: int) -> Day:
    """Problems and their steps, also of problems that nobody found; confirmations of units on time and too late, by whoever."""
    day = Day(seed)
    for number in range(18):
        problem = day.say(FOUND, day.time(START - timedelta(hours=20)), problem=f"T{number}", unit=day.one(WEST, EAST), title="未测温")
        since = day.by_id[problem][1]
        for kind in day.random.sample((HANDED, RECTIFIED, LOOKED, LOOKED), day.one(0, 2, 3)):
            about = {HANDED: {"to": "W2"}, LOOKED: _outcome(day)}.get(kind, {})
            day.say(kind, day.time(since), problem=f"T{number}", **about)
    day.say(LOOKED, day.time(), problem="T99", outcome="closed")
    for _ in range(14):
        day.say(CONFIRMED, day.time(START, START + timedelta(hours=60)), day.one(TOWN, *UNITS), **_report(day))
    day.put_right((*STEPS, CONFIRMED), lambda event: _better(day, event))
    return day


def _outcome(day: Day) -> Record:
    return {"outcome": day.one("closed", "closed", "reopened")}


def _report(day: Day) -> Record:
    return {"day": day.one(*DAYS), "unit": day.one(*UNITS)}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "supervision.looked_back":
            return _outcome(day)
        case "supervision.found":
            return {"area": day.one(*UNITS)}
        case "reports.confirmed":
            return _report(day)
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as the contract says them in docs/field-records.md."""
    steps: dict[str, list[Entry]] = {}
    for each in book.until(asked, *STEPS):
        steps.setdefault(each.data["problem"], []).append(each)
    ours = {problem: said for problem, said in steps.items() if any(each.kind == FOUND for each in said)}
    ours = {problem: said for problem, said in ours.items() if lies_in(_found(said).area, asked.area)}
    closed = {problem for problem, said in ours.items() if said[-1].data.get("outcome") == "closed"}
    return {
        "supervision.found": len({each.data["problem"] for each in book.counted(asked, FOUND)}),
        "supervision.open": len(ours) - len(closed),
        "supervision.closed": len(closed),
        "supervision.reopened": sum(any(each.data.get("outcome") == "reopened" for each in said) for said in ours.values()),
        **_reports(book, asked),
    }


def _found(said: list[Entry]) -> Entry:
    """The record that told of the problem last."""
    return [each for each in said if each.kind == FOUND][-1]


def _reports(book: Book, asked: Asked) -> dict[str, Any]:
    """Which unit owed a report of which day, and when it confirmed."""
    said = sorted(book.standing(CONFIRMED, as_of=asked.as_of), key=lambda each: (each.received, each.seq, each.id))
    first: dict[tuple[str, str], Entry] = {}
    for each in said:
        first.setdefault((each.data["unit"], each.data["day"]), each)
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    ends: dict[date, datetime] = {day: local_time(day, CUT_OFF) for day in days}
    due = [
        (unit, end, first.get((unit, day.isoformat())))
        for day, end in ends.items()
        for unit in UNITS
        if asked.start < end <= asked.end and lies_in(unit, asked.area)
    ]
    return {
        "reports.due": len(due),
        "reports.on_time": sum(each is not None and each.when <= end and each.received <= end for _, end, each in due),
        "reports.late": sorted({unit for unit, end, each in due if each and each.when > end}),
        "reports.late_received": sorted({unit for unit, end, each in due if each and each.when <= end < each.received}),
        "reports.missing": sorted({unit for unit, _, each in due if each is None}),
    }


@pytest.fixture
def duty(county: None) -> None:
    """The county, whose villages owe a report on some days."""
    with clock.at(START - timedelta(days=1)):
        owe(TOWN, cut_off=f"{CUT_OFF}:00", units=list(UNITS), first_day=FIRST, last_day=LAST)


@pytest.mark.parametrize("seed", SEEDS)
def test_problems_and_reports_agree(duty: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_problems_and_reports_notice_a_lost_record(duty: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_problems_and_reports_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
