"""What goods tell the board: batches that lack a certificate and are not held, those released all the same first."""

from collections.abc import Iterable

from closeknit.areas.models import Area
from closeknit.console.records import links, names
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.goods.kinds import STEPS, BatchArrived, by_batch, judged
from closeknit.measures.goods.models import Batch
from closeknit.measures.goods.projections import row_of
from closeknit.measures.goods.standing import lacking as lacking_now

RELEASED = Text("released all the same", "已缺证放行")


@watch(
    Rule(
        "coldchain.lacking", 413, "watch", "coldchain.view",
        Text("Goods without a certificate, not held: {n}", "{n} 批货物缺证未暂扣"),
        Text("Which batches", "查看批次"),
        Text("A certificate that the policy pack asks for was not shown.", "应有证明未出示。"),
    )
)  # fmt: skip
def lacking(look: Look) -> Watched:
    """Batches that lack a certificate and are not held."""
    if not look.policy.has("coldchain"):
        return Watched([])
    found = [row for row in _rows(look) if row.outcome != "held"]
    called = names.places({row.place for row in found})
    cases = [
        Case(
            f"{row.topic} · {called[row.place].name if row.place in called else row.place}", row.area, row.arrived_at,
            url=links.to("goods.batch", batch=row.topic, code=row.place), note=RELEASED if row.outcome else "",
        )
        for row in sorted(found, key=lambda row: (not row.outcome, row.arrived_at, row.topic))
    ]  # fmt: skip
    return Watched(cases, f"{links.to('goods.batches', area=look.area.code)}?state=lacking")


def _rows(look: Look) -> Iterable[Batch]:
    """The batches that lack something: from the projection, as at an earlier time from the records."""
    below = Area.objects.below(look.area.code, look.as_of).values_list("code", flat=True)
    if look.as_of is None:
        return Batch.objects.filter(lacking_now(look.policy), area__in=below)
    topics = look.events(BatchArrived).values("topic")
    events = standing(*STEPS, as_of=look.as_of).filter(at__lt=look.now, topic__in=topics).defer("personal", "digest")
    inside = set(below)
    kept = [judged(batch, look.policy) for batch in by_batch(events).values() if batch.arrived.area in inside]
    return [Batch(**row_of(batch)) for batch in kept if batch.lacks]
