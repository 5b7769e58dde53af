"""Problems as their records tell them."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.kit.ids import uuid7
from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, grouped, projection
from closeknit.measures.supervision.kinds import HandedOver, LookedBack, ProblemFound, Rectified
from closeknit.measures.supervision.models import Problem

STEPS = (ProblemFound, HandedOver, Rectified, LookedBack)
STATES = {
    "supervision.found": Problem.State.FOUND,
    "supervision.handed_over": Problem.State.HANDED_OVER,
    "supervision.rectified": Problem.State.RECTIFIED,
}


def state(event: Event) -> str:
    """The state in which a record leaves its problem."""
    return str(STATES[event.kind].value) if event.kind in STATES else str(event.data["outcome"])


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


def row_of(topic: str, steps: Sequence[Event]) -> dict[str, Any] | None:
    """What the steps of one problem, in their order, come to; None where nobody found it."""
    finds = [step for step in steps if step.kind == names(ProblemFound)[0]]
    if not finds:
        return None
    find = finds[-1]
    handed = [step for step in steps if step.kind == "supervision.handed_over"]
    return {
        "id": uuid7(),
        "topic": topic,
        "area": find.area,
        "place": find.place,
        "unit": find.data["unit"][:100],
        "title": find.data["title"],
        "severity": find.data.get("severity", ""),
        "state": state(steps[-1]),
        "found_at": find.at,
        "due_at": find.data.get("due_at", ""),
        "changed_at": steps[-1].at,
        "owner": handed[-1].data["to"][:80] if handed else "",
        "times_reopened": sum(1 for step in steps if step.data.get("outcome") == "reopened"),
    }
