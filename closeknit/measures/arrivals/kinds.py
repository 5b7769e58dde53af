"""What can be said of a record that was refused: that somebody has dealt with it."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, Words
from closeknit.ledger.kinds import Said, kind

SAY_HOW = Text(
    "Say what was done: recorded anew, recorded already, or why it is not needed.", "请写明如何处理：已补登、已另行登记，或为何无需登记。"
)


@kind(
    "arrivals.cleared",
    Text("Refused record dealt with", "退回记录已处理"),
    retention="audit",
    by_form=False,
    by_phone=False,
    examples=({"refusal": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "reason": "已在后台补登"},),
)
class Cleared(Said):
    """Somebody has looked at a record that does not count and has seen to it: it leaves the list and stays kept."""

    refusal: Annotated[Words, Field(Text("Refused record", "退回记录编号"))]
    reason: Annotated[Words, Field(Text("What was done", "处理情况"), "personal", help=SAY_HOW)]

    def check(self) -> None:
        if not self.reason.strip():
            raise Invalid("data.reason", "missing", SAY_HOW)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.refusal[:120]
