"""What follows from a positive tube of one person: the person's transfer is asked for."""

from collections.abc import Iterable, Sequence

from closeknit.ledger.fields import Result
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.ledger.reactions.declaring import Following, reaction
from closeknit.measures.isolation.kinds import Stage, Transferred
from closeknit.measures.testing.kinds import Resulted, Sampled
from closeknit.policy.packs import policy


@reaction(Resulted, Sampled, gives=(Transferred,))
def transfer_asked_for(events: Sequence[Event]) -> Iterable[Following]:
    """A positive tube of one person asks for the person's transfer, in whichever order sample and result arrive; once a sample."""
    tubes = {event.topic for event in events}
    suspects = set(standing(Resulted).filter(topic__in=tubes, data__result=Result.POSITIVE.value).values_list("topic", flat=True))
    if not suspects:
        return
    results = grouped(list(standing(Resulted).filter(topic__in=suspects).defer("personal", "digest")), "topic")
    samples = grouped(list(standing(Sampled).filter(topic__in=suspects).defer("personal", "digest")), "topic")
    for tube, of_tube in samples.items():
        if results[tube][-1].data["result"] == Result.POSITIVE and of_tube[-1].data["pool"] == 1:
            yield from (_transfer(results[tube][-1], sample) for sample in of_tube if policy(sample.area).has("isolation"))


def _transfer(result: Event, sample: Event) -> Following:
    last = max(result, sample, key=lambda event: event.arrival)
    return Following(last, sample.id, result.at, Transferred, sample.area, {"person": sample.person}, {"stage": Stage.REQUESTED.value})
