"""What can be said of meetings and of visits of leaders."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import MEMBER_CODES, Field, Invalid, Time, WordList, Words, check_order
from closeknit.ledger.kinds import Opening, Said, kind

EMPTY = Text("Write it down in a sentence.", "请用一句话写明。")


@kind(
    "meetings.held",
    Text("Meeting held", "召开会议"),
    retention="open",
    may=("place",),
    by_phone=False,
    examples=(
        {"title": "疫情防控紧急调度会", "began_at": "2022-03-18T20:00+08:00", "ended_at": "2022-03-18T22:30+08:00", "chair": "W00001",
         "attended": ["W00001", "W00002"], "summary": "传达州视频会议精神"},
    ),
)  # fmt: skip
class Held(Opening):
    """People met: when it began and ended, who led it, who was there."""

    title: Annotated[Words, Field(Text("Meeting", "会议名称"))]
    began_at: Annotated[Time, Field(Text("Began", "开始时间"))]
    ended_at: Annotated[Time, Field(Text("Ended", "结束时间"))] = ""
    chair: Annotated[Words, Field(Text("Led by", "主持人"))] = ""
    attended: Annotated[WordList, Field(Text("Who was there", "参会人员"), help=MEMBER_CODES)] = []
    summary: Annotated[Words, Field(Text("What was passed on", "会议要点"))] = ""

    def check(self) -> None:
        if not self.title.strip():
            raise Invalid("data.title", "missing", EMPTY)
        check_order("ended_at", self.began_at, self.ended_at)


@kind(
    "meetings.decided",
    Text("Decision", "会议决定"),
    retention="open",
    by_phone=False,
    examples=({"meeting": "017f9bed-fe60-709f-9aba-bf8c286f9479", "decision": "所有干部周末不休息"},),
)
class Decided(Said):
    """A meeting decided something."""

    meeting: Annotated[Words, Field(Text("Meeting (number)", "会议编号"))]
    decision: Annotated[Words, Field(Text("Decision", "决定事项"))]

    def check(self) -> None:
        if not self.decision.strip():
            raise Invalid("data.decision", "missing", EMPTY)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.meeting[:120]


@kind(
    "meetings.visited",
    Text("Visit of a leader", "领导督导调研"),
    retention="open",
    may=("place",),
    by_phone=False,
    examples=({"leader": "W00001", "where": "庄尚村卡点", "instruction": "加强卡点后勤保障", "came_at": "2022-03-18T22:45+08:00"},),
)
class Visited(Opening):
    """A leader came to a place and gave instructions."""

    leader: Annotated[Words, Field(Text("Leader", "带队领导"))]
    where: Annotated[Words, Field(Text("Place", "地点"))]
    instruction: Annotated[Words, Field(Text("Instructions", "指示要求"))] = ""
    came_at: Annotated[Time, Field(Text("When", "时间"))] = ""
