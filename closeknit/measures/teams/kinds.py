"""What can be said of how people are put together: teams of any type, pairings with a community."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import MEMBER_CODES, Code, Field, Invalid, Time, WordList, Words, check_one_line, check_order
from closeknit.ledger.kinds import Said, kind

TYPES = Text(
    "Any word. Usual: commando team, responsibility area, temporary branch, vanguard, volunteer team.",
    "可自定。常用：突击队、责任区、临时党支部、先锋队、志愿服务队。",
)
WHO = Text("Say which unit, or which worker.", "请填写单位或人员编号。")


@kind(
    "deployment.team_formed",
    Text("Team formed", "组建队伍"),
    retention="open",
    by_phone=False,
    examples=({"team": "十字街突击队", "type": "突击队", "leader": "W00001", "members": ["W00001", "W00002"], "unit": "镇政府"},),
)
class TeamFormed(Said):
    """A team of any type, for the area of the record; formed again under its name it is as said last."""

    team: Annotated[Words, Field(Text("Name of the team", "队伍名称"))]
    type: Annotated[Words, Field(Text("Type", "类型"), help=TYPES)]
    leader: Annotated[Words, Field(Text("Leader (code)", "负责人编号"))] = ""
    members: Annotated[WordList, Field(Text("Members", "成员"), help=MEMBER_CODES)] = []
    unit: Annotated[Words, Field(Text("Unit", "单位"))] = ""
    since: Annotated[Time, Field(Text("From", "起"))] = ""
    until: Annotated[Time, Field(Text("Until", "止"))] = ""

    def check(self) -> None:
        check_one_line("team", self.team)
        check_one_line("type", self.type)
        check_order("until", self.since, self.until)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.team


@kind("deployment.team_ended", Text("Team ended", "队伍解散"), retention="open", by_phone=False, examples=({"team": "十字街突击队"},))
class TeamEnded(Said):
    """The team's work is done."""

    team: Annotated[Words, Field(Text("Name of the team", "队伍名称"))]

    def check(self) -> None:
        check_one_line("team", self.team)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.team


class Way(Code):
    """In what way somebody stands by a community."""

    PAIRED = "paired", "Unit paired with the community", "挂钩联系"
    ANSWERS = "answers", "Answers for the community", "包保"
    WORK = "work", "Reported where they work", "单位所在社区报到"
    HOME = "home", "Reported where they live", "居住地社区报到"


@kind(
    "deployment.paired",
    Text("Paired with a community", "挂钩报到"),
    retention="open",
    by_phone=False,
    examples=({"way": "paired", "unit": "县司法局", "contact": "W00001"}, {"way": "home", "worker": "W00001"}),
)
class Paired(Said):
    """A unit, or somebody, stands by the community of the record's area; whoever reports at two has two of these."""

    way: Annotated[Way, Field(Text("In what way", "方式"))]
    unit: Annotated[Words, Field(Text("Unit", "单位"))] = ""
    worker: Annotated[Words, Field(Text("Worker (code)", "人员编号"))] = ""
    contact: Annotated[Words, Field(Text("Contact (code)", "联系人编号"))] = ""
    since: Annotated[Time, Field(Text("From", "起"))] = ""
    until: Annotated[Time, Field(Text("Until", "止"))] = ""

    def check(self) -> None:
        if not self.unit.strip() and not self.worker.strip():
            raise Invalid("data.unit", "missing", WHO)
        check_order("until", self.since, self.until)
