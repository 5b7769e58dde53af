"""Decisions about posts, from values alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta


def is_silent(last: datetime | None, now: datetime, after: timedelta) -> bool:
    """Whether a post has said nothing for longer than it may; one that never said anything has not begun."""
    return last is not None and now - last >= after


def unchecked(counted: Mapping[str, int], checked: int) -> int | None:
    """How many more a barrier, camera or second person counted than were checked: by the counter that saw most; None where none counted."""
    return max(counted.values()) - checked if counted else None


def silent_hours(numbers: Sequence[int]) -> int:
    """How many of the hours that are over passed without a check."""
    return sum(1 for number in numbers if not number)
