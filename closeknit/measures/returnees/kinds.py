"""What can be said of people who come back from elsewhere."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Time, Words
from closeknit.ledger.kinds import Said, kind


class RiskStay(Code):
    """The risk class of where somebody stayed."""

    HIGH = "high", "High", "高风险"
    MEDIUM = "medium", "Medium", "中风险"
    LOW = "low", "Low", "低风险"


class Way(Code):
    """How a return was declared."""

    SELF = "self", "By form", "自主填报"
    PHONE = "phone", "By telephone", "电话报备"
    IN_PERSON = "in_person", "In person", "当面报备"
    DOOR = "door", "At the door", "入户登记"


class Verified(Code):
    """What the check on the spot found."""

    CONFIRMED = "confirmed", "Confirmed", "核实在家"
    NOT_FOUND = "not_found", "Not found", "查无此人"
    ALREADY_LEFT = "already_left", "Already left", "已离开"


class MeasureTaken(Code):
    """What follows for the person."""

    CENTRAL = "central", "Facility quarantine", "集中隔离"
    HOME = "home", "Home quarantine", "居家隔离"
    HOME_MONITOR = "home_monitor", "Home monitoring", "居家健康监测"
    NONE = "none", "None", "无"


@kind(
    "returnees.declared",
    Text("Return declared", "返乡报备"),
    retention="contacts",
    may=("person", "household", "place"),
    examples=({"name": "张三", "origin": "430100", "arrived_at": "2022-03-18", "transport": "bus", "way": "self"},),
)
class Declared(Said):
    """Somebody came, or will come, from elsewhere."""

    name: Annotated[Words, Field(Text("Name", "姓名"), "personal")]
    origin: Annotated[Words, Field(Text("Comes from", "来源地"), "personal")]
    arrived_at: Annotated[Time, Field(Text("Arrived", "抵达时间"), "personal")]
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""
    transport: Annotated[Words, Field(Text("Transport", "交通方式"), "personal")] = ""
    transport_no: Annotated[Words, Field(Text("Train, flight or plate", "车次航班车牌"), "personal")] = ""
    risk_stay: Annotated[RiskStay | None, Field(Text("Risk of where they stayed", "旅居地风险"), "health", feature="risk_area")] = None
    way: Annotated[Way | None, Field(Text("How it was declared", "报备方式"))] = None


@kind(
    "returnees.verified",
    Text("Return verified", "返乡核查"),
    retention="contacts",
    needs_one_of=("person", "household"),
    may=("place",),
    examples=({"outcome": "confirmed", "measure": "home_monitor"},),
)
class VerifiedSaid(Said):
    """Somebody checked on the spot whether a returnee is there."""

    outcome: Annotated[Verified, Field(Text("Outcome", "核查结果"))]
    measure: Annotated[MeasureTaken | None, Field(Text("Measure", "管理措施"), "health", feature="isolation")] = None
