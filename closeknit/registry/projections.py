"""What the register works out from the ledger: who was found, and who proved to be somebody of a roster."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, grouped, projection
from closeknit.registry.kinds import FoundSaid, Merged
from closeknit.registry.models import Alias, Found


@projection
class FoundRows(Projection):
    """One row a standing find; the code of a find that was put right stays valid through an alias."""

    reads = (FoundSaid,)
    subject = "topic"
    model = Found

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        for event in events:
            yield {
                "id": uuid7(),
                "topic": event.topic,
                "code": f"found:{event.id}",
                "what": event.data["what"],
                "household": event.data.get("household", ""),
                "area": event.area,
                "at": event.at,
                "received_at": event.received_at,
                "event": event.id,
            }


@projection
class FoundNames(Projection):
    """Aliases that corrections of finds make: the first find's code stands for the latest one's."""

    reads = (FoundSaid,)
    subject = "topic"
    model = Alias
    keeps_withdrawn = True

    @classmethod
    def clear(cls) -> None:
        Alias.objects.filter(event__in=Event.objects.filter(kind="registry.found").values("id")).delete()

    @classmethod
    def forget(cls, subjects: Sequence[str]) -> None:
        finds = Event.objects.filter(kind="registry.found", topic__in=subjects, corrects__isnull=False)
        Alias.objects.filter(event__in=finds.values("id")).delete()

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        for chain in grouped(events, "topic").values():
            for event in chain:
                if event.corrects:
                    yield _alias(event, event.data["what"], f"found:{event.corrects}", f"found:{event.id}", None)


@projection
class MergedNames(Projection):
    """Aliases of those who were found and proved to be somebody of a roster."""

    reads = (Merged,)
    subject = "household"
    model = Alias
    keeps_withdrawn = True

    @classmethod
    def clear(cls) -> None:
        Alias.objects.filter(reference=cls.subject, event__in=Event.objects.filter(kind="registry.merged").values("id")).delete()

    @classmethod
    def forget(cls, subjects: Sequence[str]) -> None:
        merges = Event.objects.filter(kind="registry.merged", **{f"{cls.subject}__in": subjects})
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
