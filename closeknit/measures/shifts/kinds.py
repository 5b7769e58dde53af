"""What can be said of shifts and grids: planned, passed on, "I cannot"."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Invalid, Time, Words, parse_time
from closeknit.ledger.kinds import Opening, Said, kind
from closeknit.measures.shifts.rules import Span
from closeknit.measures.shifts.standing import Planned, grid_holds, may_have, shift_of, shifts_at, shifts_of

__all__ = ["Cannot", "PassedOn", "Planned", "ShiftPlanned", "Span", "What", "grid_holds", "may_have", "shift_of", "shifts_at", "shifts_of"]

DAY = timedelta(days=1)
NO_SHIFT = Text("A shift lasts from one time to a later one, not more than a day.", "班次应有起止时间，止晚于起，且不超过一天。")


class What(Code):
    """What is passed on, or cannot be done."""

    SHIFT = "shift", "Shift", "班次"
    GRID = "grid", "Grid", "网格"


@kind(
    "deployment.shift_planned",
    Text("Shift planned", "排班"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"post": "checkpoint", "worker": "W00001", "from_at": "2022-03-18T08:00+08:00", "to_at": "2022-03-18T16:00+08:00"},),
)
class ShiftPlanned(Opening):
    """Somebody is to stand at a post of a place from one time to another."""

    post: Annotated[Words, Field(Text("Post", "岗位"))]
    worker: Annotated[Words, Field(Text("Worker (code)", "人员编号"))]
    from_at: Annotated[Time, Field(Text("From", "起"))]
    to_at: Annotated[Time, Field(Text("To", "止"))]

    def check(self) -> None:
        try:
            begins, ends = parse_time(self.from_at, day_allowed=False), parse_time(self.to_at, day_allowed=False)
        except ValueError:
            raise Invalid("data.to_at", "wrong_type", NO_SHIFT) from None
        if not begins < ends <= begins + DAY:
            raise Invalid("data.to_at", "out_of_range", NO_SHIFT)


@kind(
    "workforce.passed_on",
    Text("Passed on", "移交"),
    retention="open",
    may=("place",),
    by_form=False,
    by_phone=False,
    examples=({"what": "grid", "code": "433122108001-G01", "from": "W00001", "to": "W00002", "open": 12},),
)
class PassedOn(Said):
    """A grid or a shift goes from one worker to another, with what is open."""

    what: Annotated[What, Field(Text("What", "事项"))]
    code: Annotated[Words, Field(Text("Grid or shift", "网格或班次"))]
    to: Annotated[Words, Field(Text("To (code)", "接手人编号"))]
    from_member: Annotated[Words, Field(Text("From (code)", "移交人编号"))] = msgspec.field(default="", name="from")
    open: Annotated[Count | None, Field(Text("Still open", "未完成数"))] = None

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.code[:120]


@kind(
    "workforce.cannot",
    Text("I cannot", "无法到岗"),
    retention="open",
    may=("place",),
    by_form=False,
    by_phone=False,
    examples=({"what": "shift", "code": "017f9bed-fe60-709f-9aba-bf8c286f9479", "worker": "W00001"},),
)
class Cannot(Said):
    """Somebody cannot take their shift or grid. Why is nobody's business, and there is no field for it."""

    what: Annotated[What, Field(Text("What", "事项"))]
    code: Annotated[Words, Field(Text("Grid or shift", "网格或班次"))]
    worker: Annotated[Words, Field(Text("Who (code)", "人员编号"))]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.code[:120]
