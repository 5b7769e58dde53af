"""What can be said of gatherings, traffic and crowded places, and of squares that are guarded: the only file that other measures read."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Invalid, Quantity, Time, WordList, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.zones.kinds import check_number, check_span

NO_END = Text(
    "Nothing is suspended or closed without an end: give the day and hour at which it goes on again.",
    "暂停和管制必须写明恢复时间，请填写日期和时刻。",
)
NO_BASIS = Text("Name the legal basis: which law or decision allows this.", "必须有法律依据，请写明依据的法律条款或上级决定。")


class Sort(Code):
    """What sort of control it is."""

    SUSPENSION = "suspension", "Suspended activities", "活动暂停"
    TRAFFIC = "traffic", "Traffic control", "交通管制"
    CROWDED = "crowded", "Stricter rules for crowded places", "人员密集场所从严管理"


class Guarding(Code):
    """How a square is guarded."""

    FIXED = "fixed", "Fixed post", "定点值守"
    ROVING = "roving", "Roving patrol", "流动巡逻"


ControlNumber = Annotated[Words, Field(Text("Control", "管制编号"))]


@kind(
    "controls.ordered",
    Text("Control ordered", "发布管制决定"),
    retention="open",
    may=("place",),
    by_form=False,
    by_phone=False,
    examples=(
        {
            "control": "K-001", "sort": "suspension", "what": "worship", "where": "全镇宗教活动场所", "basis": "《传染病防治法》第四十二条",
            "authority": "镇指挥部", "from_at": "2022-03-18T00:00:00+08:00", "until_at": "2022-04-01T00:00:00+08:00",
        },
    ),
)  # fmt: skip
class ControlOrdered(Said):
    """Activities are suspended, traffic is controlled or crowded places get stricter rules: by a law, until an hour."""

    control: ControlNumber
    sort: Annotated[Sort, Field(Text("Sort", "类别"))]
    what: Annotated[Words, Field(Text("What", "事项"))]
    where: Annotated[Words, Field(Text("Where", "范围"))]
    basis: Annotated[Words, Field(Text("Legal basis", "法律依据"), help=NO_BASIS)]
    authority: Annotated[Words, Field(Text("Who orders it", "决定机关"))]
    from_at: Annotated[Time, Field(Text("From", "开始时间"))]
    until_at: Annotated[Time, Field(Text("Until: then it goes on again", "恢复时间"), help=NO_END)]
    rules: Annotated[
        WordList, Field(Text("What holds instead: a detour, a limit, what is checked", "替代措施：绕行路线、限流、查验要求等"))
    ] = []
    exceptions: Annotated[WordList, Field(Text("Exceptions", "例外情形"))] = []
    order_no: Annotated[Words, Field(Text("Order number", "文书编号"))] = ""
    why: Annotated[Words, Field(Text("Why it is extended or changed", "延长或变更理由"))] = ""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.control

    def check(self) -> None:
        check_number("control", self.control)
        for name, text in (
            ("basis", NO_BASIS),
            ("authority", Text("Say which authority orders this.", "请写明由哪个机关决定。")),
            ("where", Text("Say where: the road, the places, the area.", "请写明具体路段、场所或地区。")),
        ):
            if not getattr(self, name).strip():
                raise Invalid(f"data.{name}", "missing", text)
        check_span(self.from_at, self.until_at)


@kind(
    "controls.lifted",
    Text("Control lifted", "解除管制"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"control": "K-001", "reason": "疫情平稳，恢复开放"},),
)
class ControlLifted(Said):
    """A control ends before its end."""

    control: ControlNumber
    reason: Annotated[Words, Field(Text("Reason", "理由"))]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.control

    def check(self) -> None:
        check_number("control", self.control)


@kind(
    "controls.guarded",
    Text("Square guarded", "广场值守巡逻"),
    retention="open",
    needs=("place",),
    examples=({"way": "roving", "people": 3, "dispersed": 1}, {"way": "fixed", "people": 2}),
)
class SquareGuarded(Said):
    """Somebody stands at a square or came by on a patrol."""

    way: Annotated[Guarding, Field(Text("How", "方式"))]
    people: Annotated[Quantity, Field(Text("People on duty", "值守人数"))]
    dispersed: Annotated[Count, Field(Text("Gatherings asked to go home", "劝散聚集起数"))] = 0
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""
