"""The usual ways to count: how many events, the sum of a number, how many different ones."""

from collections.abc import Callable
from typing import Any

from closeknit.ledger.kinds import Said
from closeknit.reports.figures import DistinctRows, EventRows, Question, SumRows

Where = dict[str, Any]


def count(said: type[Said], **where: Any) -> Callable[[Question], EventRows]:
    """How many standing events of the window, with conditions on their data (decision="admitted")."""
    return lambda question: EventRows(question.events(said, **data(where)))


def distinct(column: str, *said: type[Said], **where: Any) -> Callable[[Question], DistinctRows]:
    """How many different values of an event's column."""
    return lambda question: DistinctRows(question.events(*said, **data(where)), column)


def total(said: type[Said], of: str, **where: Any) -> Callable[[Question], SumRows]:
    """The sum of a number in the data."""
    return lambda question: SumRows(question.events(said, **data(where)), of)


def data(where: Where) -> Where:
    """Conditions on fields of the data, as the database takes them."""
    return {f"data__{name}": value for name, value in where.items()}
