"""Decisions about the next dose, from values alone."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from closeknit.kit.dates import months_before

Line = Mapping[str, Any]
NONE_HAD: tuple[int, date | None] = (0, None)


def doses_had(pairs: Iterable[tuple[int, date | None]]) -> tuple[int, date | None]:
    """The highest dose and the latest day of it; 0 where there is none. A day is unknown only where no pair of that dose has one."""
    pairs = list(pairs)
    if len(pairs) == 1:
        return pairs[0]
    highest = max((dose for dose, _ in pairs), default=0)
    return highest, max((day for dose, day in pairs if dose == highest and day), default=None)


def line_after(schedule: Iterable[Line], doses: int) -> Line | None:
    """The line of the schedule for the next dose."""
    return next((line for line in schedule if line["dose"] == doses + 1), None)


def is_aged(born: date, months: int, today: date) -> bool:
    """Whether somebody is so many months old on a day."""
    return born <= months_before(today, months)


def due_from(line: Line, last: date | None) -> date | None:
    """The first day after the interval since the last dose; None where none is asked for, or the last day is not known."""
    return last + timedelta(days=line["after_days"]) if line.get("after_days") and last else None


def state(line: Line | None, last: date | None, born: date | None, today: date) -> str:
    """complete, unknown (no date of birth), outside (too old for it), waiting (too young, or too soon), due."""
    if line is None:
        return "complete"
    if born is None:
        return "unknown" if "from_months" in line or "below_months" in line else _by_interval(line, last, today)
    if "below_months" in line and is_aged(born, line["below_months"], today):
        return "outside"
    if "from_months" in line and not is_aged(born, line["from_months"], today):
        return "waiting"
    return _by_interval(line, last, today)


def _by_interval(line: Line, last: date | None, today: date) -> str:
    since = due_from(line, last)
    return "waiting" if since and today < since else "due"
