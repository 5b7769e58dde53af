"""Who reads the page that is being made: so that no link is drawn to where they may not go."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from closeknit.access.models import Account

_reader: ContextVar[Account | None] = ContextVar("closeknit_reader", default=None)


def reader() -> Account | None:
    """The account for which a screen's view runs now; None outside of a request."""
    return _reader.get()


@contextmanager
def reading(account: Account) -> Iterator[None]:
    """Within the block pages are made for this account."""
    token = _reader.set(account)
    try:
        yield
    finally:
        _reader.reset(token)
