"""What can be said of a problem: found, handed over, rectified, looked back; and what the problems of an area come to, for others."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Time, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.supervision.folding import row_of


class Severity(Code):
    """How bad a problem is."""

    LOW = "low", "Low", "一般"
    MEDIUM = "medium", "Medium", "较重"
    HIGH = "high", "High", "严重"


class LookBack(Code):
    """What the second look found."""

    CLOSED = "closed", "Closed", "销号"
    REOPENED = "reopened", "Reopened", "重新整改"


LONGEST = 120  # by its number a problem has its page
Problem = Annotated[Words, Field(Text("Problem number", "问题编号"))]


class _OfProblem(Said):
    """A record that is about one problem."""

    problem: Problem

    def check(self) -> None:
        if not self.problem.isprintable() or not self.problem.strip() or len(self.problem) > LONGEST:
            raise Invalid(
                "data.problem",
                "wrong_type",
                Text("A problem's number is one line of at most {n} characters.", "问题编号为一行，不超过 {n} 个字符。", n=LONGEST),
            )

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.problem


@kind(
    "supervision.found",
    Text("Problem found", "发现问题"),
    retention="open",
    may=("place",),
    examples=({"problem": "P-001", "unit": "433122108001", "title": "值守人员未测温", "severity": "medium"},),
)
class ProblemFound(_OfProblem):
    """An inspection found a problem for which a unit is responsible."""

    unit: Annotated[Words, Field(Text("Responsible unit", "责任单位"))]
    title: Annotated[Words, Field(Text("Problem", "问题"))]
    severity: Annotated[Severity | None, Field(Text("Severity", "程度"))] = None
    due_at: Annotated[Time, Field(Text("To be done by", "整改期限"))] = ""
    note: Annotated[Words, Field(Text("What was seen", "具体情况"), "personal")] = ""


@kind(
    "supervision.handed_over",
    Text("Handed over", "当面交办"),
    retention="open",
    may=("place",),
    examples=({"problem": "P-001", "to": "W00001"},),
)
class HandedOver(_OfProblem):
    """The problem was handed over face to face."""

    to: Annotated[Words, Field(Text("To", "交办对象"))]
    due_at: Annotated[Time, Field(Text("To be done by", "整改期限"))] = ""


@kind("supervision.rectified", Text("Rectified", "整改完成"), retention="open", may=("place",), examples=({"problem": "P-001"},))
class Rectified(_OfProblem):
    """The unit says that it is put right."""

    evidence: Annotated[Words, Field(Text("Evidence", "佐证"))] = ""


@kind(
    "supervision.looked_back",
    Text("Looked back", "回头看"),
    retention="open",
    may=("place",),
    examples=({"problem": "P-001", "outcome": "closed"},),
)
class LookedBack(_OfProblem):
    """Somebody went again and looked."""

    outcome: Annotated[LookBack, Field(Text("Outcome", "结果"))]


STEPS = (ProblemFound, HandedOver, Rectified, LookedBack)


def problems_of(area: str, until: datetime, as_of: datetime | None = None) -> list[dict[str, Any]]:
    """What the steps before a moment come to, of every problem that was found in the area by then; two statements."""
    found = in_area(standing(ProblemFound, as_of=as_of), area, as_of).filter(at__lt=until)
    steps = standing(*STEPS, as_of=as_of).filter(at__lt=until, topic__in=found.values("topic")).defer("personal", "digest")
    rows = (row_of(topic, events) for topic, events in grouped(list(steps), "topic").items())
    return [row for row in rows if row]
