"""What can be said of codes and of a status, and who has a code: the only file that other measures read. A status is said by nobody."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Words
from closeknit.ledger.kinds import Opening, Said, kind
from closeknit.measures.passes.codes import held_in, holders, is_late, living_in, open_objections

__all__ = [
    "CodeEnded", "CodeGiven", "CodeWay", "Consent", "EndReason", "ObjectedBy", "PassAnswered", "PassObjected", "PassOutcome", "held_in",
    "holders", "is_late", "living_in", "open_objections",
]  # fmt: skip


class CodeWay(Code):
    """How somebody has a code."""

    OWN_PHONE = "own_phone", "On their own phone", "本人手机"
    HELPER = "helper", "A helper shows it", "他人代办代出示"
    PAPER = "paper", "On paper", "纸质卡"


class Consent(Code):
    """How somebody agreed that another obtains and shows a code for them."""

    SPOKEN = "spoken", "Spoken", "口头同意"
    SIGNED = "signed", "Signed", "书面同意"
    GUARDIAN = "guardian", "By the guardian", "监护人同意"


class EndReason(Code):
    """Why a code is not theirs any more."""

    WITHDRAWN = "withdrawn", "Consent withdrawn", "撤回同意"
    LOST = "lost", "Lost", "遗失"
    MOVED = "moved", "Moved away", "迁出"
    OTHER = "other", "Other", "其他"


class ObjectedBy(Code):
    """By which way an objection to a status came."""

    SPOKEN = "spoken", "Spoken", "口头"
    PHONE = "phone", "By telephone", "电话"
    PAPER = "paper", "On paper", "书面"
    PAGE = "page", "By the page", "网页"
    HELPER = "helper", "Through a helper", "他人代办"


class PassOutcome(Code):
    """What became of an objection to a status."""

    PUT_RIGHT = "put_right", "The record was put right", "已更正记录"
    STANDS = "stands", "The records are right", "记录无误"


NO_CONSENT = Text("No code is obtained for somebody without their consent: say how they agreed.", "代办须经本人同意，请填写同意方式。")


@kind(
    "passes.code_given",
    Text("Code given", "办理通行码"),
    retention="roster",
    needs=("person",),
    may=("household",),
    feature="passes",
    examples=({"way": "own_phone"}, {"way": "helper", "consent": "spoken", "helper": "邻居王某"}, {"way": "paper", "consent": "signed"}),
)
class CodeGiven(Said):
    """Somebody has a code from now on; for who has no phone somebody else obtains and shows it, because they agreed."""

    way: Annotated[CodeWay, Field(Text("How they have it", "持码方式"))]
    consent: Annotated[
        Consent | None,
        Field(Text("Their consent", "本人同意"), help=Text("Required where somebody else obtains it.", "代办须填写。")),
    ] = None
    helper: Annotated[
        Words,
        Field(Text("Who obtains and shows it", "代办人"), "personal", help=Text("Name, and how related.", "姓名及与本人关系。")),
    ] = ""

    def check(self) -> None:
        if self.way is not CodeWay.OWN_PHONE and self.consent is None:
            raise Invalid("data.consent", "missing", NO_CONSENT)
        if self.way is CodeWay.HELPER and not self.helper.strip():
            raise Invalid("data.helper", "missing", Text("Say who obtains and shows the code.", "请填写代办人。"))


@kind(
    "passes.code_ended",
    Text("Code ended", "注销通行码"),
    retention="roster",
    needs=("person",),
    may=("household",),
    feature="passes",
    examples=({"reason": "withdrawn"}, {"reason": "other", "words": "本人已有手机"}),
)
class CodeEnded(Said):
    """The code is not theirs any more: whoever agreed may take it back at any time."""

    reason: Annotated[EndReason, Field(Text("Why", "原因"))]
    words: Annotated[Words, Field(Text("In words", "说明"), "personal")] = ""

    def check(self) -> None:
        if self.reason is EndReason.OTHER and not self.words.strip():
            raise Invalid("data.words", "missing", Text("Say why.", "请填写说明。"))


@kind(
    "passes.objected",
    Text("Objection to a status", "通行状态异议"),
    retention="health",
    needs=("person",),
    may=("household",),
    feature="passes",
    examples=({"words": "昨日已检测，结果未显示", "way": "phone"},),
)
class PassObjected(Opening):
    """Somebody says that their status is wrong."""

    words: Annotated[Words, Field(Text("In their words", "异议内容"), "personal")]
    way: Annotated[ObjectedBy | None, Field(Text("By which way", "提出方式"))] = None

    def check(self) -> None:
        if not self.words.strip():
            raise Invalid("data.words", "missing", Text("Say what is wrong.", "请填写异议内容。"))


@kind(
    "passes.objection_answered",
    Text("Objection to a status answered", "通行状态异议答复"),
    retention="health",
    needs=("person",),
    feature="passes",
    by_form=False,
    by_phone=False,
    examples=({"objection": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "outcome": "put_right", "reason": "补录检测结果"},),
)
class PassAnswered(Said):
    """Somebody looked at the records behind a status: one was put right, or they are right."""

    objection: Annotated[Words, Field(Text("Objection", "异议编号"))]
    outcome: Annotated[PassOutcome, Field(Text("Outcome", "处理结果"))]
    reason: Annotated[Words, Field(Text("What was found", "核查情况"), "health")]

    def check(self) -> None:
        if not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say what was found.", "请填写核查情况。"))

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.objection[:120]
