"""The chain of tubes: sampled into, sealed, handed over, received, resulted; what does not reconcile."""

from collections import defaultdict
from dataclasses import dataclass, field

from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.testing.kinds import Resulted, Sampled, TubeSealed, TubesHandedOver, TubesReceived
from closeknit.registry.known import names_as_of
from closeknit.reports.figures import Question


@dataclass
class Tube:
    """What is known of one tube."""

    samples: list[Event] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)
    sealed: Event | None = None
    handed_over: bool = False
    received: bool = False
    result: Event | None = None

    @property
    def is_positive(self) -> bool:
        """Whether the latest result says positive."""
        return self.result is not None and self.result.data["result"] == "positive"

    @property
    def pool(self) -> int:
        """The pool size, by the latest sample."""
        return int(max(self.samples, key=lambda event: event.order).data["pool"])

    @property
    def reconciles(self) -> bool:
        """False: resulted but not received, received but not handed over, or sealed over another number than was sampled into it."""
        if (self.result and not self.received) or (self.received and not self.handed_over):
            return False
        return self.sealed is None or self.sealed.data["count"] == len(self.persons)


def tubes(question: Question) -> dict[str, Tube]:
    """The tubes into which a sample of the window went; their later way as known at the question's time, wherever it happened."""
    found: dict[str, Tube] = question.once("tubes", lambda: _tubes(question))
    return found


def _tubes(question: Question) -> dict[str, Tube]:
    tubes: dict[str, Tube] = defaultdict(Tube)
    other_names = names_as_of("person", question.as_of)
    for event in question.events(Sampled).only("id", "at", "received_at", "seq", "topic", "person", "data"):
        tube = tubes[event.topic]
        tube.samples.append(event)
        tube.persons.add(other_names.get(event.person, event.person))
    later = standing(TubeSealed, Resulted, as_of=question.as_of).filter(topic__among=frozenset(tubes))
    for event in sorted(later.only("id", "kind", "at", "received_at", "seq", "topic", "data"), key=lambda event: event.order):
        if event.kind == names(TubeSealed)[0]:
            tubes[event.topic].sealed = event
        else:
            tubes[event.topic].result = event
    for said, name in ((TubesHandedOver, "handed_over"), (TubesReceived, "received")):
        for codes in standing(said, as_of=question.as_of).values_list("data__tubes", flat=True):
            for code in codes:
                if code in tubes:
                    setattr(tubes[code], name, True)
    return dict(tubes)
