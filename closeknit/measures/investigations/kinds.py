"""What can be said of an investigation, and who may read it: the only file that other measures read."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Time, WordList, Words
from closeknit.ledger.kinds import Opening, Said, kind
from closeknit.measures.investigations.case import Case, cases, leads, may_read

__all__ = [
    "Case", "CaseOutcome", "InvestigationClosed", "InvestigationOpened", "InvestigationStaffNamed", "InvestigationTaskDone",
    "InvestigationTaskGiven", "TaskOutcome", "cases", "leads", "may_read",
]  # fmt: skip

LONGEST = 40
ONE_LINE = Text(
    "A case's number is one line of at most {n} characters, without a slash.", "调查编号为一行，不超过 {n} 个字，不含斜杠。", n=LONGEST
)
COULD_NOT = Text("Say why it could not be done.", "请写明未能完成的原因。")


class TaskOutcome(Code):
    """What became of a task."""

    DONE = "done", "Done", "已完成"
    COULD_NOT = "could_not", "Could not be done", "未能完成"


class CaseOutcome(Code):
    """What an investigation found."""

    CONFIRMED = "confirmed", "Verified", "已核实"
    EXCLUDED = "excluded", "Excluded", "已排除"
    UNDECIDED = "undecided", "Not to be decided", "无法判定"


class _OfCase(Said):
    """A record that is about one case."""

    case: Annotated[Words, Field(Text("Case", "调查编号"))]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.case

    def check(self) -> None:
        if not self.case.strip() or not self.case.isprintable() or "/" in self.case or len(self.case) > LONGEST:
            raise Invalid("data.case", "wrong_type", ONE_LINE)


Staff = Annotated[WordList, Field(Text("Who may read it", "可查看人员"))]


@kind(
    "investigations.opened",
    Text("Investigation opened", "启动调查"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    examples=({"case": "LD-001", "matter": "外省返乡人员初筛异常", "staff": ["W00001"]},),
)
class InvestigationOpened(_OfCase):
    """A case is investigated from now on, or again."""

    matter: Annotated[Words, Field(Text("What is investigated", "调查事由"), "personal")]
    staff: Staff = []


@kind(
    "investigations.staff_named",
    Text("Staff of an investigation named", "指定调查人员"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    examples=({"case": "LD-001", "staff": ["W00001", "W00002"]},),
)
class InvestigationStaffNamed(_OfCase):
    """Who may read the case besides those with a task in it; the latest word counts."""

    staff: Staff


@kind(
    "investigations.task_given",
    Text("Task of an investigation", "调查任务"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    examples=({"case": "LD-001", "what": "recordings", "to": "W00001", "due_at": "2022-03-18T20:00:00+08:00", "police": True},),
)
class InvestigationTaskGiven(Opening):
    """Somebody has to find something out by a time; the police may support it."""

    case: Annotated[Words, Field(Text("Case", "调查编号"))]
    what: Annotated[Words, Field(Text("What has to be done", "任务"))]
    to: Annotated[Words, Field(Text("Who does it", "责任人"))]
    due_at: Annotated[Time, Field(Text("Until when", "完成时限"), help=Text("Every task has a time.", "每项任务须写明时限。"))]
    words: Annotated[Words, Field(Text("In words", "具体要求"), "personal")] = ""
    police: Annotated[bool, Field(Text("The police support it", "公安协查"))] = False
    officer: Annotated[Words, Field(Text("Officer", "协查民警"), "personal")] = ""


@kind(
    "investigations.task_done",
    Text("Task of an investigation ended", "调查任务完成"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    examples=({"case": "LD-001", "task": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "outcome": "done", "words": "已核实"},),
)
class InvestigationTaskDone(Said):
    """What became of a task."""

    case: Annotated[Words, Field(Text("Case", "调查编号"))]
    task: Annotated[Words, Field(Text("Task", "任务编号"))]
    outcome: Annotated[TaskOutcome, Field(Text("Outcome", "结果"))]
    words: Annotated[Words, Field(Text("What was found", "核实情况"), "personal")] = ""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.task[:120]

    def check(self) -> None:
        if self.outcome is TaskOutcome.COULD_NOT and not self.words.strip():
            raise Invalid("data.words", "missing", COULD_NOT)


@kind(
    "investigations.closed",
    Text("Investigation closed", "调查结束"),
    retention="contacts",
    by_form=False,
    by_phone=False,
    examples=({"case": "LD-001", "outcome": "confirmed"},),
)
class InvestigationClosed(_OfCase):
    """What the investigation found."""

    outcome: Annotated[CaseOutcome, Field(Text("Outcome", "调查结论"), "health")]
    words: Annotated[Words, Field(Text("In words", "说明"), "personal")] = ""
