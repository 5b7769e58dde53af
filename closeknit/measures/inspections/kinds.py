"""What can be said of inspecting premises and of the acts that follow; and what the records come to: the only file others read."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Quantity, Time, WordList, Words
from closeknit.ledger.kinds import Opening, Said, kind
from closeknit.measures.inspections.acts import STANDS, TONES, Act, Finding, Premises, State, act_code
from closeknit.measures.inspections.powers import (
    ORDER_WORDS,
    Office,
    Trouble,
    offices,
    raise_words,
    reaches,
    troubles,
    who_may,
    written_troubles,
)
from closeknit.measures.inspections.reading import acts_of, all_acts, premises, premises_of

__all__ = [
    "ORDERS", "ORDER_WORDS", "STANDS", "TONES", "Act", "ActLifted", "Action", "CarriedOut", "Finding", "FindingRectified",
    "Inspected", "Lifted", "LookBack", "Manner", "Objected", "ObjectionDecided", "ObjectionOutcome", "Office", "Premises",
    "PremisesLookedBack", "Served", "ServedBy", "State", "Trouble", "Written", "act_code", "acts_of", "all_acts", "offices",
    "premises", "premises_of", "raise_words", "reaches", "troubles", "who_may", "written_troubles",
]  # fmt: skip


class Action(Code):
    """What an inspection ordered."""

    NONE = "none", "None", "无"
    RECTIFY = "rectify", "Order to correct", "责令改正"
    CLOSE = "close", "Closure", "停业"
    SEAL = "seal", "Sealing", "查封"
    PENALISE = "penalise", "Penalty", "行政处罚"


ORDERS = {each.value: each.label for each in Action if each is not Action.NONE}


class Lifted(Code):
    """What was lifted."""

    CLOSE = "close", "Closure", "停业"
    SEAL = "seal", "Sealing", "查封"


class LookBack(Code):
    """What the second look found."""

    CLOSED = "closed", "Closed", "销号"
    REOPENED = "reopened", "Reopened", "重新整改"


class Manner(Code):
    """Whether the premises knew that somebody would come."""

    UNANNOUNCED = "unannounced", "Unannounced", "暗访（不打招呼）"
    ANNOUNCED = "announced", "Announced", "事先告知"


class ServedBy(Code):
    """How an order came into the hands of the premises."""

    HANDED = "handed", "Handed over", "直接送达"
    LEFT = "left", "Left there before witnesses", "留置送达"
    POST = "post", "By post", "邮寄送达"


class Way(Code):
    """By which way an objection came."""

    SPOKEN = "spoken", "Spoken", "口头"
    PHONE = "phone", "By telephone", "电话"
    PAPER = "paper", "On paper", "书面"


class ObjectionOutcome(Code):
    """What became of an objection."""

    UPHELD = "upheld", "The act stands", "维持"
    CHANGED = "changed", "The act is written anew", "变更"
    SET_ASIDE = "set_aside", "The act is set aside", "撤销"


Number = Annotated[Words, Field(Text("Act", "处置编号"), help=Text("It stands on the act's page and on its notice.", "见处置页面和文书。"))]
THEIR_ACT = Annotated[Action, Field(Text("Action", "处置"))]


class _OfAct(Said):
    """A record that is about one act."""

    act: Number

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.act[:120]


@kind(
    "inspections.inspected",
    Text("Premises inspected", "场所检查"),
    retention="open",
    needs=("place",),
    may=("person", "household"),
    examples=(
        {"run": "run-1", "actions": ["rectify"], "findings": ["未张贴场所码"]},
        {"run": "run-2", "actions": ["none"], "manner": "unannounced", "accompanied_by": ["市场监管所"]},
    ),
)
class Inspected(Said):
    """A run came to the premises."""

    run: Annotated[Words, Field(Text("Inspection run", "检查批次"))]
    actions: Annotated[list[Action], Field(Text("Actions", "处置"))]
    findings: Annotated[WordList, Field(Text("Findings", "发现问题"))] = []
    legal_basis: Annotated[Words, Field(Text("Legal basis", "法律依据"))] = ""
    department: Annotated[Words, Field(Text("Department", "部门"))] = ""
    manner: Annotated[Manner | None, Field(Text("Announced or not", "检查方式"))] = None
    accompanied_by: Annotated[WordList, Field(Text("Accompanied by", "陪同检查单位"))] = []
    evidence: Annotated[WordList, Field(Text("Evidence", "佐证"))] = []


@kind(
    "inspections.rectified",
    Text("Finding rectified", "问题整改"),
    retention="open",
    needs=("place",),
    examples=({"finding": "未张贴场所码"},),
)
class FindingRectified(Said):
    """The premises say that a finding is put right."""

    finding: Annotated[Words, Field(Text("Finding", "问题"))] = ""
    evidence: Annotated[Words, Field(Text("Evidence", "佐证"))] = ""


@kind(
    "inspections.looked_back", Text("Premises looked back", "复查"), retention="open", needs=("place",), examples=({"outcome": "closed"},)
)
class PremisesLookedBack(Said):
    """Somebody went again and looked; without a finding at all that is open."""

    outcome: Annotated[LookBack, Field(Text("Outcome", "结果"))]
    finding: Annotated[Words, Field(Text("Finding", "问题"))] = ""


@kind(
    "inspections.lifted",
    Text("Act lifted", "解除措施"),
    retention="open",
    needs=("place",),
    examples=({"action": "close", "reason": "整改到位"},),
)
class ActLifted(Said):
    """A closure or a sealing ended."""

    action: Annotated[Lifted, Field(Text("What is lifted", "解除事项"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"))]


@kind(
    "inspections.written",
    Text("Act set out on paper", "出具执法文书"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=(
        {
            "act": "3f2a9c01b7de", "action": "seal", "office": "market_supervision", "legal_basis": "《食品安全法》第一百一十条",
            "officers": ["甲 执法证 0001", "乙 执法证 0002"], "number": "查封〔2022〕1号", "until": "2022-04-01", "heard": True,
        },
    ),
)  # fmt: skip
class Written(_OfAct):
    """An office with the power has ordered it: by which provision, through which officers, until when or until what."""

    action: THEIR_ACT
    office: Annotated[Words, Field(Text("Office that orders", "作出机关"))]
    legal_basis: Annotated[
        Words,
        Field(
            Text("By which provision", "法律依据"),
            help=Text("The law and its article, as they stand on the notice.", "写明法律名称和条款，与文书一致。"),
        ),
    ]
    officers: Annotated[
        WordList,
        Field(
            Text("Officers", "执法人员"),
            help=Text("One a line: name and number of the certificate.", "每行一人：姓名和执法证号。"),
        ),
    ]
    number: Annotated[Words, Field(Text("Document number", "文书编号"))]
    until: Annotated[Time, Field(Text("Until", "期限至"))] = ""
    condition: Annotated[
        Words,
        Field(
            Text("Or until", "或解除条件"),
            help=Text("What lifts it, such as: all findings are put right.", "例如：全部问题整改到位。"),
        ),
    ] = ""
    amount: Annotated[Quantity | None, Field(Text("Fine", "罚款"), unit=Text("yuan", "元"))] = None
    heard: Annotated[bool | None, Field(Text("The premises were heard first", "已听取陈述申辩"))] = None

    def check(self) -> None:
        for name, value in (("office", self.office), ("legal_basis", self.legal_basis), ("number", self.number)):
            if not value.strip():
                raise Invalid(
                    f"data.{name}", "missing", Text("An act without this binds nobody: fill it in.", "缺少此项则文书无效，请填写。")
                )
        if not any(each.strip() for each in self.officers):
            raise Invalid("data.officers", "missing", Text("Name the officers and their certificates.", "请写明执法人员及执法证号。"))
        if not self.until and not self.condition.strip():
            raise Invalid(
                "data.until",
                "missing",
                Text("No act without an end: give a day, or what lifts it.", "处置须有期限或解除条件，请填写其一。"),
            )
        if self.amount and self.action is not Action.PENALISE:
            raise Invalid("data.amount", "contradicts", Text("Only a penalty has a fine.", "仅行政处罚可填罚款。"))


@kind(
    "inspections.served",
    Text("Act served", "文书送达"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"act": "3f2a9c01b7de", "way": "handed"},),
)
class Served(_OfAct):
    """The order on paper has reached the premises."""

    way: Annotated[ServedBy, Field(Text("How", "送达方式"))]
    receiver: Annotated[Words, Field(Text("Who took it", "签收人"), "personal")] = ""


@kind(
    "inspections.carried_out",
    Text("Act carried out", "履行完毕"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"act": "3f2a9c01b7de", "evidence": "缴款书 0001"},),
)
class CarriedOut(_OfAct):
    """What the act asked for is done: the fine is paid, the order is followed."""

    evidence: Annotated[Words, Field(Text("Evidence", "佐证"))] = ""


@kind(
    "inspections.objected",
    Text("Objection to an act", "对处置提出异议"),
    retention="open",
    needs=("place",),
    examples=({"action": "close", "words": "当日已整改", "way": "spoken"},),
)
class Objected(Opening):
    """The premises object; without a number to the latest act of that sort."""

    words: Annotated[Words, Field(Text("In their words", "异议内容"), "personal")]
    action: Annotated[Action | None, Field(Text("Action", "处置"))] = None
    way: Annotated[Way | None, Field(Text("By which way", "提出方式"))] = None
    act: Annotated[Words, Field(Text("Act", "处置编号"))] = ""


@kind(
    "inspections.objection_decided",
    Text("Objection to an act decided", "异议处理（处置）"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"act": "3f2a9c01b7de", "objection": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "outcome": "upheld", "reason": "事实清楚"},),
)
class ObjectionDecided(_OfAct):
    """Somebody other than who ordered has decided about an objection."""

    objection: Annotated[Words, Field(Text("Objection", "异议编号"))]
    outcome: Annotated[ObjectionOutcome, Field(Text("Outcome", "处理结果"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"))]
