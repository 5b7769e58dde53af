"""Reading the ledger: what stands, as known at a time, in an area, in a window."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.kinds import Said, names
from closeknit.ledger.models import Clock, Event


def standing(*said: type[Said], as_of: datetime | None = None) -> QuerySet[Event]:
    """The events of these kinds that stand, as known at `as_of` (None: all that is known now)."""
    return _standing(names(*said), as_of).all()


@lru_cache(maxsize=1024)
def _standing(kinds: tuple[str, ...], as_of: datetime | None) -> QuerySet[Event]:
    """The question, never its answer: a board or a report asks a hundred of them, and each has to be put together."""
    if as_of is None:
        return Event.objects.filter(kind__in=kinds, superseded_at__isnull=True)
    stood = Q(superseded_at__isnull=True) | Q(superseded_at__gt=as_of)
    return Event.objects.filter(stood, kind__in=kinds, received_at__lte=as_of)


def in_area(events: QuerySet[Event], area: str, as_of: datetime | None = None) -> QuerySet[Event]:
    """Those of the events that happened in the area or below it."""
    return events.filter(area__in=Area.objects.codes_below(area, as_of))


def in_window(events: QuerySet[Event], start: datetime, end: datetime) -> QuerySet[Event]:
    """Those of the events with start ≤ when < end."""
    return events.filter(at__gte=start, at__lt=end)


SAID = """
WITH RECURSIVE said (kind) AS (
  SELECT min(kind) FROM ledger_event
  UNION ALL SELECT (SELECT min(kind) FROM ledger_event WHERE kind > said.kind) FROM said WHERE kind IS NOT NULL
) SELECT kind FROM said WHERE kind IS NOT NULL
"""
SAID_THERE = """
WITH RECURSIVE said (kind) AS (
  SELECT min(kind) FROM ledger_event WHERE area = %s
  UNION ALL SELECT (SELECT min(kind) FROM ledger_event WHERE area = %s AND kind > said.kind) FROM said WHERE kind IS NOT NULL
) SELECT kind FROM said WHERE kind IS NOT NULL
"""


def kinds_said(areas: Collection[str] | None = None) -> frozenset[str]:
    """The kinds of which the ledger holds anything, standing or not; of these areas alone where they are named, a statement for each.

    Steps from kind to kind in an index, however many events there are."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for text, values in [(SAID, ())] if areas is None else [(SAID_THERE, (area, area)) for area in areas]:
            cursor.execute(text, values)
            found.update(kind for (kind,) in cursor.fetchall())
    return frozenset(found)


def last_arrival() -> int:
    """The number of the last arrival. What is read afterwards holds at least everything up to it."""
    return Clock.objects.filter(id=1).values_list("arrival", flat=True).first() or 0


def arrived(after: int, upto: int, *said: type[Said]) -> QuerySet[Event]:
    """The events of these kinds that stand and came after one arrival, up to another."""
    return standing(*said).filter(arrival__gt=after, arrival__lte=upto)


def withdrawn(after: int, upto: int, *said: type[Said]) -> QuerySet[Event]:
    """The events of these kinds, however old, whose standing may have ended with what came after one arrival, up to another: those that
    it corrects or voids, and earlier corrections of the same."""
    corrected = Event.objects.filter(arrival__gt=after, arrival__lte=upto, corrects__isnull=False).values("corrects")
    return Event.objects.filter(Q(id__in=corrected) | Q(corrects__in=corrected), kind__in=names(*said), superseded_at__isnull=False)


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
