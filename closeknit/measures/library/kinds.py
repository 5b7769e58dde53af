"""What can be said of a text, and which of its versions is in force: the only file that other measures read."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Quantity, Words, check_one_line
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.library.texts import LibraryText, Version, holding_in, in_force_about, is_covered, is_use, texts
from closeknit.measures.library.using import must_be_covered

__all__ = [
    "About", "Decided", "Form", "LibraryText", "TextDecided", "TextWritten", "Version", "holding_in", "in_force_about", "is_covered",
    "is_use", "must_be_covered", "texts",
]  # fmt: skip

NO_SLASH = Text("A text's number has no slash.", "文稿编号不含斜杠。")


class Form(Code):
    """In which form a text is told."""

    TEXT = "text", "Text", "文稿"
    RHYME = "rhyme", "Rhyme", "顺口溜"
    AUDIO = "audio", "Recording", "音频"
    POSTER = "poster", "Poster", "海报"


class About(Code):
    """What a text is about; laws, rights, duties and answers stand on the public page once they are approved."""

    PREVENTION = "prevention", "How to protect oneself", "防护知识"
    LAW = "law", "Laws", "法律法规"
    RIGHT = "right", "Rights", "群众权利"
    DUTY = "duty", "Duties", "群众义务"
    ANSWER = "answer", "Answers to rumours", "辟谣答复"
    BUSINESS = "business", "To businesses", "市场主体提醒"
    OTHER = "other", "Other", "其他"


class Decided(Code):
    """What was decided about a version."""

    APPROVED = "approved", "Approved", "已审定"
    SENT_BACK = "sent_back", "Sent back", "退回修改"
    WITHDRAWN = "withdrawn", "Withdrawn", "已停用"


class _OfText(Said):
    """A record that is about one version of a text."""

    text: Annotated[Words, Field(Text("Number of the text", "文稿编号"))]
    version: Annotated[Quantity, Field(Text("Version", "版本"))]

    def check(self) -> None:
        check_one_line("text", self.text)
        if "/" in self.text:  # by its number a text has its page
            raise Invalid("data.text", "wrong_type", NO_SLASH)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.text


@kind(
    "outreach.text_written",
    Text("Text written", "编写文稿"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"text": "T-001", "version": 1, "form": "rhyme", "about": "prevention", "title": "防护顺口溜", "words": "戴口罩，勤洗手"},),
)
class TextWritten(_OfText):
    """A version of a text as it reads; nobody uses it before it is approved."""

    form: Annotated[Form, Field(Text("Form", "形式"))]
    about: Annotated[About, Field(Text("About", "内容类别"))]
    title: Annotated[Words, Field(Text("Title", "标题"))]
    words: Annotated[Words, Field(Text("Words", "正文"))]
    file: Annotated[Words, Field(Text("Where the recording or poster lies", "音频或海报文件位置"))] = ""

    def check(self) -> None:
        super().check()
        if self.form in (Form.AUDIO, Form.POSTER) and not self.file.strip():
            raise Invalid("data.file", "missing", Text("Say where the recording or the poster lies.", "请写明音频或海报文件的存放位置。"))


@kind(
    "outreach.text_decided",
    Text("Text decided", "审定文稿"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=(
        {"text": "T-001", "version": 1, "outcome": "approved", "seen": "9f86d081884c7d659a2feaa0c55ad015"},
        {"text": "T-001", "version": 1, "outcome": "sent_back", "reason": "电话号码有误"},
    ),
)
class TextDecided(_OfText):
    """A version is approved as it was read, sent back, or withdrawn. Whoever says so is its approver."""

    outcome: Annotated[Decided, Field(Text("Decision", "审定结果"))]
    seen: Annotated[Words, Field(Text("Seal of what was read", "文本摘要"))] = ""
    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""

    def check(self) -> None:
        super().check()
        if self.outcome is Decided.APPROVED and not self.seen.strip():
            raise Invalid("data.seen", "missing", Text("Open the text and read it before you approve it.", "请打开文稿阅读后再审定。"))
        if self.outcome is not Decided.APPROVED and not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why.", "请填写原因。"))
