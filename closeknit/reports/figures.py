"""Figures: what a section counts, each derived from the rows that stand behind it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.queries import View, overlapping
from closeknit.kit.once import once_for_all
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Kind, Said, kinds, names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, in_window, kinds_said, standing
from closeknit.policy.packs import Policy, policy
from closeknit.reports.rows import AlikeRows, AreaRows, CodeRows, DistinctRows, EventRows, GroupedRows, Row, Rows, SumRows, Value

__all__ = [
    "AlikeRows", "AreaRows", "CodeRows", "DistinctRows", "EventRows", "Figure", "GroupedRows", "Question", "Row", "Rows", "Section",
    "SumRows", "Value", "figure", "figures", "is_asked", "section", "sections",
]  # fmt: skip

SIFTED = "kinds"  # where a question notes what it has sifted
FEW_AREAS = 20  # so many are looked at one by one


@dataclass(frozen=True)
class Question:
    """What a figure answers: of an area, from ≤ when < to, as known at a time (None: with all that is known).

    together: many areas are asked one after the other, so that what can be asked of all areas at once is.
    """

    area: str
    start: datetime
    end: datetime
    as_of: datetime | None = None
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    together: bool = False

    def events(self, *said: type[Said], **where: Any) -> QuerySet[Event]:
        """The standing events of these kinds in the area and the window."""
        there = self.memo.get(SIFTED)
        if there is not None and there.isdisjoint(names(*said)):
            return Event.objects.none()
        return in_window(self._here(*said), self.start, self.end).filter(**where)

    def sift(self) -> None:
        """Asks once of which kinds there are events in the area and the window: hundreds of figures then ask nothing of the others."""
        if self.together:
            by_area = _kinds_by_area(self.start, self.end, self.as_of)
            self.memo[SIFTED] = set().union(*(by_area.get(area, ()) for area in self.areas))
            return
        if len(self.areas) <= FEW_AREAS:
            here = in_window(self._here(*(each.said for each in kinds().values())), self.start, self.end)
            self.memo[SIFTED] = set(here.order_by().values_list("kind", flat=True).distinct())
            return
        # To look through all that a district said takes longer than to look for one of each, the earliest: by the index of kind and time.
        known = {kind: kinds()[kind].said for kind in self.said & kinds().keys()}
        times = {kind: in_window(self._here(said), self.start, self.end).values_list("at").order_by("at") for kind, said in known.items()}
        self.memo[SIFTED] = {kind for kind, at in times.items() if at[:1]}

    def until(self, *said: type[Said], **where: Any) -> QuerySet[Event]:
        """The standing events of these kinds in the area before the window's end, whenever they began."""
        return self._here(*said).filter(at__lt=self.end, **where)

    def _here(self, *said: type[Said]) -> QuerySet[Event]:
        """The standing events of these kinds in the area; where nothing of them was ever said there, nothing is asked any more."""
        if self.said.isdisjoint(names(*said)):
            return Event.objects.none()
        return in_area(standing(*said, as_of=self.as_of), self.area, self.as_of)

    @cached_property
    def areas(self) -> frozenset[str]:
        """The codes of the area and of all below it."""
        return frozenset(Area.objects.below(self.area, self.as_of).values_list("code", flat=True))

    @cached_property
    def said(self) -> frozenset[str]:
        """The kinds of which there is anything here."""
        return kinds_said(self.areas if len(self.areas) <= FEW_AREAS else None)

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


@once_for_all
def _kinds_by_area(start: datetime, end: datetime, as_of: datetime | None) -> dict[str, set[str]]:
    """Of which kinds there are standing events in a window, by area."""
    every = in_window(standing(*(each.said for each in kinds().values()), as_of=as_of), start, end)
    found: dict[str, set[str]] = defaultdict(set)
    for area, kind in every.order_by().values_list("area", "kind").distinct():
        found[area].add(kind)
    return found


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


def figures(question: Question, *beginnings: str) -> dict[str, Value]:
    """Every figure of every section by its name; where beginnings of names are given, only those are reckoned."""
    wanted = [one for each in sections() for one in each.all_figures(question) if one.name.startswith(beginnings or "")]
    return {one.name: one.rows(question).value() for one in wanted}


def figure(name: str, question: Question) -> Figure | None:
    """The figure of that name; None where no section has it."""
    return next((each for one in sections() for each in one.all_figures(question) if each.name == name), None)
