"""Problems as their records tell them."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, grouped, projection
from closeknit.measures.supervision.folding import row_of
from closeknit.measures.supervision.kinds import STEPS
from closeknit.measures.supervision.models import Problem


@projection
class Problems(Projection):
    """One row a problem that somebody found; records about a problem that nobody found make none."""

    reads = STEPS
    subject = "topic"
    model = Problem

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        for topic, steps in grouped(events, "topic").items():
            row = row_of(topic, steps)
            if row:
                yield row
