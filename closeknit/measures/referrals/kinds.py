"""What can be said of handing something over to the department that has the power."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Quantity, Words
from closeknit.ledger.kinds import Opening, Said, kind


class Reply(Code):
    """What a department has done with what was handed over to it."""

    ACCEPTED = "accepted", "Accepted", "已接收"
    ACTING = "acting", "At work on it", "正在办理"
    DONE = "done", "Acted", "已办结"
    DECLINED = "declined", "Not competent", "不属本部门职责"


@kind(
    "inspections.department_told",
    Text("Department told", "移送主管部门"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"act": "3f2a9c01b7de", "department": "market_supervision", "matter": "超范围经营"},),
)
class DepartmentTold(Opening):
    """The department that has the power was told of premises, or of an act that it alone may order."""

    department: Annotated[Words, Field(Text("Department", "主管部门"))]
    matter: Annotated[Words, Field(Text("Matter", "移送事项"))]
    act: Annotated[Words, Field(Text("Act", "处置编号"))] = ""


@kind(
    "inspections.transport_suspected",
    Text("Illegal passenger transport suspected", "疑似非法营运移交"),
    retention="contacts",
    needs=("place",),
    whereabouts=True,
    examples=({"plate": "湘U00000", "vehicle": "面包车", "words": "收费拼车"},),
)
class TransportSuspected(Opening):
    """A post hands a vehicle over to transport enforcement."""

    plate: Annotated[Words, Field(Text("Plate", "车牌"), "personal")]
    vehicle: Annotated[Words, Field(Text("Vehicle", "车型"))] = ""
    occupants: Annotated[Quantity | None, Field(Text("People on board", "车上人数"))] = None
    words: Annotated[Words, Field(Text("What was seen", "情况说明"), "personal")] = ""


@kind(
    "inspections.department_acted",
    Text("Department answers", "主管部门回复"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"referral": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "outcome": "acting"},),
)
class DepartmentActed(Said):
    """What a department has done with what was handed over to it."""

    referral: Annotated[Words, Field(Text("Hand-over", "移送编号"))]
    outcome: Annotated[Reply, Field(Text("Outcome", "办理情况"))]
    words: Annotated[Words, Field(Text("What was done", "办理说明"))] = ""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.referral[:120]
