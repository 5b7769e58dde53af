"""Pushed lists, reckoned by other hands: what was pushed, where it lies, whom it means, whether it is closed or late."""

from datetime import datetime
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, Entry
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import PEOPLE, lies_in
from tests.town import START

SEEDS = range(5)
CLOSES = ("at_home", "elsewhere", "moved", "unknown", "referred")
LEAVES_OPEN = ("no_answer", "wrong_number", "refused")
KINDS = tuple(f"lists.{name}" for name in ("pushed", "matched", "assigned", "verified", "returned"))


def a_day(seed: int) -> Day:
    """Items that are pushed, pushed again, matched, given to villages, asked after and sent back, in no fixed order."""
    day = Day(seed)
    items: list[str] = []
    for _ in range(18):
        items.append(day.say("lists.pushed", day.time(), **_push(day)))
    for _ in range(6):
        day.say("lists.pushed", day.time(), same_as=day.one(*items), **_push(day))
    for item in [*items, "nobody-pushed-this"]:
        since = day.by_id[item][1] if item in day.by_id else START
        for _ in range(day.one(0, 1, 1, 2)):
            day.say("lists.matched", day.time(since), item=item, **_match(day))
        for _ in range(day.one(0, 1, 2)):
            day.say("lists.assigned", day.time(since), item=item, deadline=_deadline(day))
        for _ in range(day.one(0, 1, 1, 2)):
            day.say("lists.verified", day.time(since), item=item, way="visit", outcome=day.one(*CLOSES, *LEAVES_OPEN))
        if day.chance(0.2):
            day.say("lists.returned", day.time(since), item=item, reason="not_ours")
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _push(day: Day) -> Record:
    return {"list": "县推-0318", "source": "county", "name": "张三", "deadline": _deadline(day)}


def _deadline(day: Day) -> str | None:
    return day.one(None, day.time(START).isoformat())


def _match(day: Day) -> Record:
    if day.chance(0.3):
        return {"how": "doubtful", "candidates": ["P1", "P3"]}
    return {"how": "decided", "person": day.one(None, *PEOPLE)}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "lists.verified":
            return {"outcome": day.one(*CLOSES, *LEAVES_OPEN)}
        case "lists.assigned" | "lists.pushed":
            return {"deadline": _deadline(day)}
        case "lists.matched":
            return {"person": None, "candidates": None, **_match(day)}
    return {}


def _deadlines(steps: list[Entry]) -> list[datetime]:
    return [datetime.fromisoformat(each.data["deadline"]) for each in steps if "deadline" in each.data]


class Item:
    """One item from its steps, in their order."""

    def __init__(self, steps: list[Entry]) -> None:
        pushes = [each for each in steps if each.kind == "lists.pushed"]
        matched = [each for each in steps if each.kind == "lists.matched"]
        assigned = [each for each in steps if each.kind == "lists.assigned"]
        moves = [each for each in steps if each.kind == "lists.assigned" or (each.kind == "lists.matched" and each.person)]
        self.area = moves[-1].area if moves else pushes[0].area
        self.person = matched[-1].person if matched else ""
        self.deadline = max(_deadlines(assigned)[-1:], default=min(_deadlines(pushes), default=None))
        words = [each for each in steps if each.kind in ("lists.verified", "lists.returned")]
        self.closed = bool(words) and (words[-1].kind == "lists.returned" or words[-1].data["outcome"] in CLOSES)
        self.doubtful = bool(matched) and matched[-1].data["how"] == "doubtful" and not self.closed

    def is_overdue(self, at: datetime) -> bool:
        """Whether its deadline has come and it is open."""
        return not self.closed and self.deadline is not None and self.deadline <= at


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Lists and returnees."""
    steps: dict[str, list[Entry]] = {}
    for each in book.until(asked, *KINDS):
        steps.setdefault(_code(book, each), []).append(each)
    items = [Item(said) for said in steps.values() if any(each.kind == "lists.pushed" for each in said)]
    items = [each for each in items if lies_in(each.area, asked.area)]
    overdue = [each for each in items if each.is_overdue(asked.end)]
    pushed = book.counted(asked, "lists.pushed")
    return {
        "lists.pushed": sum("same_as" not in each.data for each in pushed),
        "lists.repeated": sum("same_as" in each.data for each in pushed),
        "lists.verified": len({each.data["item"] for each in book.counted(asked, "lists.verified")}),
        "lists.returned": len({each.data["item"] for each in book.counted(asked, "lists.returned")}),
        "lists.due": len(items),
        "lists.matched": sum(bool(each.person) for each in items),
        "lists.doubtful": sum(each.doubtful for each in items),
        "lists.open": sum(not each.closed for each in items),
        "lists.overdue": len(overdue),
        "lists.closed": sum(each.closed for each in items),
        "lists.late_units": sorted({each.area for each in overdue}),
    }


def _code(book: Book, step: Entry) -> str:
    if step.kind == "lists.pushed":
        return step.data.get("same_as") or book.root(step.id)
    return str(step.data["item"])


@pytest.mark.parametrize("seed", SEEDS)
def test_lists_agree(county: None, seed: int):
    assert not disagreements(("lists",), reckon, a_day(seed))


def test_lists_notice_a_lost_record(county: None):
    assert shown_by_a_loss(("lists",), reckon, a_day(0))


def test_lists_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
