"""What can be said of how a level is organised: bodies with a leader and members; people named for posts."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import MEMBER_CODES, Code, Field, Invalid, Time, WordList, Words, check_one_line, check_order
from closeknit.ledger.kinds import Said, kind

NO_SLASH = Text("The name stands in an address: write it without “/”.", "名称用于网页地址，不含“/”。")
SCOPE = Text("What it answers for: its line of work, its places.", "负责的工作和范围。")
COVERS = Text("Codes of the areas that it cuts across, one a line.", "跨越的村（社区）、网格代码，每行一个。")
UNITS = Text("The agencies that take part, one a line.", "参加单位，每行一个。")
Body = Annotated[Words, Field(Text("Name", "名称"))]
Post = Annotated[Words, Field(Text("Post", "职务"))]
Worker = Annotated[Words, Field(Text("Worker (code)", "人员编号"))]


def named(name: str, value: str) -> None:
    """Raises `Invalid` where a body's or template's name cannot be one."""
    check_one_line(name, value)
    if "/" in value:
        raise Invalid(f"data.{name}", "wrong_type", NO_SLASH)


class BodyType(Code):
    """What sort of body it is."""

    HEADQUARTERS = "headquarters", "Headquarters", "指挥部"
    TASK_FORCE = "task_force", "Task force", "专班"
    WORK_GROUP = "work_group", "Work group", "工作组"
    JOINT_TEAM = "joint_team", "Joint team of agencies", "联合执法（工作）队"
    DUTY_TEAM = "duty_team", "Duty team", "执勤队伍"
    KEY_UNIT = "key_unit", "Key unit", "重点单位"
    ZONE = "zone", "Functional zone or responsibility area", "功能区、责任区"


class _OfBody(Said):
    """A record that is about one body of the record's area."""

    body: Body

    def check(self) -> None:
        named("body", self.body)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.body


@kind(
    "headquarters.formed",
    Text("Headquarters or task force formed", "组建指挥部或专班"),
    retention="open",
    by_phone=False,
    examples=(
        {"body": "重点场所巡查专班", "type": "task_force", "scope": "商超、车站、银行、门店每日巡查", "leader": "W00001",
         "members": ["W00001", "W00002"], "units": ["镇政府", "派出所"], "since": "2022-03-18"},
    ),
)  # fmt: skip
class Formed(_OfBody):
    """A body of the record's area with its leader, members, agencies, scope and time; formed again it is as said last."""

    type: Annotated[BodyType, Field(Text("Type", "类型"))]
    scope: Annotated[Words, Field(Text("Scope", "职责范围"), help=SCOPE)] = ""
    leader: Annotated[Words, Field(Text("Leader", "负责人"))] = ""
    liaison: Annotated[Words, Field(Text("Liaison", "联络员"))] = ""
    members: Annotated[WordList, Field(Text("Members", "成员"), help=MEMBER_CODES)] = []
    units: Annotated[WordList, Field(Text("Agencies", "成员单位"), help=UNITS)] = []
    covers: Annotated[WordList, Field(Text("Areas", "覆盖区域"), help=COVERS)] = []
    since: Annotated[Time, Field(Text("From", "起"))] = ""
    until: Annotated[Time, Field(Text("Until", "止"))] = ""
    template: Annotated[Words, Field(Text("From the template", "来自模板"))] = ""

    def check(self) -> None:
        super().check()
        check_order("until", self.since, self.until)


@kind(
    "headquarters.ended",
    Text("Headquarters or task force ended", "撤销指挥部或专班"),
    retention="open",
    by_phone=False,
    examples=({"body": "重点场所巡查专班"},),
)
class Ended(_OfBody):
    """The body's work is done."""

    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""


class _OfPost(Said):
    """A record that is about one post of the record's area."""

    post: Post
    worker: Worker

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.post[:120]


@kind(
    "headquarters.appointed",
    Text("Named for a post", "确定岗位人员"),
    retention="open",
    by_phone=False,
    examples=({"post": "epidemic", "worker": "W00001", "since": "2022-03-18"},),
)
class Appointed(_OfPost):
    """Somebody answers for a line of work in the record's area: its epidemic specialist, a cadre of one of its forces."""

    since: Annotated[Time, Field(Text("From", "起"))] = ""
    until: Annotated[Time, Field(Text("Until", "止"))] = ""

    def check(self) -> None:
        check_order("until", self.since, self.until)


@kind(
    "headquarters.relieved",
    Text("Relieved of a post", "免去岗位"),
    retention="open",
    by_phone=False,
    examples=({"post": "epidemic", "worker": "W00001"},),
)
class Relieved(_OfPost):
    """Somebody does not hold the post any more."""

    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""
