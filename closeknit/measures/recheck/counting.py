"""Which calls count: those of somebody else than the visitor. Devices may send others; they are kept and tell nothing."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.doorknock.kinds import Rechecked, Visited
from closeknit.registry.known import names_as_of
from closeknit.reports.figures import GroupedRows, Question


def by_others(calls: QuerySet[Event], *, since: datetime) -> QuerySet[Event]:
    """Those of the calls whose maker has not visited the household since then."""
    visits = standing(Visited).filter(at__gte=since, household=OuterRef("household"), member=OuterRef("member"))
    return calls.exclude(Exists(visits))


def households(**where: str | list[str]) -> Callable[[Question], GroupedRows]:
    """How many households were called by somebody else than who visited them in a sweep of the window."""

    def rows(question: Question) -> GroupedRows:
        names = names_as_of("household", question.as_of)
        calls = question.events(Rechecked, **{f"data__{name}": value for name, value in where.items()})
        since = min((sweep.starts_at for sweep in question.campaigns("doorknock")), default=question.start)
        visits = standing(Visited, as_of=question.as_of).filter(at__gte=since, at__lt=question.end, member__in=calls.values("member"))
        own = {(member, names.get(door, door)) for member, door in visits.values_list("member", "household")}

        def door(call: Event) -> str:
            return names.get(call.household, call.household)

        return GroupedRows(calls, lambda call: None if (call.member, door(call)) in own else door(call), about="household", code=door)

    return rows
