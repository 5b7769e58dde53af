"""Decisions about shifts, from values alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

OVERLAP, LONG, DAY, REST = "overlap", "long", "day", "rest"


@dataclass(frozen=True)
class Span:
    """A shift's time."""

    starts: datetime
    ends: datetime

    @property
    def hours(self) -> float:
        return (self.ends - self.starts) / timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    """What the pack allows: hours of a shift and of a local day, hours of rest between two shifts."""

    shift: float
    day: float
    rest: float
    zone: timezone


def wrong(span: Span, others: Iterable[Span], limits: Limits) -> str:
    """Why somebody who has these other shifts cannot have this one: overlap, long, day (too many hours of a day), rest; empty: they can."""
    others = list(others)
    if any(span.starts < other.ends and other.starts < span.ends for other in others):
        return OVERLAP
    if span.hours > limits.shift:
        return LONG
    hours = by_day([span, *others], limits.zone)
    if any(hours[day] > limits.day for day in by_day([span], limits.zone)):
        return DAY
    rest = timedelta(hours=limits.rest)
    near = (gap for other in others for gap in (span.starts - other.ends, other.starts - span.ends) if gap >= timedelta(0))
    return REST if any(gap < rest for gap in near) else ""


def by_day(spans: Iterable[Span], zone: timezone) -> dict[date, float]:
    """Hours by local day; a shift over midnight counts on both."""
    hours: dict[date, float] = defaultdict(float)
    for span in spans:
        at, end = span.starts.astimezone(zone), span.ends.astimezone(zone)
        while at < end:
            until = min(end, datetime.combine(at.date() + timedelta(days=1), time(), zone))
            hours[at.date()] += (until - at) / timedelta(hours=1)
            at = until
    return hours


def rotation(begins: datetime, hours: int, each: int, workers: Sequence[str], at_once: int = 1) -> list[tuple[str, Span]]:
    """Shifts of `each` hours round the clock, `at_once` people on each, the workers taking turns."""
    made, turn = [], 0
    for start in range(0, hours, each):
        span = Span(begins + timedelta(hours=start), begins + timedelta(hours=min(start + each, hours)))
        for _ in range(at_once):
            made.append((workers[turn % len(workers)], span))
            turn += 1
    return made


def gaps(begins: datetime, ends: datetime, spans: Iterable[Span]) -> list[Span]:
    """The times between two moments for which nobody is planned."""
    found, at = [], begins
    for span in sorted(spans, key=lambda each: each.starts):
        if span.starts > at:
            found.append(Span(at, min(span.starts, ends)))
        at = max(at, span.ends)
        if at >= ends:
            break
    return [*found, Span(at, ends)] if at < ends else found
