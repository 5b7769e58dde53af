"""Doors called back, reckoned by other hands: whom somebody else than the visitor asked, and who agreed with the visit."""

from datetime import timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import DOORS
from tests.town import EAST, GRID, START

SEEDS = range(3)
SECTIONS = ("recheck",)
CALLED, VISITED = "doorknock.rechecked", "doorknock.visited"
KINDS = (CALLED, VISITED)
SWEEP = (START, START + timedelta(days=2))


def a_day(seed: int) -> Day:
    """Visits before, in and after the sweep, and calls back of the same doors by everybody."""
    day = Day(seed)
    day.say("registry.merged", day.time(), EAST, household="H4", canonical="J6", reference="household")
    found = day.say("registry.found", day.time(), what="household", landmark="旧船坞")
    day.say("registry.merged", day.time(), GRID, household=f"found:{found}", canonical=day.one("J1", "H5"), reference="household")
    doors = (*DOORS, f"found:{found}")
    for _ in range(16):
        day.say(VISITED, day.time(START - timedelta(hours=20)), household=day.one(*doors), outcome=day.one("met", "absent"))
    for _ in range(26):
        day.say(CALLED, day.time(START - timedelta(hours=20)), household=day.one(*doors), **_answer(day))
    day.put_right(KINDS, lambda event: _answer(day) if event["kind"] == CALLED else {})
    return day


def _answer(day: Day) -> Record:
    return {"outcome": day.one("agrees", "agrees", "differs", "not_reached")}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Doors called back."""
    one = book.one_code(asked)
    since = SWEEP[0] if SWEEP[0] < asked.end and asked.start < SWEEP[1] else asked.start
    visitors = {(each.member, one(each.household)) for each in book.until(asked, VISITED) if each.when >= since}
    calls = [each for each in book.counted(asked, CALLED) if (each.member, one(each.household)) not in visitors]
    return {
        "doorknock.rechecked": len({one(each.household) for each in calls if each.data["outcome"] != "not_reached"}),
        "doorknock.recheck_agreed": len({one(each.household) for each in calls if each.data["outcome"] == "agrees"}),
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_calls_back_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_calls_back_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_calls_back_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
