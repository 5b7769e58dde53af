"""What can be said of a directive: issued in a version, received in some way, ended."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Quantity, Time, Words, check_one_line
from closeknit.ledger.kinds import Said, kind

MOST = 2000
NO_SLASH = Text("The number stands in an address: write it without “/”.", "编号用于网页地址，不含“/”。")
NOBODY = Text("Say to which areas the directive goes.", "请选择接收单位。")
TWICE = Text("An area stands there twice: {code}.", "接收单位重复：{code}。")
WHAT_IS_NEW = Text("Say what is new in this version.", "请写明本版修改了什么。")
OF_WHICH_VERSION = Text(
    "Say which version of the upper directive is passed on: its number and its version.", "请写明转发的是上级指令的哪一版：编号和版次。"
)
HOW_TOLD = Text(
    "Say in what way they were told: by telephone, in a group, in person, on paper.", "请选择传达方式：电话、工作群、当面或纸质。"
)
WHY_NOT = Text("Say what stands in the way, so that the sender can help.", "请写明困难，以便上级协调。")
RECIPIENTS = Text("Codes of areas below the sender, one a line.", "下级单位代码，每行一个。")
Number = Annotated[Words, Field(Text("Number", "编号"))]
Version = Annotated[Quantity, Field(Text("Version", "版次"))]


def named(name: str, value: str) -> None:
    """Raises `Invalid` where a number cannot be one."""
    check_one_line(name, value)
    if "/" in value:
        raise Invalid(f"data.{name}", "wrong_type", NO_SLASH)


class _OfDirective(Said):
    """A record that is about one directive."""

    directive: Number

    def check(self) -> None:
        named("directive", self.directive)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.directive


class What(Code):
    """What a recipient has done with a directive."""

    READ = "read", "Read", "已阅"
    TOLD = "told", "Told", "已传达"
    ACTED = "acted", "Acted on", "已落实"
    CANNOT = "cannot", "Cannot carry it out", "落实有困难"


class Channel(Code):
    """In what way a directive reached somebody."""

    PAGE = "page", "On this page", "系统内"
    TELEPHONE = "telephone", "By telephone", "电话"
    CHAT = "chat", "In a group", "工作群"
    IN_PERSON = "in_person", "In person", "当面"
    PAPER = "paper", "On paper", "纸质"


@kind(
    "directives.issued",
    Text("Directive issued", "下发指令"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=(
        {"directive": "Z-001", "version": 1, "title": "即日起开展敲门行动", "text": "各村逐户走访，三日内完成。", "to": ["433122108001"],
         "read_by": "2022-03-18T22:00+08:00", "act_by": "2022-03-21", "source": "州视频会议 3月18日"},
    ),
)  # fmt: skip
class Issued(_OfDirective):
    """What is asked of areas below the record's area. A later version takes the place of the earlier ones; each version is read anew."""

    version: Version
    title: Annotated[Words, Field(Text("Title", "标题"))]
    text: Annotated[Words, Field(Text("What is asked", "要求内容"))]
    to: Annotated[list[Words], Meta(max_length=MOST), Field(Text("To", "接收单位"), help=RECIPIENTS)]
    read_by: Annotated[Time, Field(Text("To be read by", "阅知时限"))]
    act_by: Annotated[
        Time, Field(Text("To be acted on by", "落实时限"), help=Text("Left empty: it is only to be read.", "不填即只需阅知。"))
    ] = ""
    source: Annotated[
        Words,
        Field(Text("Source", "依据（来源）"), help=Text("Who demanded it, when, in which paper.", "哪级、何时、何文件或会议提出的要求。")),
    ] = ""
    passes_on: Annotated[Words, Field(Text("Passes on", "转发自"))] = ""
    passes_version: Annotated[Quantity | None, Field(Text("Version passed on", "转发版次"))] = None
    changes: Annotated[Words, Field(Text("What is new", "本版修改"))] = ""

    def below(self) -> tuple[str, Iterable[str]]:
        return "to", self.to

    def check(self) -> None:
        super().check()
        if not self.to:
            raise Invalid("data.to", "missing", NOBODY)
        if twice := next((code for code in self.to if self.to.count(code) > 1), None):
            raise Invalid("data.to", "twice", TWICE.format(code=twice))
        if self.version > 1 and not self.changes.strip():
            raise Invalid("data.changes", "missing", WHAT_IS_NEW)
        if bool(self.passes_on) != bool(self.passes_version):
            raise Invalid("data.passes_on", "missing", OF_WHICH_VERSION)


@kind(
    "directives.received",
    Text("Receipt of a directive", "指令回执"),
    retention="open",
    by_phone=False,
    examples=(
        {"directive": "Z-001", "version": 1, "what": "told", "channel": "telephone", "told_by": "W00002", "whom": "W00001"},
        {"directive": "Z-001", "version": 1, "what": "acted", "words": "已完成入户 120 户"},
    ),
)
class Received(_OfDirective):
    """The record's area has read a version of a directive, was told it, acted on it, or cannot. Being told counts like reading."""

    version: Version
    what: Annotated[What, Field(Text("What", "情况"))]
    channel: Annotated[Channel | None, Field(Text("In what way", "方式"))] = None
    told_by: Annotated[Words, Field(Text("Who told them (code)", "传达人编号"))] = ""
    whom: Annotated[Words, Field(Text("Who was told (code)", "接收人编号"))] = ""
    words: Annotated[Words, Field(Text("What was said", "情况说明"))] = ""

    def check(self) -> None:
        super().check()
        if self.what is What.TOLD and self.channel in (None, Channel.PAGE):
            raise Invalid("data.channel", "missing", HOW_TOLD)
        if self.what is What.CANNOT and not self.words.strip():
            raise Invalid("data.words", "missing", WHY_NOT)


@kind(
    "directives.ended",
    Text("Directive ended", "指令终止"),
    retention="open",
    by_phone=False,
    examples=({"directive": "Z-001", "reason": "专项行动已结束"},),
)
class Ended(_OfDirective):
    """The directive is not in force any more."""

    reason: Annotated[Words, Field(Text("Reason", "原因"))]
