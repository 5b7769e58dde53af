"""Tallies: counters by local hour, area, place and name, kept in the transaction of the events that they count."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk
from closeknit.ledger.kinds import Said, names
from closeknit.ledger.models import Count, Destruction, Event

Key = tuple[str, datetime, str, str]


@dataclass(frozen=True)
class Tally:
    """What is counted: for each event of the kinds read, numbers by name. Zeros are left out."""

    reads: tuple[type[Said], ...]
    counts: Callable[[Event], Mapping[str, int]]
    figures: tuple[str, ...]

    @property
    def kind_names(self) -> tuple[str, ...]:
        """The wire names of the kinds read."""
        return names(*self.reads)


_tallies: list[Tally] = []


def tally(*reads: type[Said], figures: tuple[str, ...]) -> Callable[[Callable[[Event], Mapping[str, int]]], Tally]:
    """Function decorator: from here on the ledger keeps these counters. `figures` are the names that the function may give."""

    def declare(counts: Callable[[Event], Mapping[str, int]]) -> Tally:
        declared = Tally(reads, counts, figures)
        _tallies.append(declared)
        return declared

    return declare


def tallies() -> Sequence[Tally]:
    """All tallies."""
    return _tallies


def hour_of(moment: datetime) -> datetime:
    """The hour in which a moment lies (in UTC; every offset used is whole or half hours, a local day is summed from its hours)."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def apply(new: Iterable[Event], withdrawn: Iterable[Event]) -> None:
    """Adds what the new events count and takes away what the withdrawn ones had counted."""
    numbers: Counter[Key] = Counter()
    by_kind = {kind: [each for each in _tallies if kind in each.kind_names] for each in _tallies for kind in each.kind_names}
    for events, sign in ((new, 1), (withdrawn, -1)):
        for event in events:
            for each in by_kind.get(event.kind, ()):
                for key, number in _counted(each, event):
                    numbers[key] += sign * number
    _add(numbers)


def _counted(each: Tally, event: Event) -> Iterable[tuple[Key, int]]:
    for name, number in each.counts(event).items():
        if number:
            yield (name, hour_of(event.at), event.area, event.place), number


def _add(numbers: Counter[Key]) -> None:
    rows = [
        {"id": uuid7(), "name": name, "hour": hour, "area": area, "place": place, "number": number}
        for (name, hour, area, place), number in sorted(numbers.items())
        if number
    ]
    bulk.insert(
        Count,
        rows,
        conflict=("name", "hour", "area", "place"),
        action="UPDATE SET number = ledger_count.number + excluded.number",
    )


def rebuild() -> None:
    """Counts again from the ledger; numbers of hours whose events were destroyed stay as they are."""
    for each in _tallies:
        kept_until = _destroyed_until(each)
        counts = Count.objects.filter(name__in=each.figures)
        events = Event.objects.filter(kind__in=each.kind_names, superseded_at__isnull=True)
        if kept_until:
            counts, events = counts.filter(hour__gte=kept_until), events.filter(at__gte=kept_until)
        counts.delete()
        numbers: Counter[Key] = Counter()
        for event in events.iterator(chunk_size=5000):
            for key, number in _counted(each, event):
                numbers[key] += number
        _add(numbers)


def _destroyed_until(each: Tally) -> datetime | None:
    certificates = [row for row in Destruction.objects.all() if set(row.kinds) & set(each.kind_names)]
    return max((row.until for row in certificates), default=None)
