"""Figures: what a section counts, each derived from the rows that stand behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from closeknit.campaigns.models import Campaign
from closeknit.campaigns.queries import View, overlapping
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Kind, Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, in_window, standing
from closeknit.policy.packs import Policy, policy
from closeknit.reports.rows import AreaRows, CodeRows, DistinctRows, EventRows, GroupedRows, Row, Rows, SumRows, Value

__all__ = [
    "AreaRows", "CodeRows", "DistinctRows", "EventRows", "Figure", "GroupedRows", "Question", "Row", "Rows", "Section", "SumRows", "Value",
    "figure", "figures", "is_asked", "section", "sections",
]  # fmt: skip


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


@dataclass(frozen=True)
class Figure:
    """One figure: its name of field-records.md, its label, and how its rows are found. feature: not shown where the pack lacks it.

    state: it stands at the window's end rather than counting the window. whereabouts: its rows show time, post and decision and nobody.
    everywhere: it counts whole imports, whatever the area, and stands in no area's report. open_label: what it is called until the
    report is closed, where that differs.
    """

    name: str
    label: Text
    rows: Callable[[Question], Rows]
    feature: str = ""
    state: bool = False
    whereabouts: bool = False
    everywhere: bool = False
    open_label: Text | None = None


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


def is_asked(kind: Kind, policy: Policy) -> bool:
    """Whether the pack in force knows the kind: by its own feature, and by that of its measure's part of the report."""
    return policy.has(kind.feature) and all(policy.has(each.feature) for each in sections() if each.name == kind.measure)


def figures(question: Question) -> dict[str, Value]:
    """Every figure of every section by its name."""
    return {figure.name: figure.rows(question).value() for each in sections() for figure in each.all_figures(question)}


def figure(name: str, question: Question) -> Figure | None:
    """The figure of that name; None where no section has it."""
    return next((each for one in sections() for each in one.all_figures(question) if each.name == name), None)
