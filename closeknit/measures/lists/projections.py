"""List items as their records tell them."""

from collections.abc import Iterable, Sequence
from typing import Any

from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, grouped, projection
from closeknit.measures.lists.kinds import READS
from closeknit.measures.lists.models import Item
from closeknit.measures.lists.rules import marks
from closeknit.measures.lists.standing import Standing, standing_of


@projection
class ListItems(Projection):
    """One row an item that was pushed; records about an item that nobody pushed make none."""

    reads = READS
    subject = "topic"
    model = Item
    leaves_out = ("digest",)  # the blind indexes come of what is encrypted

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        for topic, steps in grouped(events, "topic").items():
            standing = standing_of(topic, steps)
            if standing:
                yield _row(standing, [step for step in steps if step.kind == "lists.pushed"])


def _row(standing: Standing, pushes: Sequence[Event]) -> dict[str, Any]:
    told = pushes[0].told()
    id_index, like_index = marks(told.get("name", ""), told.get("id_no", ""), told.get("phone", ""))
    return {
        "id": uuid7(), "topic": standing.topic, "list": standing.list[:80], "source": standing.source[:40], "area": standing.area,
        "person": standing.person, "household": standing.household, "how": standing.how, "candidates": list(standing.candidates),
        "state": standing.state, "outcome": standing.outcome, "measure": standing.measure, "way": standing.way,
        "member": standing.member, "pushed_at": standing.pushed_at, "changed_at": standing.changed_at, "deadline": standing.deadline,
        "times": standing.times, "colour": standing.colour, "colour_doubtful": standing.colour_doubtful,
        "id_index": id_index, "like_index": like_index,
    }  # fmt: skip
