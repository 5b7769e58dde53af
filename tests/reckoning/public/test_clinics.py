"""Clinics, reckoned by other hands: what their check says, reports that are owed, fevers that were not passed up."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry, local_day, local_time
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.reckoning.public.places import AREA_OF, CATEGORY_OF

SEEDS = range(3)
SECTIONS = ("clinics",)
CATEGORIES = {"hospital", "private_hospital", "health_centre", "clinic", "village_clinic"}
FEVER_CLINIC_AT = {"hospital"}
CHECK_EVERY = timedelta(days=7)
REPORT_BY = 18
CHECKED, REPORTED, PASSED_UP = "clinics.checked", "clinics.day_reported", "clinics.passed_up"
KINDS = (CHECKED, REPORTED, PASSED_UP)
VISITED = ("HP1", "HC1", "VC1", "VC2", "S1")
STATES = ("works", "works", "works", "fails", "none")


def a_day(seed: int) -> Day:
    """Checks of now and of a week ago; reports of days, some of them twice; fevers passed up before and after the report."""
    day = Day(seed)
    for _ in range(14):
        day.say(CHECKED, day.time() - timedelta(days=day.one(0, 5, 7, 8)), place=day.one(*VISITED), **_check(day))
    for _ in range(24):
        when = day.time()
        day.say(REPORTED, when, place=day.one(*VISITED), day=_day_of(day, when), **_report(day))
    for _ in range(16):
        when = day.time()
        day.say(PASSED_UP, when, place=day.one(*VISITED), day=_day_of(day, when), number=day.one(1, 2), to="county")
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _check(day: Day) -> Record:
    return {
        "triage": day.one(*STATES), "fever_clinic": day.one(*STATES), "scanning": day.one(None, True, True, False),
        "problems": day.one(None, None, None, ["无人值守"]),
    }  # fmt: skip


def _report(day: Day) -> Record:
    visits = day.one(0, 2, 5)
    return {"fever_visits": visits, "passed_up": day.one(None, 0, visits // 2, visits)}


def _day_of(day: Day, when: datetime) -> str:
    return str(local_day(when) - timedelta(days=day.one(0, 0, 1)))


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "clinics.checked":
            return _check(day)
        case "clinics.day_reported":
            return _report(day)
    return {"number": day.one(1, 3)}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Clinics."""
    ours = {place for place, area in AREA_OF.items() if CATEGORY_OF[place] in CATEGORIES and lies_in(area, asked.area)}
    checks = {each.place: each for each in book.until(asked, CHECKED)}
    lately = {place for place, check in checks.items() if asked.end - CHECK_EVERY <= check.when}
    reports = {(each.place, each.data["day"]): each.data for each in book.until(asked, REPORTED)}
    due = {(place, str(day)) for place in ours for day in _days_due(asked)}
    in_window = {(each.place, each.data["day"]): each.data["fever_visits"] for each in book.counted(asked, REPORTED)}
    passed_up = book.until(asked, PASSED_UP)
    waiting = 0
    for (place, day), report in reports.items():
        later = sum(each.data["number"] for each in passed_up if (each.place, each.data["day"]) == (place, day))
        left = report["fever_visits"] - report.get("passed_up", 0) - later
        waiting += max(left, 0) if lies_in(AREA_OF[place], asked.area) else 0
    return {
        "clinics.institutions": len(ours),
        "clinics.checked": len({each.place for each in book.counted(asked, CHECKED)}),
        "clinics.unchecked": len(ours - lately),
        "clinics.faulty": sum(place in checks and _is_faulty(checks[place]) for place in ours),
        "clinics.reports_due": len(due),
        "clinics.reports_made": len(due & set(reports)),
        "clinics.reports_missing": len(due - set(reports)),
        "clinics.fever_visits": sum(in_window.values()),
        "clinics.not_passed_up": waiting,
    }


def _is_faulty(check: Entry) -> bool:
    says = check.data
    without = says["fever_clinic"] == "none" and CATEGORY_OF[check.place] in FEVER_CLINIC_AT
    broken = says["triage"] != "works" or says["fever_clinic"] == "fails" or without
    return broken or says.get("scanning") is False or bool(says.get("problems"))


def _days_due(asked: Asked) -> list[date]:
    days = [local_day(asked.start) + timedelta(days=number) for number in range(5)]
    return [day for day in days if asked.start < local_time(day, REPORT_BY) <= asked.end]


@pytest.mark.parametrize("seed", SEEDS)
def test_clinics_agree(places: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_clinics_notice_a_lost_record(places: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_clinics_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
