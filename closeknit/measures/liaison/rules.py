"""Decisions about duty round the clock, from values alone."""

from collections.abc import Iterable
from datetime import datetime

Span = tuple[datetime, datetime]


def holes(spans: Iterable[Span], begins: datetime, ends: datetime) -> list[Span]:
    """The times between two moments that no span covers, in order."""
    found, covered = [], begins
    for start, stop in sorted(spans):
        if start > covered and covered < ends:
            found.append((covered, min(start, ends)))
        covered = max(covered, stop)
    return [*found, (covered, ends)] if covered < ends else found
