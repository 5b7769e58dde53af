"""Batches as their records tell them."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, projection
from closeknit.measures.goods import kinds
from closeknit.measures.goods.models import Batch


@projection
class Batches(Projection):
    """One row a batch and place; records of a batch that never arrived make none."""

    reads = kinds.STEPS
    subject = "topic"
    model = Batch

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        return map(row_of, kinds.by_batch(events).values())


def row_of(batch: kinds.Batch) -> dict[str, Any]:
    """A batch as a row."""
    arrived, said = batch.arrived, batch.arrived.data
    return {
        "id": uuid7(), "place": arrived.place, "topic": arrived.topic, "area": arrived.area, "goods": said["goods"],
        "origin": said.get("origin", ""), "imported": said["imported"], "quantity_kg": said.get("quantity_kg"),
        **{each.value: each.value in batch.certificates for each in kinds.Certificate},
        "outcome": batch.outcome, "reason": batch.reason, "arrived_at": arrived.at, "changed_at": batch.last.at,
    }  # fmt: skip
