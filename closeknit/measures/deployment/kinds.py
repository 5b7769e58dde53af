"""What can be said of people who are sent somewhere: the order, and what the receiving place says."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import MEMBER_CODES, Count, Field, Invalid, Quantity, Time, WordList, Words, check_one_line, check_order
from closeknit.ledger.kinds import Said, kind

HOW_MANY = Text("Say how many, or who.", "请填写人数或人员编号。")


@kind(
    "deployment.ordered",
    Text("Deployment order", "调派令"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=(
        {"order": "D-001", "number": 3, "unit": "镇政府", "post": "order", "from_at": "2022-03-18T08:00+08:00",
         "to_at": "2022-03-18T16:00+08:00"},
    ),
)  # fmt: skip
class Ordered(Said):
    """People are sent to a place for a shift: named, or so many of a unit."""

    order: Annotated[Words, Field(Text("Order number", "调派令编号"))]
    post: Annotated[Words, Field(Text("Post", "岗位"))]
    from_at: Annotated[Time, Field(Text("From", "起"))]
    to_at: Annotated[Time, Field(Text("To", "止"))]
    number: Annotated[Quantity | None, Field(Text("How many", "人数"))] = None
    members: Annotated[WordList, Field(Text("Who (codes)", "人员编号"), help=MEMBER_CODES)] = []
    unit: Annotated[Words, Field(Text("Of which unit", "派出单位"))] = ""

    def check(self) -> None:
        check_one_line("order", self.order)
        if not self.number and not self.members:
            raise Invalid("data.number", "missing", HOW_MANY)
        check_order("to_at", self.from_at, self.to_at)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.order


@kind(
    "deployment.confirmed",
    Text("Deployment confirmed", "到位确认"),
    retention="open",
    may=("place",),
    by_phone=False,
    examples=({"order": "D-001", "arrived": 2},),
)
class Confirmed(Said):
    """The receiving place says how many of an order have come."""

    order: Annotated[Words, Field(Text("Order number", "调派令编号"))]
    arrived: Annotated[Count, Field(Text("How many have come", "实到人数"))]
    members: Annotated[WordList, Field(Text("Who (codes)", "人员编号"), help=MEMBER_CODES)] = []

    def check(self) -> None:
        check_one_line("order", self.order)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.order
