"""The server's clock, which a replay or a test can set."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

FIRST_YEAR, LAST_YEAR = 1850, 2199

_set: ContextVar[datetime | None] = ContextVar("closeknit_clock", default=None)


def now() -> datetime:
    """The time by the server's clock, in UTC; the time that `at()` has set, where it has."""
    return _set.get() or datetime.now(UTC)


def can_be_meant(day: date) -> bool:
    """Whether somebody can have meant this day or time. What lies near the ends of the calendar breaks the first sum or time zone."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def read_day(text: str) -> date:
    """A day from its ISO form. Raises ValueError for what is none, or none that can be meant."""
    day = date.fromisoformat(text)
    if not can_be_meant(day):
        raise ValueError("not of our times")
    return day


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block the server's clock stands at `moment` (with an offset)."""
    if moment.tzinfo is None:
        raise ValueError("The clock takes a time with an offset.")
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
