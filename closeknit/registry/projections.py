"""What the register works out from the ledger: who was found, and who proved to be somebody of a roster."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, grouped, projection
from closeknit.registry.kinds import FoundSaid, Merged
from closeknit.registry.models import Alias, Found


class _Finds(Projection):
    """What is worked out from finds and from the corrections of finds: each chain of corrections is folded as one."""

    reads = (FoundSaid,)
    subject = "topic"

    @classmethod
    def all_names(cls, subjects: Iterable[str]) -> set[str]:
        topics = set(subjects)
        pending = set(topics)
        while pending:
            finds = Event.objects.filter(Q(topic__in=pending) | Q(id__in=pending), kind="registry.found").values_list("id", "topic")
            pending = {str(part) for find in finds for part in find} - topics
            topics |= pending
        return topics


@projection
class FoundRows(_Finds):
    """One row a household or person found; its code is the first find's, whatever put it right since."""

    model = Found

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        by_code: dict[str, Event] = {}
        corrected = _corrections()
        for event in sorted(events, key=lambda event: event.order):
            by_code[_first(event.id, corrected)] = event
        for code, event in by_code.items():
            yield {
                "id": uuid7(),
                "topic": event.topic,
                "code": code,
                "what": event.data["what"],
                "household": event.data.get("household", ""),
                "area": event.area,
                "at": event.at,
                "received_at": event.received_at,
                "event": event.id,
            }


@projection
class FoundNames(_Finds):
    """The code of a correction is another name of the find that it corrects."""

    model = Alias
    keeps_withdrawn = True
    names_others = True

    @classmethod
    def clear(cls) -> None:
        Alias.objects.filter(event__in=Event.objects.filter(kind="registry.found").values("id")).delete()

    @classmethod
    def forget(cls, subjects: Collection[str]) -> None:
        finds = Event.objects.filter(kind="registry.found", topic__among=frozenset(subjects), corrects__isnull=False)
        Alias.objects.filter(event__in=finds.values("id")).delete()

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        for event in events:
            if event.corrects:
                yield _alias(event, event.data["what"], f"found:{event.id}", f"found:{event.corrects}", None)


def _corrections() -> Mapping[UUID, UUID]:
    finds = Event.objects.filter(kind="registry.found", corrects__isnull=False).values_list("id", "corrects")
    return {event_id: corrects for event_id, corrects in finds if corrects}


def _first(event_id: UUID, corrected: Mapping[UUID, UUID]) -> str:
    seen = {event_id}
    while (earlier := corrected.get(event_id)) and earlier not in seen:
        seen.add(earlier)
        event_id = earlier
    return f"found:{event_id}"


@projection
class MergedNames(Projection):
    """Aliases of those who were found and proved to be somebody of a roster."""

    reads = (Merged,)
    subject = "household"
    model = Alias
    keeps_withdrawn = True
    names_others = True

    @classmethod
    def clear(cls) -> None:
        Alias.objects.filter(reference=cls.subject, event__in=Event.objects.filter(kind="registry.merged").values("id")).delete()

    @classmethod
    def forget(cls, subjects: Collection[str]) -> None:
        merges = Event.objects.filter(kind="registry.merged", **{f"{cls.subject}__among": frozenset(subjects)})
        Alias.objects.filter(event__in=merges.values("id")).delete()

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        for chain in grouped(events, cls.subject).values():
            for event in chain:
                yield _alias(event, cls.subject, getattr(event, cls.subject), event.data["canonical"], event.superseded_at)


@projection
class MergedPersons(MergedNames):
    """The same for persons."""

    subject = "person"


def _alias(event: Event, reference: str, code: str, canonical: str, withdrawn_at: Any) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "reference": reference,
        "code": code,
        "canonical": canonical,
        "learned_at": event.received_at,
        "withdrawn_at": withdrawn_at,
        "event": event.id,
    }
