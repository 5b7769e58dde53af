"""What can be said of who answers for a place or a problem: four parties, none of them missing."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, Words
from closeknit.ledger.kinds import Said, kind

FOUR = Text("All four parties are named: territory, department, unit and one person.", "属地、部门、单位、个人四方责任缺一不可，请补全。")


@kind(
    "parties.named",
    Text("Four parties named", "落实四方责任"),
    retention="open",
    may=("place",),
    by_phone=False,
    examples=({"problem": "P-001", "territory": "河口镇", "department": "市场监管所", "unit": "河街商店", "individual": "W00001"},),
)
class Named(Said):
    """Four parties answer for the record's place, or for a problem: the territory, the department, the unit, one person."""

    territory: Annotated[Words, Field(Text("Territory", "属地责任"), help=FOUR)]
    department: Annotated[Words, Field(Text("Department", "部门责任"), help=FOUR)]
    unit: Annotated[Words, Field(Text("Unit", "单位责任"), help=FOUR)]
    individual: Annotated[Words, Field(Text("Individual", "个人责任"), help=FOUR)]
    problem: Annotated[Words, Field(Text("Problem number", "问题编号"))] = ""

    def check(self) -> None:
        for name in ("territory", "department", "unit", "individual"):
            if not getattr(self, name).strip():
                raise Invalid(f"data.{name}", "missing", FOUR)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.problem[:120]
