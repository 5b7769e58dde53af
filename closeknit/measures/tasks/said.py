"""What can be said of a task: set with a matter, a place and a named owner; and the steps that it takes."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Time, Words, check_one_line
from closeknit.ledger.kinds import Said, kind

WHAT = Text(
    "What exactly is to be done? A task is refused without it. Write, for example: put two people on the ferry checkpoint at night.",
    "任务要具体到事：请写清做什么，如“渡口卡点夜间增派 2 人值守”。",
)
WHERE = Text(
    "At which place? A task is refused without it. Write, for example: the ferry checkpoint, group 2, the market's entrance.",
    "任务要细化到点：请写清在哪里，如“渡口卡点”“二组”“农贸市场入口”。",
)
WHO = Text(
    "Who answers for it? A task is refused without one named person; “the village” or “all” is nobody.",
    "任务要落实到人：请指定一名责任人，不能只写“村里”或“大家”。",
)
NO_SLASH = Text("The number stands in an address: write it without “/”.", "编号用于网页地址，不含“/”。")
SAY_WHY = Text("Say what happened, or why.", "请写明情况或原因。")
UNTIL_WHEN = Text("Say until when it is carried over.", "请写明延期到何时。")
TO_WHOM = Text("Say who takes it over.", "请选择接手的责任人。")
Number = Annotated[Words, Field(Text("Number", "编号"))]


class _OfTask(Said):
    """A record that is about one task."""

    task: Number

    def check(self) -> None:
        check_one_line("task", self.task)
        if "/" in self.task:
            raise Invalid("data.task", "wrong_type", NO_SLASH)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.task


@kind(
    "tasks.set",
    Text("Task set", "交办任务"),
    retention="open",
    may=("place",),
    by_phone=False,
    examples=({"task": "R-001", "matter": "夜间增派 2 人值守", "where": "渡口卡点", "owner": "W00001", "due_at": "2022-03-19"},),
)
class TaskSet(_OfTask):
    """Somebody is to do something somewhere by a time. Set again under its number it is as said last."""

    matter: Annotated[Words, Field(Text("Matter", "事项"), help=WHAT)]
    where: Annotated[Words, Field(Text("Place", "地点"), help=WHERE)]
    owner: Annotated[Words, Field(Text("Owner", "责任人"), help=WHO)]
    due_at: Annotated[Time, Field(Text("Due", "完成时限"))]
    goal: Annotated[Words, Field(Text("Goal that it serves", "所属目标"))] = ""
    source: Annotated[Words, Field(Text("What it follows from", "任务来源"))] = ""
    origin: Annotated[Words, Field(Text("Number of what it follows from", "来源编号"))] = ""

    def check(self) -> None:
        super().check()
        for name, value, text in (("matter", self.matter, WHAT), ("where", self.where, WHERE), ("owner", self.owner, WHO)):
            if not value.strip():
                raise Invalid(f"data.{name}", "missing", text)


class Step(Code):
    """What becomes of a task."""

    NOTED = "noted", "Progress or a problem", "进展或问题"
    DONE = "done", "Done", "已完成"
    CARRIED_OVER = "carried_over", "Carried over", "延期"
    GIVEN = "given", "Given to somebody else", "转交"
    DROPPED = "dropped", "Dropped", "取消"
    REOPENED = "reopened", "Not done: opened again", "未落实，重新办理"


@kind(
    "tasks.stepped",
    Text("Step of a task", "任务进展"),
    retention="open",
    may=("place",),
    by_phone=False,
    examples=(
        {"task": "R-001", "step": "carried_over", "until": "2022-03-20", "words": "人员未到齐"},
        {"task": "R-001", "step": "done", "words": "已增派 2 人"},
    ),
)
class TaskStepped(_OfTask):
    """What was done of a task, what stands in the way, who has it now, until when it is carried over and why."""

    step: Annotated[Step, Field(Text("Step", "步骤"))]
    words: Annotated[Words, Field(Text("What happened, or why", "情况或原因"))] = ""
    until: Annotated[Time, Field(Text("Carried over until", "延期至"))] = ""
    to: Annotated[Words, Field(Text("To whom", "接手责任人"))] = ""

    def check(self) -> None:
        super().check()
        if self.step not in (Step.DONE, Step.GIVEN) and not self.words.strip():
            raise Invalid("data.words", "missing", SAY_WHY)
        if self.step is Step.CARRIED_OVER and not self.until:
            raise Invalid("data.until", "missing", UNTIL_WHEN)
        if self.step is Step.GIVEN and not self.to.strip():
            raise Invalid("data.to", "missing", TO_WHOM)
