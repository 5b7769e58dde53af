"""Tubes as their records tell them: a hand-over and a receipt name many tubes each, everything else names one."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk
from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, grouped, projection
from closeknit.measures.testing.kinds import EnvironmentSampled, Resulted, Sampled, TubeCleared, TubeSealed, TubesHandedOver, TubesReceived
from closeknit.measures.tubes.models import Clearing, Passage, Tube
from closeknit.registry.kinds import FoundSaid, Merged
from closeknit.registry.known import canonical, ever_named

LISTS = {"testing.handed_over": Passage.Step.HANDED_OVER, "testing.received": Passage.Step.RECEIVED}
AT_ONCE = 2_000
COLUMNS = ("id", "kind", "at", "received_at", "seq", "area", "person", "place", "topic", "data")


@projection
class Tubes(Projection):
    """One row a tube, whichever of its records came first."""

    reads = (Sampled, EnvironmentSampled, TubeSealed, Resulted)
    heeds = (TubesHandedOver, TubesReceived)
    subject = "topic"
    model = Tube

    @classmethod
    def touched(cls, events: Iterable[Event]) -> set[str]:
        events = list(events)
        return super().touched(events) | {code for event in events if event.kind in LISTS for code in codes_in(event)}

    @classmethod
    def apply(cls, new: Sequence[Event], withdrawn: Sequence[Event]) -> None:
        gone = [event.id for event in withdrawn if event.kind in LISTS]
        if gone:
            Passage.objects.filter(event__in=gone).delete()
        _keep_passages([event for event in new if event.kind in LISTS and event.superseded_at is None])
        super().apply(new, withdrawn)

    @classmethod
    def refold(cls, subjects: Iterable[str], new: Sequence[Event] = ()) -> None:
        codes = sorted(subjects)
        for start in range(0, len(codes), AT_ONCE):
            some = frozenset(codes[start : start + AT_ONCE])
            said = cls.events_of(some, new)
            Tube.objects.filter(code__among=some).delete()
            bulk.insert(Tube, list(_folded(said, list(Passage.objects.filter(tube__among=some)))))

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        return _folded(events, ())

    @classmethod
    def rebuild(cls) -> None:
        cls.clear()
        Passage.objects.all().delete()
        lists = Event.objects.filter(kind__in=names(TubesHandedOver, TubesReceived), superseded_at__isnull=True)
        _keep_passages(lists.only(*COLUMNS).iterator(chunk_size=AT_ONCE))
        said = Event.objects.filter(kind__in=cls.kind_names()).exclude(topic="").values_list("topic", flat=True)
        cls.refold({*said.distinct(), *Passage.objects.values_list("tube", flat=True).distinct()})


def codes_in(event: Event) -> set[str]:
    """The tubes that a hand-over or a receipt lists, as long as a tube's number can be."""
    return {code[:120] for code in event.data["tubes"] if code}


def _keep_passages(events: Iterable[Event]) -> None:
    bulk.insert(
        Passage,
        [
            {
                "id": uuid7(), "event": event.id, "tube": code, "step": LISTS[event.kind], "at": event.at, "learned_at": event.received_at,
                "area": event.area, **{name: str(event.data.get(name, ""))[:60] for name in ("box", "carrier", "lab")},
            }
            for event in events
            for code in sorted(codes_in(event))
        ],
    )  # fmt: skip


def _folded(events: Sequence[Event], passages: Sequence[Passage]) -> Iterable[dict[str, Any]]:
    other_names = canonical("person", {event.person for event in events if event.person})
    said = grouped(events, "topic")
    passed: dict[str, list[Passage]] = {}
    for each in sorted(passages, key=lambda passage: passage.order):
        passed.setdefault(each.tube, []).append(each)
    for code in {**said, **passed}:
        yield _row(code, said.get(code, []), passed.get(code, []), other_names)


def _row(code: str, said: Sequence[Event], passed: Sequence[Passage], other_names: Any) -> dict[str, Any]:
    samples, around, seals, results = ([event for event in said if event.kind == kind] for kind in Tubes.kind_names())
    handed, received = ([each for each in passed if each.step == step] for step in Passage.Step)
    every: list[Event | Passage] = [*said, *passed]
    last = (samples or around)[-1] if samples or around else None
    # where it was swabbed, else where its first record was made
    area, place = (last.area, last.place) if last else (min(every, key=_first).area, "")
    data = samples[-1].data if samples else {}
    return {
        "id": uuid7(), "code": code, "area": area, "place": place, "round": str(data.get("round", ""))[:60], "pool": data.get("pool", 0),
        "samples": len(samples), "persons": len({other_names.get(event.person, event.person) for event in samples}),
        "environment": bool(around), "last_at": last.at if last else None,
        "seals": len(seals), "sealed_count": seals[-1].data["count"] if seals else None, "sealed_at": seals[-1].at if seals else None,
        "hand_overs": len(handed), "handed_at": handed[0].at if handed else None,
        "box": handed[-1].box if handed else "", "carrier": handed[-1].carrier if handed else "",
        "receipts": len(received), "received_at": received[0].at if received else None,
        "lab": received[-1].lab if received else str(results[-1].data["lab"])[:60] if results else "",
        "result": results[-1].data["result"] if results else "", "resulted_at": results[-1].at if results else None,
        "moved_at": max(each.at for each in every),
    }  # fmt: skip


def _first(each: Event | Passage) -> tuple[object, ...]:
    learned = each.received_at if isinstance(each, Event) else each.learned_at
    return (each.at, learned, str(each.id if isinstance(each, Event) else each.event))


@projection
class TubesOfPersons(Projection):
    """Two who prove to be one person are one person in a tube too."""

    reads = (Merged,)
    heeds = (FoundSaid,)
    subject = "person"
    model = Tube

    @classmethod
    def touched(cls, events: Iterable[Event]) -> set[str]:
        renamed = [event for event in events if event.kind in names(Merged, FoundSaid)]
        merged = {code for event in renamed for code in (event.person, event.data.get("canonical", ""))}
        return (merged | {f"found:{each}" for event in renamed if event.corrects for each in (event.id, event.corrects)}) - {""}

    @classmethod
    def refold(cls, subjects: Iterable[str], new: Sequence[Event] = ()) -> None:
        swabbed = Event.objects.filter(kind__in=names(Sampled), person__in=ever_named("person", subjects))
        Tubes.refold(set(swabbed.values_list("topic", flat=True)))

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        return ()

    @classmethod
    def rebuild(cls) -> None:
        """Tubes are rebuilt by themselves."""


@projection
class Clearings(Projection):
    """The latest word on each matter of a tube."""

    reads = (TubeCleared,)
    subject = "topic"
    model = Clearing

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        for topic, said in grouped(events, "topic").items():
            for event in {each.data["matter"]: each for each in said}.values():
                yield {
                    "id": uuid7(), "topic": topic, "matter": event.data["matter"], "event": event.id, "at": event.at,
                    "member": event.member,
                }  # fmt: skip
