"""Directives and tasks, reckoned by other hands: who owes what of which version; what is open, and since when it is too late."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.reckoning.asking import disagreements, shown_by_a_loss, without_weight
from tests.reckoning.book import Asked, Book, local_time
from tests.reckoning.days import Day, Record
from tests.reckoning.facts import lies_in
from tests.town import EAST, GRID, TOWN, WEST

SEEDS = (0, 1, 2, 13)  # in the last two areas issue versions of one number
SECTIONS = ("directives", "tasks")
ORDERS, JOBS = ("Z1", "Z2", "Z3", "Z4"), ("R1", "R2", "R3", "R4", "R5", "R6")
LEVELS = (TOWN, WEST, EAST, GRID)
DATES = ("2022-03-18", "2022-03-19", "2022-03-20", "2022-03-20T20:00:00+08:00", "2022-03-18T22:00+08:00")
KINDS = ("directives.issued", "directives.received", "directives.ended", "tasks.set", "tasks.stepped")


def a_day(seed: int) -> Day:
    """Directives in versions, with receipts; tasks that are set again elsewhere, with steps."""
    day = Day(seed)
    for _ in range(9):
        day.say("directives.issued", day.time(), TOWN, directive=day.one(*ORDERS), title="敲门", text="三日内完成", **_issue(day))
    for _ in range(30):
        how = {"channel": "telephone", "words": "路不通"}
        day.say("directives.received", day.time(), directive=day.one(*ORDERS), version=day.one(1, 1, 2), what=_what(day), **how)
    for _ in range(3):
        day.say("directives.ended", day.time(), TOWN, directive=day.one(*ORDERS), reason="已结束")
    for _ in range(11):
        job = {"task": day.one(*JOBS), "matter": "增派二人", "where": "卡点", "owner": "W1"}
        day.say("tasks.set", day.time(), day.one(*LEVELS), due_at=day.one(*DATES), **job)
    for _ in range(26):
        day.say("tasks.stepped", day.time(), task=day.one(*JOBS, "R7"), words="人未到齐", **_step(day))
    day.put_right(KINDS, lambda event: _better(day, event))
    return day


def _better(day: Day, event: Record) -> Record:
    match event["kind"]:
        case "directives.issued":
            return _issue(day)
        case "directives.received":
            return {"what": _what(day)}
        case "tasks.set":
            return {"due_at": day.one(*DATES)}
        case "tasks.stepped":
            return _step(day)
    return {}


def _issue(day: Day) -> Record:
    version = day.one(1, 1, 2)
    to = day.random.sample((WEST, EAST, GRID), day.one(1, 2, 3))
    return {"version": version, "changes": "更严", "to": to, "read_by": day.one(*DATES), "act_by": day.one(None, *DATES)}


def _what(day: Day) -> str:
    return day.one("read", "told", "acted", "acted", "cannot")


def _step(day: Day) -> Record:
    step = day.one("noted", "done", "carried_over", "carried_over", "given", "dropped", "reopened")
    return {"step": step, "until": day.one(*DATES) if step == "carried_over" else None, "to": "W2" if step == "given" else None}


def reckon(book: Book, asked: Asked) -> dict[str, Any]:
    """The figures of the sections, as docs/field-records.md says them under Command."""
    return {
        "directives.issued": len(book.counted(asked, "directives.issued")),
        **_directives(book, asked),
        "tasks.set": len({each.data["task"] for each in book.counted(asked, "tasks.set")}),
        **_tasks(book, asked),
    }


def _end(time: str) -> datetime:
    """A time; of a bare day its end."""
    return local_time(date.fromisoformat(time), 24) if len(time) == len("2022-03-18") else datetime.fromisoformat(time)


def _directives(book: Book, asked: Asked) -> dict[str, int]:
    names = ("due", "read", "unread_late", "to_act", "acted", "act_late")
    sums = dict.fromkeys((f"directives.{name}" for name in names), 0)
    for number in ORDERS:
        versions = [each for each in book.until(asked, "directives.issued") if each.data["directive"] == number]
        ends = [each for each in book.until(asked, "directives.ended") if each.data["directive"] == number]
        holds = max(versions, key=lambda each: (each.data["version"], each.order), default=None)
        if not holds or any(each.order > holds.order for each in ends):
            continue
        for area in (code for code in holds.data["to"] if lies_in(code, asked.area)):
            every = [each.data for each in book.until(asked, "directives.received") if each.area == area]
            receipts = [each["what"] for each in every if (each["directive"], each["version"]) == (number, holds.data["version"])]
            act_by = holds.data.get("act_by")
            acted = bool(act_by) and [what for what in receipts if what in ("acted", "cannot")][-1:] == ["acted"]
            late = bool(act_by) and not acted and _end(act_by) <= asked.end
            unread = not receipts and _end(holds.data["read_by"]) <= asked.end
            for name, holds_so in zip(names, (True, bool(receipts), unread, bool(act_by), acted, late), strict=True):
                sums[f"directives.{name}"] += holds_so
    return sums


def _tasks(book: Book, asked: Asked) -> dict[str, int]:
    sums = dict.fromkeys(("tasks.open", "tasks.overdue", "tasks.done", "tasks.dropped", "tasks.carried_over"), 0)
    latest = {each.data["task"]: each for each in book.until(asked, "tasks.set")}
    for number, task in latest.items():
        steps = [each for each in book.until(asked, "tasks.stepped") if each.data["task"] == number]
        carried = [each for each in steps if each.data["step"] == "carried_over"]
        due = next((each.data["until"] for each in reversed(carried) if each.when >= task.when), task.data["due_at"])
        decisive = [each.data["step"] for each in steps if each.data["step"] in ("done", "dropped", "reopened", "carried_over")]
        state = decisive[-1] if decisive and decisive[-1] in ("done", "dropped") else "open"
        if lies_in(task.area, asked.area):
            sums[f"tasks.{state}"] += 1
            sums["tasks.overdue"] += state == "open" and _end(due) <= asked.end
            sums["tasks.carried_over"] += state == "open" and bool(carried)
    return sums


@pytest.mark.parametrize("seed", SEEDS)
def test_directives_and_tasks_agree(county: None, seed: int):
    assert not disagreements(SECTIONS, reckon, a_day(seed))


def test_directives_and_tasks_notice_a_lost_record(county: None):
    assert shown_by_a_loss(SECTIONS, reckon, a_day(0))


def test_directives_and_tasks_are_not_the_agreement_of_nothing():
    assert not without_weight(KINDS, reckon, [a_day(seed) for seed in SEEDS])
