"""Everybody's last sample, as the records tell it."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.campaigns.models import LastSample
from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.projections import projection
from closeknit.measures.testing.kinds import Sampled
from closeknit.registry.known import canonical
from closeknit.registry.subjects import OfSubject


@projection
class LastSamples(OfSubject):
    """The last sample of each person under every name of theirs, so that a list of old codes finds it too."""

    reads = (Sampled,)
    subject = "person"
    model = LastSample

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        names = cls.all_names({event.person for event in events})
        other_names = canonical("person", names)
        last: dict[str, Event] = {}
        for event in sorted(events, key=lambda event: event.order):
            last[other_names.get(event.person, event.person)] = event
        for name in names:
            event = last.get(other_names.get(name, name))
            if event is not None:
                yield {"id": uuid7(), "person": name, "at": event.at, "event": event.id}
