"""Destroying by retention class what the policy pack says is over; tallies and sealed reports stay as counts without persons."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from closeknit.kit import clock
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Destruction, Event, Refusal
from closeknit.ledger.projections import Projection, projections
from closeknit.ledger.record import lock
from closeknit.ledger.tallies import hour_of
from closeknit.policy.packs import policy

Forget = Callable[[datetime], None]
_going: list[tuple[Callable[[], str], bool, Forget]] = []


def goes_with(retention: Callable[[], str], *, apart: bool = False) -> Callable[[Forget], Forget]:
    """Function decorator: what this destroys, by the time before which, goes with the events of a retention class.

    apart: it waits for something else, and so comes after the ledger is free again; what fails there is done again the next time.
    """

    def declare(forget: Forget) -> Forget:
        _going.append((retention, apart, forget))
        return forget

    return declare


@dataclass(frozen=True)
class Destroyed:
    """What was destroyed of one class: events and refused records that happened before `until`."""

    retention: str
    until: datetime
    events: int


def expire(*, only: str = "", dry: bool = False) -> list[Destroyed]:
    """Destroys, class by class, the events older than the pack's `retention_days`; each with a certificate. dry: only counts."""
    in_force = policy()
    result = []
    for retention, days in sorted(in_force.get("retention_days", {}).items()):
        if not only or only == retention:
            until = hour_of(clock.now() - timedelta(days=days))
            result.append(_expire(retention, until, f"{in_force.name} {in_force.version}", dry=dry))
            if not dry:
                _forget(retention, until, apart=True)
    return result


def _forget(retention: str, until: datetime, *, apart: bool) -> None:
    for of, comes_apart, forget in _going:
        if comes_apart is apart and of() == retention:
            forget(until)


def _expire(retention: str, until: datetime, pack: str, *, dry: bool) -> Destroyed:
    names = [kind.name for kind in kinds().values() if kind.retention == retention]
    with transaction.atomic():
        lock()
        events = Event.objects.filter(kind__in=names, at__lt=until)
        refused = Refusal.objects.filter(kind__in=names, received_at__lt=until)
        found = Destroyed(retention, until, events.count())
        if not dry:
            _forget(retention, until, apart=False)
        if dry or not (found.events or refused.exists()):
            return found
        touched = _touched(names, events)
        events.delete()
        refused.delete()
        for each, subjects in touched:
            each.refold(subjects)
        Destruction.objects.create(retention=retention, until=until, at=clock.now(), events=found.events, kinds=names, pack=pack)
    return found


def _touched(names: list[str], events: QuerySet[Event]) -> list[tuple[type[Projection], set[str]]]:
    """The subjects of each projection whose rows go with the events."""
    touched = []
    for each in projections():
        of_kind = events.filter(kind__in=set(each.kind_names()) & set(names)).exclude(**{each.subject: ""})
        subjects = set(of_kind.values_list(each.subject, flat=True))
        if subjects:
            touched.append((each, subjects))
    return touched
