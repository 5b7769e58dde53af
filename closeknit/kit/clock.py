"""The server's clock, which a replay or a test can set."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("closeknit_clock", default=None)


def now() -> datetime:
    """The time by the server's clock, in UTC; the time that `at()` has set, where it has."""
    return _set.get() or datetime.now(UTC)


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
