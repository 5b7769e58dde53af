"""What can be said of people who are sent somewhere: the order, and what the receiving place says."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Count, Field, Invalid, Quantity, Time, WordList, Words, parse_time
from closeknit.ledger.kinds import Said, kind

LONGEST = 80  # by its number an order has its address
CODES = Text("Codes of members, one a line.", "人员编号，每行一个。")
ONE_LINE = Text("One line of at most {n} characters.", "一行，不超过 {n} 个字符。", n=LONGEST)
HOW_MANY = Text("Say how many, or who.", "请填写人数或人员编号。")
BEFORE = Text("The end lies before the beginning.", "结束时间早于开始时间。")


def _named(name: str, value: str) -> None:
    if not value.strip() or not value.isprintable() or len(value) > LONGEST:
        raise Invalid(f"data.{name}", "wrong_type", ONE_LINE)


def _in_order(name: str, begins: str, ends: str) -> None:
    if begins and ends and str(parse_time(ends)) < str(parse_time(begins)):
        raise Invalid(f"data.{name}", "out_of_range", BEFORE)


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
    members: Annotated[WordList, Field(Text("Who (codes)", "人员编号"), help=CODES)] = []
    unit: Annotated[Words, Field(Text("Of which unit", "派出单位"))] = ""

    def check(self) -> None:
        _named("order", self.order)
        if not self.number and not self.members:
            raise Invalid("data.number", "missing", HOW_MANY)
        _in_order("to_at", self.from_at, self.to_at)

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
    members: Annotated[WordList, Field(Text("Who (codes)", "人员编号"), help=CODES)] = []

    def check(self) -> None:
        _named("order", self.order)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.order
