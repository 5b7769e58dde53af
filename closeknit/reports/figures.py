"""Figures: what a section counts, each derived from the rows that stand behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.db.models import QuerySet

from closeknit.campaigns.models import Campaign
from closeknit.campaigns.queries import View, overlapping
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, in_window, standing
from closeknit.policy.packs import Policy, policy

Value = int | list[str]


@dataclass(frozen=True)
class Question:
    """What a figure answers: of an area, from ≤ when < to, as known at a time (None: with all that is known)."""

    area: str
    start: datetime
    end: datetime
    as_of: datetime | None = None
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def events(self, *said: type[Said], **where: Any) -> QuerySet[Event]:
        """The standing events of these kinds in the area and the window."""
        return in_area(in_window(standing(*said, as_of=self.as_of), self.start, self.end), self.area, self.as_of).filter(**where)

    def until(self, *said: type[Said], **where: Any) -> QuerySet[Event]:
        """The standing events of these kinds in the area before the window's end, whenever they began."""
        return in_area(standing(*said, as_of=self.as_of), self.area, self.as_of).filter(at__lt=self.end, **where)

    def campaigns(self, kind: str) -> list[Campaign]:
        """The campaigns of a kind that overlap the window."""
        return overlapping(kind, self.start, self.end, self.as_of)

    @property
    def view(self) -> View:
        """The state at the window's end."""
        return View(self.area, self.end, self.as_of)

    @cached_property
    def policy(self) -> Policy:
        """The policy in force in the area."""
        return policy(self.area, self.as_of)

    def once(self, key: Any, reckon: Callable[[], Any]) -> Any:
        """The result of `reckon`, reckoned once for all figures of this question."""
        if key not in self.memo:
            self.memo[key] = reckon()
        return self.memo[key]


class Rows(Protocol):
    """What stands behind a figure; the figure's value follows from it."""

    def value(self) -> Value: ...


@dataclass(frozen=True)
class EventRows:
    """Events; the value is how many there are."""

    events: QuerySet[Event]

    def value(self) -> int:
        return self.events.count()


@dataclass(frozen=True)
class SumRows:
    """Events; the value is the sum of a number in their data."""

    events: QuerySet[Event]
    of: str

    def value(self) -> int:
        numbers: list[int] = [data.get(self.of, 0) for data in self.events.values_list("data", flat=True)]
        return sum(numbers)


@dataclass(frozen=True)
class DistinctRows:
    """Events; the value is how many different subjects they name (a column of the event)."""

    events: QuerySet[Event]
    column: str

    def value(self) -> int:
        return self.events.exclude(**{self.column: ""}).values(self.column).distinct().count()


@dataclass(frozen=True)
class CodeRows:
    """Codes of households, persons, places or problems, with the event behind each where there is one; the value is how many there are."""

    reference: str
    codes: Sequence[str]
    events: Mapping[str, Event] = field(default_factory=dict)

    def value(self) -> int:
        return len(self.codes)


@dataclass(frozen=True)
class AreaRows:
    """Areas named by the figure, sorted by code; the value is the list itself."""

    codes: Sequence[str]

    def value(self) -> list[str]:
        return sorted(self.codes)


@dataclass(frozen=True)
class Figure:
    """One figure: its name of field-records.md, its label, and how its rows are found. feature: not shown where the pack lacks it.

    state: it stands at the window's end rather than counting the window. whereabouts: its rows show time, post and decision and nobody.
    """

    name: str
    label: Text
    rows: Callable[[Question], Rows]
    feature: str = ""
    state: bool = False
    whereabouts: bool = False


@dataclass(frozen=True)
class Section:
    """A measure's part of the daily report. `dynamic` gives figures whose names depend on what was recorded (packs, media)."""

    name: str
    title: Text
    figures: tuple[Figure, ...]
    order: int = 100
    feature: str = ""
    dynamic: Callable[[Question], Iterable[Figure]] | None = None

    def all_figures(self, question: Question) -> list[Figure]:
        """The figures with names of their own, then those that the records bring."""
        return [*self.figures, *(self.dynamic(question) if self.dynamic else ())]


_sections: dict[str, Section] = {}


def section(declared: Section) -> Section:
    """Declares a section of the report."""
    _sections[declared.name] = declared
    return declared


def sections() -> list[Section]:
    """All sections in the report's order."""
    return sorted(_sections.values(), key=lambda each: (each.order, each.name))


def figures(question: Question) -> dict[str, Value]:
    """Every figure of every section by its name."""
    return {figure.name: figure.rows(question).value() for each in sections() for figure in each.all_figures(question)}


def figure(name: str, question: Question) -> Figure | None:
    """The figure of that name; None where no section has it."""
    return next((each for one in sections() for each in one.all_figures(question) if each.name == name), None)
