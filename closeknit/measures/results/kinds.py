"""What can be said of a unit's repeats: that the consequence was drawn."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Words
from closeknit.ledger.kinds import Said, kind


@kind(
    "results.drawn",
    Text("Consequence drawn", "重复问题处置"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"unit": "433122108001", "title": "值守人员未测温", "times": 2, "step": "talk"},),
)
class Drawn(Said):
    """A unit was found wanting in the same thing again, and what the pack asks for was done. It names the unit, never a person."""

    unit: Annotated[Words, Field(Text("Unit", "责任单位"))]
    title: Annotated[Words, Field(Text("Problem", "问题"))]
    times: Annotated[int, Meta(ge=2), Field(Text("Times found", "发现次数"))]
    step: Annotated[Words, Field(Text("What was done", "处置"))]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.unit[:120]
