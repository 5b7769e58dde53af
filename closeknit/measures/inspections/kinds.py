"""What can be said of inspecting premises."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, WordList, Words
from closeknit.ledger.kinds import Said, kind


class Action(Code):
    """What an inspection ordered."""

    NONE = "none", "None", "无"
    RECTIFY = "rectify", "Order to correct", "责令改正"
    CLOSE = "close", "Closure", "停业"
    SEAL = "seal", "Sealing", "查封"
    PENALISE = "penalise", "Penalty", "行政处罚"


class Lifted(Code):
    """What was lifted."""

    CLOSE = "close", "Closure", "停业"
    SEAL = "seal", "Sealing", "查封"


class LookBack(Code):
    """What the second look found."""

    CLOSED = "closed", "Closed", "销号"
    REOPENED = "reopened", "Reopened", "重新整改"


@kind(
    "inspections.inspected",
    Text("Premises inspected", "场所检查"),
    retention="open",
    needs=("place",),
    may=("person", "household"),
    examples=({"run": "run-1", "actions": ["rectify"], "findings": ["未张贴场所码"]},),
)
class Inspected(Said):
    """A run came to the premises."""

    run: Annotated[Words, Field(Text("Inspection run", "检查批次"))]
    actions: Annotated[list[Action], Field(Text("Actions", "处置"))]
    findings: Annotated[WordList, Field(Text("Findings", "发现问题"))] = []
    legal_basis: Annotated[Words, Field(Text("Legal basis", "法律依据"))] = ""
    department: Annotated[Words, Field(Text("Department", "部门"))] = ""


@kind(
    "inspections.rectified",
    Text("Finding rectified", "问题整改"),
    retention="open",
    needs=("place",),
    examples=({"finding": "未张贴场所码"},),
)
class FindingRectified(Said):
    """The premises say that a finding is put right."""

    finding: Annotated[Words, Field(Text("Finding", "问题"))] = ""
    evidence: Annotated[Words, Field(Text("Evidence", "佐证"))] = ""


@kind(
    "inspections.looked_back", Text("Premises looked back", "复查"), retention="open", needs=("place",), examples=({"outcome": "closed"},)
)
class PremisesLookedBack(Said):
    """Somebody went again and looked."""

    outcome: Annotated[LookBack, Field(Text("Outcome", "结果"))]


@kind(
    "inspections.lifted",
    Text("Act lifted", "解除措施"),
    retention="open",
    needs=("place",),
    examples=({"action": "close", "reason": "整改到位"},),
)
class ActLifted(Said):
    """A closure or a sealing ended."""

    action: Annotated[Lifted, Field(Text("What is lifted", "解除事项"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"))]
