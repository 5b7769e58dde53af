"""What can be said of volunteers: a call, who signs up, who is taken on."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Quantity, Time, Words, check_one_line
from closeknit.ledger.kinds import Said, kind

HOURS = Text("From what hour to what hour: the first before the last.", "起始时点应早于结束时点。")
WHO = Text("Say the name, or the code of a worker.", "请填写姓名或人员编号。")
Hour = Annotated[int, Meta(ge=0, le=24)]
Call = Annotated[Words, Field(Text("Number of the call", "招募编号"))]


class Category(Code):
    """As what somebody helps."""

    VOLUNTEER = "volunteer", "Volunteer", "志愿者"
    STUDENT = "student", "Student", "学生"
    TEACHER = "teacher", "Teacher", "教师"
    CENSUS = "census", "Census-taker", "普查员"
    MILITIA = "militia", "Militia", "民兵"
    OTHER = "other", "Other", "其他"


class _OfCall(Said):
    call: Call

    def check(self) -> None:
        check_one_line("call", self.call)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.call


@kind(
    "deployment.called",
    Text("Volunteers called", "招募志愿者"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"call": "Z-001", "post": "order", "number": 6, "day": "2022-03-19", "from_hour": 7, "to_hour": 12},),
)
class Called(_OfCall):
    """So many volunteers are wanted at a post of a place on a day; the skills are those of the post."""

    post: Annotated[Words, Field(Text("Post", "岗位"))]
    number: Annotated[Quantity, Field(Text("How many", "人数"))]
    day: Annotated[Time, Field(Text("Day", "日期"))]
    from_hour: Annotated[Hour, Field(Text("From (hour)", "起（时）"))] = 8
    to_hour: Annotated[Hour, Field(Text("To (hour)", "止（时）"))] = 18
    text: Annotated[Words, Field(Text("Text of the call", "招募说明"))] = ""

    def check(self) -> None:
        super().check()
        if self.from_hour >= self.to_hour:
            raise Invalid("data.to_hour", "out_of_range", HOURS)


@kind("deployment.call_closed", Text("Call closed", "结束招募"), retention="open", by_phone=False, examples=({"call": "Z-001"},))
class CallClosed(_OfCall):
    """Nobody more is wanted."""


@kind(
    "deployment.signed_up",
    Text("Signed up", "志愿报名"),
    retention="roster",
    by_phone=False,
    examples=({"call": "Z-001", "name": "张三", "phone": "19900000042", "category": "student", "walk_in": True},),
)
class SignedUp(_OfCall):
    """Somebody wants to help; the record's area is where they live."""

    name: Annotated[Words, Field(Text("Name", "姓名"), "personal")] = ""
    phone: Annotated[Words, Field(Text("Telephone", "联系电话"), "personal")] = ""
    worker: Annotated[Words, Field(Text("Worker (code)", "人员编号"))] = ""
    category: Annotated[Category, Field(Text("As what", "人员类别"))] = Category.VOLUNTEER
    walk_in: Annotated[bool, Field(Text("Came in person", "现场报名"))] = False

    def check(self) -> None:
        super().check()
        if not self.name.strip() and not self.worker.strip():
            raise Invalid("data.name", "missing", WHO)


@kind(
    "deployment.taken_on",
    Text("Taken on", "志愿录用"),
    retention="open",
    needs=("place",),
    by_form=False,
    by_phone=False,
    examples=({"sign_up": "017f9bed-fe60-709f-9aba-bf8c286f9479", "call": "Z-001", "worker": "V-1F2E3D4C"},),
)
class TakenOn(Said):
    """Who signed up is wanted at the place, and is a member from now on."""

    sign_up: Annotated[Words, Field(Text("Sign-up", "报名记录"))]
    call: Call
    worker: Annotated[Words, Field(Text("Worker (code)", "人员编号"))]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.sign_up[:120]
