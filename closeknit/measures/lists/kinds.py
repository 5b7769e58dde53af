"""What can be said of the items of pushed lists, and how each stands: the only file that other measures read."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Quantity, Time, WordList, Words, parse_time
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.lists.models import OPEN, Item, area_of_item
from closeknit.measures.lists.rules import marks, sources
from closeknit.measures.lists.standing import CONTROLLED, FINAL, Standing, standing_of
from closeknit.measures.lists.telling import told_of

__all__ = [
    "CONTROLLED", "FINAL", "OPEN", "READS", "Assigned", "Channel", "Colour", "ColourRead", "Found", "How", "Item", "Matched", "Pushed",
    "Reminded", "Returned", "Standing", "TakenMeasure", "Verified", "VerifiedWay", "WhyReturned", "area_of_item", "marks", "sources",
    "standing_of",
    "told_of",
]  # fmt: skip

LONGEST = 120  # by its code an item has its page


class How(Code):
    """How somebody was found in the register."""

    EXACT = "exact", "By ID number", "证件号一致"
    FOLDED = "folded", "By name and more", "姓名及电话（住址）一致"
    DOUBTFUL = "doubtful", "In doubt", "疑似，待判"
    DECIDED = "decided", "By a person", "人工判定"


class VerifiedWay(Code):
    """How it was verified."""

    VISIT = "visit", "Visit", "上门"
    CALL = "call", "Call", "电话"
    DOOR = "door", "At the door, during a sweep", "走访时"


class Found(Code):
    """What the verification found. The last three leave the item open."""

    AT_HOME = "at_home", "At home", "在家"
    ELSEWHERE = "elsewhere", "Stays elsewhere", "人在外地"
    MOVED = "moved", "Moved away", "已搬离"
    UNKNOWN = "unknown", "Nobody knows them here", "查无此人"
    REFERRED = "referred", "Handed on", "已移交"
    NO_ANSWER = "no_answer", "Not reached", "未联系上"
    WRONG_NUMBER = "wrong_number", "Wrong number", "号码有误"
    REFUSED = "refused", "Refused", "拒绝配合"


class TakenMeasure(Code):
    """What follows for the person."""

    CENTRAL = "central", "Facility quarantine", "集中隔离"
    HOME = "home", "Home quarantine", "居家隔离"
    HOME_MONITOR = "home_monitor", "Home monitoring", "居家健康监测"
    TEST = "test", "Test", "检测"
    NONE = "none", "None", "无"


class Colour(Code):
    """What a colour that somebody wrote down is taken to mean; never evidence for anything."""

    RED = "red", "Red", "红"
    YELLOW = "yellow", "Yellow", "黄"
    GREEN = "green", "Green", "绿"
    OTHER = "other", "None of these", "非以上"


class WhyReturned(Code):
    """Why an item goes back to who pushed it."""

    NOT_OURS = "not_ours", "Does not belong here", "非本辖区"
    DOUBLE = "double", "Closed before", "已核查过"
    UNUSABLE = "unusable", "Says too little", "信息不足"


class Channel(Code):
    """How a unit was reminded."""

    PHONE = "phone", "By telephone", "电话"
    CHAT = "chat", "In the chat group", "工作群"
    IN_PERSON = "in_person", "In person", "当面"


class _OfItem(Said):
    """A record about one item."""

    item: Annotated[Words, Field(Text("Item", "名单条目编号"))]

    def check(self) -> None:
        if not self.item.isprintable() or not self.item.strip() or len(self.item) > LONGEST:
            raise Invalid("data.item", "wrong_type", Text("An item's code stands on its page; take it from there.", "条目编号见条目页面。"))

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.item


@kind(
    "lists.pushed",
    Text("Pushed", "推送"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    may=("person", "household"),
    examples=({"list": "县推-0319", "source": "county", "name": "张三", "deadline": "2022-03-19T20:00:00+08:00"},),
)
class Pushed(Said):
    """An upper level wants somebody verified. A row that tells of an item that is still open names it in `same_as`."""

    list: Annotated[Words, Field(Text("List", "名单"))]
    source: Annotated[Words, Field(Text("Sort of list", "名单类型"))]
    row: Annotated[Quantity | None, Field(Text("Row", "行"))] = None
    file: Annotated[Words, Field(Text("File", "文件"))] = ""
    sheet: Annotated[Words, Field(Text("Sheet", "工作表"))] = ""
    name: Annotated[Words, Field(Text("Name", "姓名"), "personal")] = ""
    id_no: Annotated[Words, Field(Text("ID number", "证件号码"), "personal")] = ""
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""
    address: Annotated[Words, Field(Text("Address", "地址"), "personal")] = ""
    village: Annotated[Words, Field(Text("Village as written", "所属村（原文）"), "personal")] = ""
    reason: Annotated[Words, Field(Text("Why they are on the list", "推送原因"), "personal")] = ""
    category: Annotated[Words, Field(Text("Category", "类别"))] = ""
    colour: Annotated[Words, Field(Text("Colour as written", "颜色（原文）"), "health", feature="health_code")] = ""
    reads_as: Annotated[Colour | None, Field(Text("Colour read as", "颜色识别"), "health", feature="health_code")] = None
    origin: Annotated[Words, Field(Text("Comes from", "来源地"), "personal")] = ""
    seen_at: Annotated[Time, Field(Text("Seen", "出现时间"), "personal")] = ""
    seen_where: Annotated[Words, Field(Text("Where they were seen", "出现地点"), "personal")] = ""
    deadline: Annotated[Time, Field(Text("To be verified by", "核查时限"))] = ""
    same_as: Annotated[Words, Field(Text("The same as item", "同一条目"))] = ""
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""

    def check(self) -> None:
        _moment(self.deadline)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.same_as or str(corrects or event_id)


@kind(
    "lists.matched",
    Text("Matched to the register", "名册比对"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    may=("person", "household"),
    examples=({"item": "I-1", "how": "exact"}, {"item": "I-1", "how": "doubtful", "candidates": ["P1", "P3"]}),
)
class Matched(_OfItem):
    """Who of the register the item means: the person of the record; of a doubtful one those to be compared, of a decided one
    without a person none of them."""

    how: Annotated[How, Field(Text("How", "依据"))]
    candidates: Annotated[WordList, Field(Text("Those to be compared", "待比对人员"))] = []


@kind(
    "lists.assigned",
    Text("Given to a village", "分派到村"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    examples=({"item": "I-1"},),
)
class Assigned(_OfItem):
    """The item is the work of the record's area, from now on with this deadline where one is said."""

    deadline: Annotated[Time, Field(Text("To be verified by", "核查时限"))] = ""

    def check(self) -> None:
        super().check()
        _moment(self.deadline)


@kind(
    "lists.verified",
    Text("List item verified", "名单核查"),
    retention="contacts",
    may=("person", "household"),
    by_phone=False,
    examples=({"item": "I-1", "outcome": "at_home", "way": "visit", "measure": "home_monitor"},),
)
class Verified(_OfItem):
    """Somebody asked after the person, on the spot or by telephone."""

    outcome: Annotated[Found, Field(Text("Outcome", "核查结果"))]
    way: Annotated[VerifiedWay, Field(Text("How", "核查方式"))]
    measure: Annotated[TakenMeasure | None, Field(Text("Measure", "管理措施"), "health", feature="isolation")] = None
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""


@kind(
    "lists.returned",
    Text("Returned to who pushed it", "退回上级"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    examples=({"item": "I-1", "reason": "not_ours"},),
)
class Returned(_OfItem):
    """The item goes back with a reason; it is nobody's work here any more."""

    reason: Annotated[WhyReturned, Field(Text("Reason", "原因"))]
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""


@kind(
    "lists.colour_read",
    Text("Colour decided", "颜色判定"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    feature="health_code",
    examples=({"item": "I-1", "colour": "yellow"},),
)
class ColourRead(_OfItem):
    """A person says what the written colour means; it follows nothing from it."""

    colour: Annotated[Colour, Field(Text("Colour", "颜色"), "health")]


@kind(
    "lists.reminded",
    Text("Reminded", "催办"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    examples=({"unit": "433122108001", "channel": "phone", "open": 3},),
)
class Reminded(Said):
    """A unit was reminded of what is open."""

    unit: Annotated[Words, Field(Text("Unit", "单位"))]
    channel: Annotated[Channel, Field(Text("How", "方式"))]
    open: Annotated[Quantity | None, Field(Text("Open items", "未办结条数"))] = None


READS = (Pushed, Matched, Assigned, Verified, Returned, ColourRead)  # what an item follows from


def _moment(deadline: str) -> None:
    try:
        if deadline:
            parse_time(deadline, day_allowed=False)
    except ValueError as error:
        raise Invalid(
            "data.deadline", "wrong_time", Text("A deadline is a day with an hour and an offset.", "时限应写明日期、时间和时区。")
        ) from error
