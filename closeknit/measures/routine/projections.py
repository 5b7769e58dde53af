"""Everybody's last sample, as the records tell it."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.campaigns.models import LastSample
from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk
from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.projections import later_wins, projection
from closeknit.measures.testing.kinds import Sampled
from closeknit.registry.known import canonical
from closeknit.registry.subjects import OfSubject

LATER = later_wins(LastSample)


@projection
class LastSamples(OfSubject):
    """The last sample of each person under every name of theirs, so that a list of old codes finds it too."""

    reads = (Sampled,)
    subject = "person"
    model = LastSample

    @classmethod
    def apply(cls, new: Sequence[Event], withdrawn: Sequence[Event]) -> None:
        """Where nothing was withdrawn and nobody renamed, what was said before is not read: somebody may have hundreds of samples."""
        renames = names(*cls.heeds)
        if withdrawn or any(event.kind in renames for event in new):
            super().apply(new, withdrawn)
            return
        samples = [event for event in new if event.kind in cls.kind_names() and event.person and event.superseded_at is None]
        bulk.insert(LastSample, list(cls.rows(samples)), conflict=("person",), action=LATER)

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        bearers = cls.all_names({event.person for event in events})
        other_names = canonical("person", bearers)
        last: dict[str, Event] = {}
        for event in sorted(events, key=lambda event: event.order):
            last[other_names.get(event.person, event.person)] = event
        for name in bearers:
            event = last.get(other_names.get(name, name))
            if event is not None:
                yield {
                    "id": uuid7(), "person": name, "at": event.at, "received_at": event.received_at, "seq": event.seq, "event": event.id,
                }  # fmt: skip
