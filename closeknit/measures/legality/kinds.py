"""What can be said of sampling acts for legality."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Quantity, Time, WordList, Words, check_bare_day
from closeknit.ledger.kinds import Said, kind

MOST_DRAWN = 500


class Verdict(Code):
    """What the second office found."""

    LEGAL = "legal", "Legal", "合法"
    SET_ASIDE = "set_aside", "Set aside", "撤销"


class Ground(Code):
    """Why an act is set aside."""

    NO_POWER = "no_power", "No power to order it", "无权作出"
    NO_AUTHORITY = "no_authority", "The officers had no authority", "执法人员无资格"
    NO_BASIS = "no_basis", "No legal basis, or a wrong one", "无依据或适用错误"
    NO_PAPER = "no_paper", "Not on paper, or not served", "未出具或未送达文书"
    NOT_HEARD = "not_heard", "The premises were not heard", "未听取陈述申辩"
    NO_END = "no_end", "Without an end, or too long", "无期限或超期限"
    NO_FACTS = "no_facts", "The facts do not bear it", "事实不清、证据不足"
    TOO_HARD = "too_hard", "Harder than needed", "明显不当"


@kind(
    "legality.drawn",
    Text("Acts drawn for review", "抽取执法处置"),
    retention="audit",
    by_form=False,
    by_phone=False,
    examples=(
        {
            "seed": "ab" * 32, "salt": "9f2c", "day": "2022-03-18", "from_day": "2022-02-16", "of": "cd" * 32, "among": 1, "share": 0.1,
            "acts": ["3f2a9c01b7de"], "places": ["S1"],
        },
    ),
)  # fmt: skip
class Drawn(Said):
    """Acts drawn by lot from those of some days, so that anybody can draw again; seed = sha256 of area, first day, day and salt."""

    seed: Annotated[Words, Field(Text("Seed", "随机种子"))]
    salt: Annotated[Words, Field(Text("Salt", "随机盐"))]
    day: Annotated[Time, Field(Text("Day", "日期"))]
    from_day: Annotated[Time, Field(Text("Acts from this day on", "处置起始日"))]
    of: Annotated[Words, Field(Text("Fingerprint of the list", "名单指纹"))]
    among: Annotated[Quantity, Field(Text("Acts drawn from", "处置总数"))]
    share: Annotated[float, Meta(gt=0, le=1), Field(Text("Share", "抽取比例"))]
    acts: Annotated[WordList, Field(Text("Acts drawn", "抽中处置"))]
    places: Annotated[WordList, Field(Text("Their places", "所在场所"))]

    def check(self) -> None:
        check_bare_day("day", self.day)
        check_bare_day("from_day", self.from_day)
        if len(self.acts) != len(self.places):
            raise Invalid("data.places", "contradicts", Text("Give one place for each act, in their order.", "场所须与处置逐一对应。"))


@kind(
    "legality.reviewed",
    Text("Act reviewed for legality", "合法性审查"),
    retention="open",
    needs=("place",),
    by_form=False,
    by_phone=False,
    examples=({"act": "3f2a9c01b7de", "outcome": "set_aside", "grounds": ["no_power"], "reason": "镇政府无权责令停业"},),
)
class Reviewed(Said):
    """Somebody of the second office, who did not make the act, has looked at it. An act that is set aside binds nobody any more."""

    act: Annotated[Words, Field(Text("Act", "处置编号"))]
    outcome: Annotated[Verdict, Field(Text("Outcome", "审查结论"))]
    reason: Annotated[Words, Field(Text("Reason", "理由"))]
    grounds: Annotated[list[Ground], Field(Text("Grounds", "撤销事由"))] = []
    draw: Annotated[Words, Field(Text("Draw", "抽取批次"))] = ""

    def check(self) -> None:
        if self.outcome is Verdict.SET_ASIDE and not self.grounds:
            raise Invalid("data.grounds", "missing", Text("Say on which ground it is set aside.", "请选择撤销事由。"))
        if self.outcome is Verdict.LEGAL and self.grounds:
            raise Invalid("data.grounds", "contradicts", Text("A legal act has no ground to set it aside.", "合法的处置不填撤销事由。"))
        if not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Give the reason in a sentence.", "请写明理由。"))

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.act[:120]
