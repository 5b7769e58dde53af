"""What stands behind a figure: the figure's value follows from its rows, and each of them can be listed."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Max, QuerySet

from closeknit.ledger.models import Event

Value = int | list[str]


@dataclass(frozen=True)
class Row:
    """One row behind a number. `key` is its own within the figure; `about` says what `code` names: event, household, person, place,
    problem, tube, member, area, report, roster, run. `weight` is what it adds to the number."""

    key: str
    about: str
    code: str = ""
    event: Event | None = None
    weight: int = 1
    words: str = ""


class Rows(Protocol):
    """What stands behind a figure."""

    def value(self) -> Value:
        """The figure: a number, or the areas that it names."""

    def size(self) -> int:
        """How many rows there are to list."""

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """The rows in a fixed order, those from `start` to before `stop`; their weights add up to the number."""


def _by_event(events: QuerySet[Event], start: int, stop: int | None) -> QuerySet[Event]:
    return events.defer("personal", "digest").order_by("at", "id")[start:stop]


@dataclass(frozen=True)
class EventRows:
    """Events; the value is how many there are."""

    events: QuerySet[Event]

    def value(self) -> int:
        return self.events.count()

    def size(self) -> int:
        return self.value()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        return [Row(str(event.id), "event", event=event) for event in _by_event(self.events, start, stop)]


@dataclass(frozen=True)
class SumRows:
    """Events; the value is the sum of a number in their data."""

    events: QuerySet[Event]
    of: str

    def value(self) -> int:
        return sum(data.get(self.of, 0) for data in self.events.values_list("data", flat=True))

    def size(self) -> int:
        return self.events.count()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        return [
            Row(str(event.id), "event", event=event, weight=event.data.get(self.of, 0)) for event in _by_event(self.events, start, stop)
        ]


@dataclass(frozen=True)
class DistinctRows:
    """Events; the value is how many different subjects they name (a column of the event)."""

    events: QuerySet[Event]
    column: str

    def _named(self) -> QuerySet[Event]:
        return self.events.exclude(**{self.column: ""})

    def value(self) -> int:
        number: int = self._named().values(self.column).distinct().count()
        return number

    def size(self) -> int:
        return self.value()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """A row a subject, with the latest of its events."""
        grouped = self._named().values(self.column).annotate(last=Max("at")).order_by(self.column)[start:stop]
        codes = [group[self.column] for group in grouped]
        latest = {
            getattr(event, self.column): event
            for event in self._named().filter(**{f"{self.column}__in": codes}).defer("personal", "digest").order_by("at", "id")
        }
        return [Row(code, self.column, code, latest[code]) for code in codes]


@dataclass(frozen=True)
class GroupedRows:
    """Events; the value is how many different keys they have. `key` answers None for an event that does not count."""

    events: QuerySet[Event]
    key: Callable[[Event], Hashable | None]
    about: str
    code: Callable[[Event], str]

    def _groups(self) -> dict[str, Event]:
        events = self.events.defer("personal", "digest").order_by("at", "id")
        return {str(key): event for event in events if (key := self.key(event)) is not None}

    def value(self) -> int:
        return len(self._groups())

    def size(self) -> int:
        return self.value()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """A row a key, with the latest of its events."""
        return [Row(key, self.about, self.code(event), event) for key, event in sorted(self._groups().items())[start:stop]]


@dataclass(frozen=True)
class CodeRows:
    """Codes of households, persons, places or problems, with the event behind each where there is one; the value is how many there are."""

    reference: str
    codes: Sequence[str]
    events: Mapping[str, Event] = field(default_factory=dict)

    def value(self) -> int:
        return len(self.codes)

    def size(self) -> int:
        return len(self.codes)

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """A target of two campaigns is two rows."""
        seen: dict[str, int] = {}
        rows = []
        for code in self.codes:
            seen[code] = seen.get(code, 0) + 1
            key = code if seen[code] == 1 else f"{code} {seen[code]}"
            rows.append(Row(key, self.reference, code, self.events.get(code)))
        return rows[start:stop]


class Coded(Protocol):
    """A household, person, place or problem by its code."""

    @property
    def code(self) -> str:
        """Its code."""


@dataclass(frozen=True)
class AlikeRows:
    """Those together who count alike; the value is how many they are. Of a million nothing is sorted to count them."""

    reference: str
    groups: Sequence[Sequence[Coded]]

    def value(self) -> int:
        return sum(map(len, self.groups))

    def size(self) -> int:
        return self.value()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        """In the order of their codes."""
        return CodeRows(self.reference, sorted(each.code for group in self.groups for each in group)).listed(start, stop)


@dataclass(frozen=True)
class AreaRows:
    """Areas named by the figure, sorted by code; the value is the list itself."""

    codes: Sequence[str]
    events: Mapping[str, Event] = field(default_factory=dict)

    def value(self) -> list[str]:
        return sorted(self.codes)

    def size(self) -> int:
        return len(self.codes)

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        return [Row(code, "area", code, self.events.get(code)) for code in self.value()[start:stop]]
