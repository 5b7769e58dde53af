"""Who swabbed into a pool whose result is not negative, and was not sampled alone since."""

from collections.abc import Sequence
from dataclasses import dataclass

from closeknit.ledger.fields import Result
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.testing.kinds import Resulted, Sampled
from closeknit.measures.tubes.kinds import Tube
from closeknit.registry.known import canonical


@dataclass(frozen=True)
class Again:
    """Somebody of a pool whose result is not negative, who was not sampled alone since."""

    person: str
    area: str
    tube: str
    round: str
    result: str
    since: Event


def to_sample_singly(area: str) -> list[Again]:
    """Who of an area swabbed into a pool that came back positive, doubtful or void, and was not sampled alone since; latest first."""
    suspects = set(Tube.objects.exclude(result__in=("", Result.NEGATIVE.value)).values_list("code", flat=True))
    found = grouped(list(standing(Resulted).filter(topic__in=suspects).defer("personal", "digest")), "topic")
    results = {tube: said[-1] for tube, said in found.items() if said[-1].data["result"] != Result.NEGATIVE}
    pooled = grouped(list(standing(Sampled).filter(topic__in=list(results)).defer("personal", "digest")), "topic")
    pooled = {tube: samples for tube, samples in pooled.items() if samples[-1].data["pool"] > 1}
    here = set(in_area(standing(Sampled).filter(topic__in=list(pooled)), area).values_list("id", flat=True))
    rows = [
        Again(sample.person, sample.area, tube, sample.data.get("round", ""), results[tube].data["result"], results[tube])
        for tube, samples in pooled.items()
        for sample in samples
        if sample.id in here
    ]
    return _still_owed(rows)


def _still_owed(rows: Sequence[Again]) -> list[Again]:
    names = canonical("person", {row.person for row in rows})
    alone = standing(Sampled).filter(person__in={*names, *names.values(), *(row.person for row in rows)}, data__pool=1)
    last: dict[str, Event] = {}
    for event in sorted(alone.defer("personal", "digest"), key=lambda event: event.order):
        last[names.get(event.person, event.person)] = event
    owed: dict[str, Again] = {}
    for row in sorted(rows, key=lambda row: row.since.order):
        person = names.get(row.person, row.person)
        if person not in last or last[person].at <= row.since.at:
            owed[person] = row
    return sorted(owed.values(), key=lambda row: row.since.order, reverse=True)
