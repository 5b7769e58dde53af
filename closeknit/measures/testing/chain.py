"""The chain of tubes: sampled into, sealed, handed over, received, resulted; what does not reconcile."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Count, IntegerField, Max, Min
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from closeknit.kit.once import once_for_all
from closeknit.ledger.kinds import names
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.ledger.queries import standing
from closeknit.measures.testing.kinds import Resulted, Sampled, TubeSealed, TubesHandedOver, TubesReceived
from closeknit.registry.known import names_as_of
from closeknit.reports.figures import Question

POSITIVE = "positive"


@dataclass(slots=True)
class Tube:
    """What is known of one tube: how many are in it, its pool size by the latest sample, over how many it was sealed, the latest result."""

    persons: int
    pool: int
    sealed: int | None = None
    handed_over: bool = False
    received: bool = False
    result: str = ""

    @property
    def is_positive(self) -> bool:
        """Whether the latest result says positive."""
        return self.result == POSITIVE

    @property
    def reconciles(self) -> bool:
        """False: resulted but not received, received but not handed over, or sealed over another number than was sampled into it."""
        if (self.result and not self.received) or (self.received and not self.handed_over):
            return False
        return self.sealed is None or self.sealed == self.persons


def tubes(question: Question) -> dict[str, Tube]:
    """The tubes into which a sample of the window went; their later way as known at the question's time, wherever it happened."""
    found: dict[str, Tube] = question.once("tubes", lambda: _tubes(question))
    return found


def _tubes(question: Question) -> dict[str, Tube]:
    tubes = {code: Tube(persons, pool) for code, persons, pool in _filled(question)}
    later = standing(TubeSealed, Resulted, as_of=question.as_of).filter(topic__among=frozenset(tubes)).order_by(*TOTAL_ORDER)
    said = {name: KeyTextTransform(name, "data") for name in ("count", "result")}
    for kind, code, count, result in later.annotate(**{f"said_{name}": each for name, each in said.items()}).values_list(
        "kind", "topic", "said_count", "said_result"
    ):
        if kind in names(TubeSealed):
            tubes[code].sealed = int(count)
        else:
            tubes[code].result = result
    handed_over, received = (_passed_on(kind, question.as_of) for kind in (TubesHandedOver, TubesReceived))
    for code, tube in tubes.items():
        tube.handed_over, tube.received = code in handed_over, code in received
    return tubes


@once_for_all
def _passed_on(kind: type[TubesHandedOver | TubesReceived], as_of: datetime | None) -> frozenset[str]:
    """All tubes that are said to have been handed over, or received."""
    return frozenset(chain.from_iterable(standing(kind, as_of=as_of).values_list("data__tubes", flat=True)))


def _filled(question: Question) -> Iterable[tuple[str, int, int]]:
    """Each tube with the number of its persons and its pool, counted in the database; one by one where a person has had two names, or the
    samples name two pools."""
    pool = Cast(KeyTextTransform("pool", "data"), IntegerField())
    grouped = question.events(Sampled).order_by().values("topic")
    rows = list(grouped.annotate(persons=Count("person", distinct=True), least=Min(pool), most=Max(pool)).values_list(
        "topic", "persons", "least", "most"
    ))  # fmt: skip
    other_names = names_as_of("person", question.as_of)
    renamed = question.events(Sampled).filter(person__among=frozenset(other_names)) if other_names else Event.objects.none()
    odd = {code for code, _, least, most in rows if least != most} | set(renamed.values_list("topic", flat=True))
    yield from ((code, persons, most) for code, persons, _, most in rows if code not in odd)
    for code, samples in samples_of(question, odd).items():
        persons = {other_names.get(each.person, each.person) for each in samples}
        yield code, len(persons), int(samples[-1].data["pool"])


def samples_of(question: Question, codes: Collection[str]) -> dict[str, list[Event]]:
    """The samples of the window that went into these tubes, the last of each list the latest."""
    found: dict[str, list[Event]] = {}
    if codes:
        for event in question.events(Sampled, topic__among=frozenset(codes)).defer("personal", "digest").order_by(*TOTAL_ORDER):
            found.setdefault(event.topic, []).append(event)
    return found
