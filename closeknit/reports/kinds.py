"""What can be said of the day's report."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Time, Words
from closeknit.ledger.kinds import Said, kind

Day = Annotated[Time, Field(Text("Day", "日期"))]
Unit = Annotated[Words, Field(Text("Unit", "单位"))]


class ConfirmedBy(Code):
    """How a report was confirmed."""

    APP = "app", "On the screen", "系统确认"
    PHONE = "phone", "By telephone", "电话确认"


class DeclaredBy(Code):
    """How totals came in."""

    PHONE = "phone", "By telephone", "电话"
    PAPER = "paper", "On paper", "纸质"
    CHAT = "chat", "By chat", "微信"


class _OfUnitDay(Said):
    """A record that is about one unit's day."""

    day: Day
    unit: Unit

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return f"{self.day[:10]}|{self.unit}"


@kind(
    "reports.confirmed",
    Text("Report confirmed", "日报确认"),
    retention="open",
    by_form=False,
    may=("person", "household", "place"),
    examples=(
        {"day": "2022-03-18", "unit": "433122108001"},
        {"day": "2022-03-18", "unit": "433122108002", "zero": True, "channel": "phone"},
    ),
)
class Confirmed(_OfUnitDay):
    """A unit stands by its figures of a day; zero is a report, silence is none."""

    zero: Annotated[bool, Field(Text("Zero report", "零报告"))] = False
    channel: Annotated[ConfirmedBy | None, Field(Text("Channel", "确认方式"))] = None
    seen: Annotated[Words, Field(Text("Figures that were on the screen", "所见数据摘要"))] = ""
    note: Annotated[Words, Field(Text("Note", "说明"), "personal")] = ""


@kind(
    "reports.declared",
    Text("Totals declared", "数据申报"),
    retention="open",
    by_form=False,
    may=("person", "household", "place"),
    examples=({"day": "2022-03-18", "unit": "433122108001", "figures": {"doorknock.visits": 25}, "by": "村文书", "channel": "phone"},),
)
class Declared(_OfUnitDay):
    """Totals of a unit that does not record yet: shown apart, never added to coverage."""

    figures: Annotated[dict[str, int], Field(Text("Figures", "申报数据"))]
    by: Annotated[Words, Field(Text("Declared by", "申报人"), "personal")]
    channel: Annotated[DeclaredBy, Field(Text("Channel", "申报方式"))]

    def check(self) -> None:
        if any(number < 0 for number in self.figures.values()):
            raise Invalid("data.figures", "out_of_range", Text("Figures are whole numbers from zero.", "申报数据应为不小于零的整数。"))
