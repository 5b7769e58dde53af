"""Judged events into the ledger: inserted, what they correct withdrawn, projections and tallies kept up. Any order, any batching."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from closeknit.kit.once import one_page
from closeknit.ledger import bulk, tallies
from closeknit.ledger.models import Event
from closeknit.ledger.projections import projections
from closeknit.ledger.queries import firsts

VOIDED = "ledger.voided"
COLUMNS = (
    "id", "kind", "at", "said_at", "received_at", "arrival", "seq", "device", "member", "area", "person", "household", "place", "topic",
    "data", "personal", "digest", "corrects", "superseded_at", "clock_error", "flags",
)  # fmt: skip


def insert(events: Sequence[Event]) -> None:
    """Inserts events that are not in the ledger yet, within the caller's transaction."""
    renamed = _follow_first(events)
    stood, changed = _withdraw(events)
    bulk.insert(Event, [{column: held[column] for column in COLUMNS} for held in map(vars, events)])
    touching = [*changed, *renamed]
    kinds = frozenset(event.kind for event in (*events, *touching))
    concerned = [each for each in projections() if each.concerns(kinds)]
    for each in concerned:
        if each.names_others:
            each.apply(events, touching)
    with one_page():  # from here on who bears which names stands, and is asked once
        for each in concerned:
            if not each.names_others:
                each.apply(events, touching)
    tallies.apply([event for event in events if event.superseded_at is None], stood)


def _follow_first(new: Sequence[Event]) -> list[Event]:
    """Where a correction is about the record that it corrects, and that is a correction too: it is about what the first was about.

    Returns those of the ledger whose topic changed because a link of their chain came late, as they were and as they are.
    """
    links = {event.id: event for event in new if event.corrects and event.topic == str(event.corrects)}
    if not links:
        return []
    kinds = {event.kind for event in links.values()}
    for event_id, first in firsts(links.values()).items():
        links[event_id].topic = str(first)
    late = Event.objects.filter(kind__in=kinds, topic__in=[str(each) for each in links], corrects__isnull=False).defer("digest")
    as_they_were, as_they_are = list(late), list(late.all())
    for event in as_they_are:
        event.topic = links[UUID(event.topic)].topic
    bulk.update(Event, [{"id": event.id, "topic": event.topic} for event in as_they_are], key="id")
    return [*as_they_were, *as_they_are]


def _withdraw(new: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """Works out which events no longer stand because of the new ones, and which of the new ones do not.

    Returns those that stood until now, and all earlier ones whose standing changed (it may end earlier than was thought).
    """
    fresh = {event.id: event for event in new}
    targets = {event.corrects for event in new if event.corrects} | fresh.keys()
    corrections = [
        *Event.objects.filter(corrects__among=frozenset(targets)).defer("digest"),
        *(event for event in new if event.corrects in targets),
    ]
    if not corrections:
        return [], []
    originals = {
        event.id: event for event in Event.objects.filter(id__among=frozenset(each.corrects for each in corrections)).defer("digest")
    } | fresh
    held = {event.id: event for event in (*corrections, *originals.values())}
    falls: dict[UUID, datetime] = {}
    for event_id, moment in _falls(corrections, originals):
        falls[event_id] = min(moment, falls.get(event_id, moment))
    changed = [held[event_id] for event_id, moment in falls.items() if (until := held[event_id].superseded_at) is None or moment < until]
    stood = [event for event in changed if event.superseded_at is None and event.id not in fresh]
    for event in changed:
        event.superseded_at = falls[event.id]
    earlier = [event for event in changed if event.id not in fresh]
    bulk.update(Event, [{"id": event.id, "superseded_at": event.superseded_at} for event in earlier], key="id")
    return stood, earlier


def _falls(corrections: Sequence[Event], originals: dict[UUID, Event]) -> Iterable[tuple[UUID, datetime]]:
    """Pairs of an event and the moment from which it no longer stands: the corrected one, and all but the latest of its corrections."""
    by_original: dict[UUID, list[Event]] = defaultdict(list)
    for correction in {each.id: each for each in corrections}.values():
        assert correction.corrects is not None
        original = originals.get(correction.corrects)
        if original is None or correction.kind in (VOIDED, original.kind):
            by_original[correction.corrects].append(correction)
    for original_id, rivals in by_original.items():
        rivals.sort(key=_received)
        if original_id in originals:
            yield original_id, rivals[0].received_at
        for earlier, later in pairwise(rivals):
            yield earlier.id, later.received_at


def _received(event: Event) -> tuple[datetime, int, str]:
    return (event.received_at, event.seq, str(event.id))
