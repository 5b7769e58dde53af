"""Decisions about rounds and what is left, from values alone."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone

MOST_DAYS_ON = 31


def round_day(at: datetime, closes: Callable[[date], datetime], zone: timezone) -> date:
    """The day of the round into which an order goes: of its local day, or of the first day after it whose orders are still open."""
    day = at.astimezone(zone).date()
    for later in range(MOST_DAYS_ON):
        if at < closes(day + timedelta(days=later)):
            return day + timedelta(days=later)
    return day


def open_since(ordered: Iterable[tuple[datetime, int]], delivered: int) -> datetime | None:
    """When the oldest order was made of which something is left: what was delivered goes to the oldest orders first."""
    for at, quantity in sorted(ordered, key=lambda pair: pair[0]):
        delivered -= quantity
        if delivered < 0:
            return at
    return None
