"""Which calls count: those of somebody else than the visitor. Devices may send others; they are kept and tell nothing."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.doorknock.kinds import Rechecked, Visited
from closeknit.reports.figures import DistinctRows, Question


def by_others(calls: QuerySet[Event], *, since: datetime, as_of: datetime | None = None) -> QuerySet[Event]:
    """Those of the calls whose maker has not visited the household since then."""
    visits = standing(Visited, as_of=as_of).filter(at__gte=since, household=OuterRef("household"), member=OuterRef("member"))
    return calls.exclude(Exists(visits))


def households(**where: str | list[str]) -> Callable[[Question], DistinctRows]:
    """How many households were called by somebody else than who visited them in a sweep of the window."""

    def rows(question: Question) -> DistinctRows:
        since = min((sweep.starts_at for sweep in question.campaigns("doorknock")), default=question.start)
        calls = question.events(Rechecked, **{f"data__{name}": value for name, value in where.items()})
        return DistinctRows(by_others(calls, since=since, as_of=question.as_of), "household")

    return rows
