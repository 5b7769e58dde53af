"""What can be said by liaisons and at the command post: progress, open problems, what is handed over."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, WordList, Words
from closeknit.ledger.kinds import Opening, Said, kind
from closeknit.measures.headquarters.kinds import named

SAY_IT = Text("Write it down in a sentence.", "请用一句话写明。")
POST = Text("Say who takes over.", "请选择接班人。")


@kind(
    "liaison.logged",
    Text("Liaison's log", "联络日志"),
    retention="open",
    by_phone=False,
    examples=({"body": "重点场所巡查专班", "progress": "沿街门店已巡查 86 家", "problem": "缺测温枪 3 把"},),
)
class Logged(Opening):
    """How far a group is, and what stands open; a problem stays open until somebody says that it is solved."""

    body: Annotated[Words, Field(Text("Group or key unit", "专班或重点单位"))]
    progress: Annotated[Words, Field(Text("Progress", "工作进展"))]
    problem: Annotated[Words, Field(Text("Open problem", "存在问题"))] = ""

    def check(self) -> None:
        named("body", self.body)
        if not self.progress.strip():
            raise Invalid("data.progress", "missing", SAY_IT)


@kind(
    "liaison.solved",
    Text("Problem solved", "问题办结"),
    retention="open",
    by_phone=False,
    examples=({"log": "017f9bed-fe60-709f-9aba-bf8c286f9479", "words": "已调拨测温枪 3 把"},),
)
class Solved(Said):
    """A group's open problem is solved."""

    log: Annotated[Words, Field(Text("Log entry (number)", "日志编号"))]
    words: Annotated[Words, Field(Text("How", "办理情况"))]

    def check(self) -> None:
        if not self.words.strip():
            raise Invalid("data.words", "missing", SAY_IT)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.log[:120]


@kind(
    "liaison.handed_over",
    Text("Duty handed over", "值班交接"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"to": "W00002", "notes": "22:30 接州指挥部电话，明早八点前报车辆数", "open": ["报车辆数"]},),
)
class HandedOver(Said):
    """The duty at a command post goes to the next, with what happened and what is open."""

    to: Annotated[Words, Field(Text("To whom", "接班人"))]
    notes: Annotated[Words, Field(Text("What happened", "本班情况"))]
    open: Annotated[WordList, Field(Text("Still open", "待办事项"), help=Text("One a line.", "每行一项。"))] = []

    def check(self) -> None:
        for name, value, text in (("to", self.to, POST), ("notes", self.notes, SAY_IT)):
            if not value.strip():
                raise Invalid(f"data.{name}", "missing", text)
