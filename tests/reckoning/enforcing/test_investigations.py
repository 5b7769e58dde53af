"""Investigations, reckoned by other hands: cases that are opened, closed and opened again, and tasks with their times."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, local_time
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.town import START

SEEDS = (0, 1, 38)  # in the last a task stands twice while a correction of it is on its way
SECTIONS = ("investigations", "tracing")
CASES = ("LD-001", "LD-002", "LD-003", "LD-004")
KINDS = (
    *(f"investigations.{name}" for name in ("opened", "closed", "task_given", "task_done")), "tracing.person_named", "tracing.asked",
)  # fmt: skip


def a_day(seed: int) -> Day:
    """Cases are opened in one village and another, closed, opened again; tasks are given and done."""
    day = Day(seed)
    for _ in range(10):
        day.say("investigations.opened", day.time(), case=day.one(*CASES), matter="初筛异常")
    for _ in range(7):
        day.say("investigations.closed", day.time(), case=day.one(*CASES), outcome="confirmed")
    for _ in range(3):
        day.say("investigations.staff_named", day.time(), case=day.one(*CASES), staff=["W1"])
    for _ in range(16):
        task = day.say("investigations.task_given", day.time(), case=day.one(*CASES), what="recordings", to="W1", **_due(day))
        for _ in range(day.one(0, 0, 1, 2)):
            outcome = day.one({"outcome": "done"}, {"outcome": "could_not", "words": "录像已覆盖"})
            day.say("investigations.task_done", day.time(day.by_id[task][1]), case=day.one(*CASES), task=task, **outcome)
    for _ in range(5):
        began = {"basis": "onset", "began_at": "2022-03-17"}
        day.say("tracing.person_named", day.time(), case=day.one(*CASES), person="P1", **began)
        day.say("tracing.asked", day.time(), case=day.one(*CASES), reason="溯源")
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _due(day: Day) -> Record:
    due = day.one(day.time(START, START + timedelta(days=4)).isoformat(), "2022-03-18", "2022-03-20", "2022-03-21")
    return {"due_at": due, "police": day.one(None, False, True)}


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "investigations.task_given":
            return _due(day)
        case "investigations.task_done":
            return {}
    return {"case": day.one(*CASES)}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the section, as docs/field-records.md says them under Investigations."""
    opened = {each.data["case"]: each for each in book.until(asked, "investigations.opened")}
    closed = [(each.data["case"], each.area, each.order) for each in book.until(asked, "investigations.closed")]
    ends = {case: [order for of, area, order in closed if (of, area) == (case, each.area)] for case, each in opened.items()}
    unfinished = [each for case, each in opened.items() if max(ends[case], default=each.order) <= each.order]
    tasks = {book.root(each.id): each for each in book.until(asked, "investigations.task_given")}
    ended = {each.data["task"] for each in book.until(asked, "investigations.task_done")}
    waiting = [each for code, each in tasks.items() if code not in ended and lies_in(each.area, asked.area)]
    return {
        "investigations.opened": len(book.counted(asked, "investigations.opened")),
        "investigations.closed": len(book.counted(asked, "investigations.closed")),
        "investigations.open": sum(lies_in(each.area, asked.area) for each in unfinished),
        "investigations.tasks_open": len(waiting),
        "investigations.tasks_late": sum(_moment(each.data["due_at"]) <= asked.end for each in waiting),
        "tracing.named": len(book.counted(asked, "tracing.person_named")),
        "tracing.asked": len(book.counted(asked, "tracing.asked")),
        "investigations.with_police": sum(each.data.get("police", False) for each in book.counted(asked, "investigations.task_given")),
    }


def _moment(due: str) -> datetime:
    return datetime.fromisoformat(due) if "T" in due else local_time(date.fromisoformat(due) + timedelta(days=1))


@pytest.mark.parametrize("seed", SEEDS)
def test_investigations_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_investigations_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_investigations_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
