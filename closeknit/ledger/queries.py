"""Reading the ledger: what stands, as known at a time, in an area, in a window."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.kinds import Said, names
from closeknit.ledger.models import Event


def standing(*said: type[Said], as_of: datetime | None = None) -> QuerySet[Event]:
    """The events of these kinds that stand, as known at `as_of` (None: all that is known now)."""
    events = Event.objects.filter(kind__in=names(*said))
    if as_of is None:
        return events.filter(superseded_at__isnull=True)
    return events.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=as_of), received_at__lte=as_of)


def in_area(events: QuerySet[Event], area: str, as_of: datetime | None = None) -> QuerySet[Event]:
    """Those of the events that happened in the area or below it."""
    return events.filter(area__in=Area.objects.below(area, as_of).values("code"))


def in_window(events: QuerySet[Event], start: datetime, end: datetime) -> QuerySet[Event]:
    """Those of the events with start ≤ when < end."""
    return events.filter(at__gte=start, at__lt=end)


def latest(events: QuerySet[Event], column: str) -> dict[str, Event]:
    """The latest of the events of each place, topic …, by the total order; two statements, however many events."""
    last = dict(events.order_by().values_list(column).annotate(last=Max("at")))
    held = events.filter(**{f"{column}__in": list(last)}, at__in=set(last.values())).defer("personal", "digest")
    ordered = sorted(held, key=lambda event: event.order)
    return {getattr(event, column): event for event in ordered if event.at == last[getattr(event, column)]}


def firsts(events: Iterable[Event]) -> dict[UUID, UUID]:
    """The id of the first record of each event's chain of corrections, as far as the ledger and these events tell."""
    events = list(events)
    corrected = {event.id: event.corrects for event in events if event.corrects}
    pending = set(corrected.values()) - corrected.keys()
    while pending:
        held = Event.objects.filter(id__in=pending).values_list("id", "corrects")
        rows = {event_id: corrects for event_id, corrects in held if corrects}
        corrected.update(rows)
        pending = set(rows.values()) - corrected.keys()
    return {event.id: _first(event.id, corrected) for event in events}


def _first(event_id: UUID, corrected: Mapping[UUID, UUID]) -> UUID:
    seen = {event_id}
    while (earlier := corrected.get(event_id)) and earlier not in seen:
        seen.add(earlier)
        event_id = earlier
    return event_id
