"""What can be said of a template: written in a version, taken by an area, and how far each of its items is."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Quantity, WordList, Words, check_one_line
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.headquarters.kinds import named

ITEMS = Text("One item a line: its name, a colon, what it means.", "每行一项，格式为“名称：说明”。")
WHAT_IS_NEW = Text("Say what is new in this version.", "请写明本版修改了什么。")
NOTHING = Text("A template needs at least one item.", "模板至少应有一项内容。")
TWICE = Text("Two items have the same name: {name}.", "有两项同名：{name}。")
Scheme = Annotated[Words, Field(Text("Template", "模板名称"))]
Version = Annotated[Quantity, Field(Text("Version", "版次"))]


class Part(Code):
    """The parts of a template."""

    HEADQUARTERS = "headquarters", "Command", "统一指挥"
    TASK_FORCES = "task_forces", "Task forces", "工作专班"
    FORCES = "forces", "Forces", "工作力量"
    SUPPLIES = "supplies", "Supplies", "防控物资"
    DUTY_TEAMS = "duty_teams", "Duty teams", "执勤队伍"
    GOALS = "goals", "Goals", "工作目标"
    MEASURES = "measures", "Measures", "防控措施"


class Status(Code):
    """How far an item is."""

    NOT_STARTED = "not_started", "Not started", "未启动"
    UNDER_WAY = "under_way", "Under way", "推进中"
    DONE = "done", "Done", "已落实"
    NOT_NEEDED = "not_needed", "Not needed here", "不适用"


def item_name(line: str) -> str:
    """The name of an item: what stands before the first colon."""
    return line.replace(":", "：", 1).partition("：")[0].strip()


class _OfScheme(Said):
    """A record that is about one template."""

    scheme: Scheme

    def check(self) -> None:
        named("scheme", self.scheme)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.scheme


@kind(
    "schemes.written",
    Text("Template written", "编制模板"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"scheme": "两专一好", "version": 1, "task_forces": ["卡点专班：逢车必查", "后勤专班"], "goals": ["守好门"]},),
)
class Written(_OfScheme):
    """A version of a template, for the record's area and all below it."""

    version: Version
    headquarters: Annotated[WordList, Field(Part.HEADQUARTERS.label, help=ITEMS)] = []
    task_forces: Annotated[WordList, Field(Part.TASK_FORCES.label, help=ITEMS)] = []
    forces: Annotated[WordList, Field(Part.FORCES.label, help=ITEMS)] = []
    supplies: Annotated[WordList, Field(Part.SUPPLIES.label, help=ITEMS)] = []
    duty_teams: Annotated[WordList, Field(Part.DUTY_TEAMS.label, help=ITEMS)] = []
    goals: Annotated[WordList, Field(Part.GOALS.label, help=ITEMS)] = []
    measures: Annotated[WordList, Field(Part.MEASURES.label, help=ITEMS)] = []
    changes: Annotated[Words, Field(Text("What is new", "本版修改"))] = ""

    @property
    def parts(self) -> dict[str, list[str]]:
        """The items of each part that has any."""
        return {part.value: items for part in Part if (items := getattr(self, part.value))}

    def check(self) -> None:
        super().check()
        if not self.parts:
            raise Invalid("data.scheme", "missing", NOTHING)
        for part, items in self.parts.items():
            check_items(part, items)
        if self.version > 1 and not self.changes.strip():
            raise Invalid("data.changes", "missing", WHAT_IS_NEW)


def check_items(part: str, items: list[str]) -> None:
    """Raises `Invalid` where an item has no name that can be one, or two have the same."""
    called = [item_name(item) for item in items]
    for name in called:
        check_one_line(part, name)
        if called.count(name) > 1:
            raise Invalid(f"data.{part}", "twice", TWICE.format(name=name))


@kind(
    "schemes.taken",
    Text("Template taken", "套用模板"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"scheme": "两专一好", "version": 1, "items": {"task_forces": ["卡点专班", "后勤专班"], "goals": ["守好门"]}},),
)
class Taken(_OfScheme):
    """The record's area works by a version of a template: these items, by the names of their parts, each have a status from now on."""

    version: Version
    items: Annotated[dict[str, list[str]], Field(Text("Items", "各项内容"))]


@kind(
    "schemes.said",
    Text("Status of an item", "模板事项进展"),
    retention="open",
    by_phone=False,
    examples=({"scheme": "5+4+3+N", "part": "measures", "item": "网格队伍组建", "status": "done", "words": "已组建 12 支"},),
)
class ItemSaid(_OfScheme):
    """How far an item of a taken template is, and who sees to it."""

    part: Annotated[Part, Field(Text("Part", "类别"))]
    item: Annotated[Words, Field(Text("Item", "事项"))]
    status: Annotated[Status, Field(Text("Status", "进展"))]
    words: Annotated[Words, Field(Text("In words", "情况说明"))] = ""
    worker: Annotated[Words, Field(Text("Who sees to it", "责任人"))] = ""
