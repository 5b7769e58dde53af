"""What can be said of people who come back from elsewhere."""

from datetime import date, datetime
from typing import Annotated

import msgspec

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Time, WordList, Words, parse_time
from closeknit.ledger.kinds import Opening, Said, kind


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
    transport_no: Annotated[Words, Field(Text("Train, flight or plate", "车次、航班或车牌"), "personal")] = ""
    risk_stay: Annotated[RiskStay | None, Field(Text("Risk of where they stayed", "旅居地风险"), "health", feature="risk_area")] = None
    way: Annotated[Way | None, Field(Text("How it was declared", "报备方式"))] = None
    via: Annotated[WordList, Field(Text("Other places stayed in on the way", "途经及停留地"), "personal")] = []
    address: Annotated[Words, Field(Text("Where they live here", "本地住址"), "personal")] = ""


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


class Contact(Code):
    """What came of a call to somebody who stays elsewhere."""

    REACHED = "reached", "Reached", "已联系"
    NO_ANSWER = "no_answer", "No answer", "无人接听"
    WRONG_NUMBER = "wrong_number", "Wrong number", "号码有误"


@kind(
    "returnees.risk_area_set",
    Text("Risk area", "风险地区"),
    retention="open",
    feature="risk_area",
    by_form=False,
    by_phone=False,
    examples=({"where": "430105", "level": "high", "from": "2022-03-14"}, {"where": "某市某区", "level": "medium", "from": "2022-03-14"}),
)
class RiskAreaSet(Opening):
    """An area elsewhere is of a risk class from a day to a day. It holds for the record's area and all below it."""

    where: Annotated[Words, Field(Text("Area elsewhere, code or name", "地区（代码或名称）"))]
    level: Annotated[RiskStay, Field(Text("Class", "风险等级"))]
    from_day: Annotated[Time, Field(Text("From", "起始日期"))] = msgspec.field(name="from")
    until: Annotated[Time, Field(Text("To", "截止日期"))] = ""
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""

    def check(self) -> None:
        if not self.where.strip():
            raise Invalid("data.where", "missing", Text("Say which area: its code or its name.", "请填写地区代码或名称。"))
        try:
            ends_first = bool(self.until) and day_of(self.until) < day_of(self.from_day)
        except ValueError:
            return  # the ledger says which time it is
        if ends_first:
            raise Invalid("data.until", "wrong_time", Text("It ends before it begins.", "截止日期早于起始日期。"))


@kind(
    "returnees.stays_away",
    Text("Stays elsewhere", "在外人员"),
    retention="contacts",
    needs=("person",),
    may=("household",),
    by_phone=False,
    examples=({"where": "浙江省温岭市", "since": "2021-02-20"},),
)
class StaysAway(Said):
    """A resident of ours stays elsewhere, and is kept in touch with until they come back."""

    where: Annotated[Words, Field(Text("Where they stay", "现在何地"), "personal")]
    since: Annotated[Time, Field(Text("Since", "外出时间"), "personal")] = ""
    phone: Annotated[Words, Field(Text("Telephone there", "在外联系电话"), "personal")] = ""
    back: Annotated[bool, Field(Text("Is back", "已返回"))] = False


@kind(
    "returnees.contacted",
    Text("Contact with who stays elsewhere", "在外人员联系"),
    retention="contacts",
    needs=("person",),
    may=("household",),
    by_phone=False,
    examples=({"outcome": "reached", "plans_return": "2022-03-25"},),
)
class Contacted(Said):
    """Somebody called a resident who stays elsewhere."""

    outcome: Annotated[Contact, Field(Text("Outcome", "联系结果"))]
    plans_return: Annotated[Time, Field(Text("Plans to come back", "计划返回"), "personal")] = ""
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""


@kind(
    "returnees.leaving",
    Text("Leaves", "外出报备"),
    retention="contacts",
    needs_one_of=("person", "household"),
    by_phone=False,
    examples=({"where": "浙江省温岭市", "leaves_at": "2022-03-20"},),
)
class Leaving(Said):
    """Somebody goes elsewhere, and may ask for a test before they do."""

    where: Annotated[Words, Field(Text("Goes to", "前往何地"), "personal")]
    leaves_at: Annotated[Time, Field(Text("Leaves", "出发时间"), "personal")]
    test_wanted: Annotated[bool, Field(Text("Asks for a test", "自愿检测"), feature="testing")] = False
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""


def day_of(text: str) -> date:
    """The day of a time of a record. Raises ValueError for what is none."""
    said = parse_time(text)
    return said.date() if isinstance(said, datetime) else said
