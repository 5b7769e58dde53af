"""The usual ways to count: how many events, the sum of a number, how many different ones."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from closeknit.kit.once import once_for_all
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_window, standing
from closeknit.reports.figures import DistinctRows, EventRows, Question, Row, SumRows

Where = dict[str, Any]
_conditions: dict[type[Said], list[Q]] = defaultdict(list)


@dataclass(frozen=True)
class CountedRows:
    """Events of one kind under one of the conditions by which figures count the kind; all of them are counted in one statement."""

    question: Question
    said: type[Said]
    number: int

    @property
    def events(self) -> QuerySet[Event]:
        """The events behind the number."""
        return self.question.events(self.said).filter(_conditions[self.said][self.number])

    def value(self) -> int:
        counted: Mapping[str, int] = self.question.once(("counted", self.said), lambda: _counted(self.question, self.said))
        return counted[str(self.number)]

    def size(self) -> int:
        return self.value()

    def listed(self, start: int = 0, stop: int | None = None) -> list[Row]:
        return EventRows(self.events).listed(start, stop)


def _counted(question: Question, said: type[Said]) -> Mapping[str, int]:
    events = question.events(said)
    if events.query.is_empty():
        return dict.fromkeys(map(str, range(len(_conditions[said]))), 0)
    if not question.together:
        return events.aggregate(**_wanted(said))
    every = _by_area(said, question.start, question.end, question.as_of)
    return sum((every[area] for area in question.areas & every.keys()), Counter())


@once_for_all
def _by_area(said: type[Said], start: datetime, end: datetime, as_of: datetime | None) -> Mapping[str, Counter[str]]:
    """The same of every area."""
    events, wanted = in_window(standing(said, as_of=as_of), start, end), _wanted(said)
    rows = events.order_by().values("area").annotate(**wanted).values_list("area", *wanted)
    return {area: Counter(dict(zip(wanted, numbers, strict=True))) for area, *numbers in rows}


def _wanted(said: type[Said]) -> dict[str, Count]:
    return {str(number): Count("id", filter=which) if which else Count("id") for number, which in enumerate(_conditions[said])}


def count(said: type[Said], which: Q | None = None, **where: Any) -> Callable[[Question], CountedRows]:
    """How many standing events of the window, with conditions on their data (decision="admitted"). For figures declared once, at the start:
    each condition is asked whenever its kind is counted."""
    number = len(_conditions[said])
    _conditions[said].append((which or Q()) & Q(**data(where)))
    return lambda question: CountedRows(question, said, number)


def distinct(column: str, *said: type[Said], **where: Any) -> Callable[[Question], DistinctRows]:
    """How many different values of an event's column."""
    return lambda question: DistinctRows(question.events(*said, **data(where)), column)


def total(said: type[Said], of: str, **where: Any) -> Callable[[Question], SumRows]:
    """The sum of a number in the data."""
    return lambda question: SumRows(question.events(said, **data(where)), of)


def data(where: Where) -> Where:
    """Conditions on fields of the data, as the database takes them."""
    return {f"data__{name}": value for name, value in where.items()}
