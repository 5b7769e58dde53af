"""Plans of inspection and problems that are found again, reckoned by other hands."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from closeknit.measures.results.reckoning import repeats_of
from closeknit.measures.supervision.kinds import problems_of
from closeknit.policy.packs import policy
from tests.reckoning.asking import disagreements, send, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.town import EAST, GRID, START, TOWN, WEST

SEEDS = range(3)
SECTIONS = ("checkplans", "results")
PLANS, UNITS = ("D1", "D2", "D3", "D4"), {"villages": (WEST, EAST, GRID), "points": ("CP1", "CP2", "S1"), "groups": ("甲组", "乙组")}
EVERY_UNIT = tuple(unit for units in UNITS.values() for unit in units)
ITEMS = ("值守纪律", "接种底数", "宣传到户")
TITLES = {"未测温A": "未测温A", "未测溫Ａ": "未测温A", " 未 测温A": "未测温A", "登记不全": "登记不全"}  # as written, and as read
LEVELS = (TOWN, WEST, EAST, GRID)
REPEAT = timedelta(days=30)
LONG_AGO = START - timedelta(days=33)
DRAWN, STEPS = "results.drawn", {2: "remind", 3: "talk", 4: "name"}  # what follows from the so-many-th time
KINDS = ("checkplans.planned", "checkplans.inspected", "checkplans.ended", "supervision.found")


def a_day(seed: int) -> Day:
    """Plans that are planned again, inspected and ended; the same problems of the same units, weeks apart."""
    day = Day(seed)
    for _ in range(10):
        said = {"title": "督查", "checklist": list(ITEMS), "due_on": "2022-03-19"}
        day.say("checkplans.planned", day.time(), day.one(*LEVELS), plan=day.one(*PLANS), **said, **_units(day))
    for _ in range(26):
        day.say("checkplans.inspected", day.time(), plan=day.one(*PLANS, "D9"), unit=day.one(*EVERY_UNIT), **_checked(day))
    for _ in range(4):
        day.say("checkplans.ended", day.time(), day.one(*LEVELS), plan=day.one(*PLANS), reason="并入下一轮")
    for number in range(26):
        problem = f"T{day.one(number, number, number, number // 2)}"
        when = day.one(day.time(), day.time(LONG_AGO, START))
        day.say("supervision.found", when, problem=problem, unit=day.one(WEST, EAST), title=day.one(*TITLES))
    for _ in range(16):
        about = {"unit": day.one(WEST, EAST), "title": day.one(*TITLES), "step": day.one(*STEPS.values())}
        day.say(DRAWN, day.one(day.time(), day.time(LONG_AGO, START)), times=2, **about)
    day.put_right((*KINDS, DRAWN), lambda event: _better(day, event))
    return day


def _units(day: Day) -> Record:
    sorts = day.random.sample(tuple(UNITS), day.one(1, 2))
    return {sort: day.random.sample(UNITS[sort], day.one(1, 2)) for sort in sorts}


def _checked(day: Day) -> Record:
    items = day.random.sample(ITEMS, 3)
    number = day.one(0, 1, 3)
    return {"met": items[number:] or None, "not_met": items[:number] or None}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "checkplans.planned":
            return dict.fromkeys(UNITS) | _units(day)
        case "checkplans.inspected":
            return _checked(day)
        case "supervision.found":
            return {"unit": day.one(WEST, EAST), "title": day.one(*TITLES)}
    return {}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Supervision by plan."""
    inspected = book.counted(asked, "checkplans.inspected")
    return {
        "checkplans.inspected": len(inspected),
        "checkplans.not_met": sum(len(each.data.get("not_met", [])) for each in inspected),
        "checkplans.left": sum(_left(book, asked, plan) for plan in PLANS),
        "results.repeated": _repeated(book, asked),
    }


def _left(book: Book, asked: Asked, plan: str) -> int:
    """How many units of the plan are left."""
    planned = [each for each in book.until(asked, "checkplans.planned") if each.data["plan"] == plan]
    ended = [each for each in book.until(asked, "checkplans.ended") if each.data["plan"] == plan]
    if not planned or not lies_in(planned[-1].area, asked.area) or any(each.order > planned[-1].order for each in ended):
        return 0
    checked = {each.data["unit"] for each in book.until(asked, "checkplans.inspected") if each.data["plan"] == plan}
    return len({unit for sort in UNITS for unit in planned[-1].data.get(sort, [])} - checked)


def _repeated(book: Book, asked: Asked) -> int:
    """How many problems of the window another one of their unit and title was found before."""
    latest: dict[str, Entry] = {each.data["problem"]: each for each in book.until(asked, "supervision.found")}
    return sum(
        any(
            _about(other) == _about(each) and other.order < each.order and each.when - other.when <= REPEAT
            for other in latest.values()
            if other is not each
        )
        for each in latest.values()
        if asked.holds(each)
    )


def _about(found: Entry) -> tuple[str, str]:
    """The unit, and the title as it is read."""
    return found.data["unit"], TITLES[found.data["title"]]


def _owed(book: Book, asked: Asked) -> dict[tuple[str, str], tuple[int, str, bool]]:
    """What was found again in the town: how often, what follows from it, and whether that is owed."""
    found: dict[str, Entry] = {each.data["problem"]: each for each in book.until(asked, "supervision.found")}
    times = Counter(_about(each) for each in found.values() if each.when >= asked.end - REPEAT)
    ranks = list(STEPS.values())
    taken: dict[tuple[str, str], int] = {}
    for each in book.until(asked, DRAWN):
        if each.when >= asked.end - REPEAT:
            taken[_about(each)] = max(taken.get(_about(each), -1), ranks.index(each.data["step"]))
    again = {about: (number, min(number, max(STEPS)) - 2) for about, number in times.items() if number > 1}
    return {about: (number, ranks[rank], taken.get(about, -1) < rank) for about, (number, rank) in again.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_checkplans_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_checkplans_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_checkplans_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])


def test_what_follows_from_repeats_agrees(county: None):
    pushes = a_day(1).pushes()
    send(pushes)
    book, seen = Book(pushes), set()
    for days in (-25, -12, 0, 1, 2, 3):
        asked = Asked(TOWN, START, START + timedelta(days=days), None)
        told = repeats_of(problems_of(TOWN, asked.end), TOWN, asked.end, policy(TOWN))
        owed = _owed(book, asked)
        assert {(each.unit, TITLES[each.title]): (each.times, (each.step or {}).get("code"), each.owed) for each in told} == owed
        seen |= {is_owed for _, _, is_owed in owed.values()}

    assert seen == {True, False}
