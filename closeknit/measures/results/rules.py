"""When a problem repeats and what follows, from values alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from closeknit.kit.folding import fold

Ladder = Sequence[Mapping[str, Any]]


def repeats(found: Iterable[tuple[str, str, datetime]], until: datetime, days: int) -> dict[tuple[str, str], int]:
    """How often each unit was found wanting in the same thing within so many days: (unit, title, when) to {(unit, folded title): times}."""
    since, times = until - timedelta(days=days), dict[tuple[str, str], int]()
    for unit, title, at in found:
        if since <= at < until:
            times[unit, fold(title)] = times.get((unit, fold(title)), 0) + 1
    return times


def step_of(times: int, ladder: Ladder) -> Mapping[str, Any] | None:
    """The step of the pack that so many findings ask for: the highest whose number is reached; None where there is none."""
    reached = [step for step in ladder if times >= int(step["from"])]
    return max(reached, key=lambda step: int(step["from"]), default=None)


def is_owed(times: int, ladder: Ladder, drawn: Iterable[str]) -> bool:
    """Whether a step is still to be taken: the one that is asked for, and none above it, was drawn."""
    step = step_of(times, ladder)
    if step is None:
        return False
    ranks = {str(each["code"]): int(each["from"]) for each in ladder}
    return all(ranks.get(code, 0) < int(step["from"]) for code in drawn)
