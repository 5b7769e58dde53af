"""What can be said of a typical case: drafted from an act, sent back, published, taken down."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, Words
from closeknit.ledger.kinds import Said, kind

LONGEST_TITLE = 80
Case = Annotated[Words, Field(Text("Case", "案例编号"))]
WHY = Text("Reason", "原因")


class _OfCase(Said):
    """A record that is about one case."""

    case: Case

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.case[:120]


def _titled(title: str) -> None:
    if not title.strip() or len(title) > LONGEST_TITLE:
        words = Text("A title has one to {n} characters.", "标题为 1 至 {n} 个字。", n=LONGEST_TITLE)
        raise Invalid("data.title", "wrong_type", words)


@kind(
    "cases.drafted",
    Text("Case drafted", "起草案例"),
    retention="open",
    may=("place",),
    by_form=False,
    by_phone=False,
    examples=({"act": "3f2a9c01b7de", "title": "某商店超范围经营被查封", "text": "执法人员检查某商店时发现超范围经营……"},),
)
class Drafted(Said):
    """Somebody has written a case from an act, or written it anew. Until it is looked through nobody outside reads it."""

    title: Annotated[Words, Field(Text("Title", "标题"), "personal")]
    text: Annotated[Words, Field(Text("Text", "正文"), "personal")]
    act: Annotated[Words, Field(Text("Act", "处置编号"))] = ""
    case: Annotated[Words, Field(Text("Case", "案例编号"))] = ""

    def check(self) -> None:
        _titled(self.title)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.case[:120] or str(corrects or event_id)


@kind(
    "cases.returned",
    Text("Case sent back", "案例退回"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"case": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "reason": "仍可看出是哪家店"},),
)
class Returned(_OfCase):
    """A second person has looked it through and sent it back."""

    reason: Annotated[Words, Field(WHY, "personal")]


@kind(
    "cases.published",
    Text("Case published", "发布案例"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"case": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "title": "某商店超范围经营被查封", "text": "执法人员检查某商店时发现……"},),
)
class Published(_OfCase):
    """A second person has looked it through; everybody may read it. Its area is never smaller than a township."""

    title: Annotated[Words, Field(Text("Title", "标题"))]
    text: Annotated[Words, Field(Text("Text", "正文"))]

    def check(self) -> None:
        _titled(self.title)


@kind(
    "cases.withdrawn",
    Text("Case taken down", "案例撤下"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"case": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "reason": "处置已撤销"},),
)
class Withdrawn(_OfCase):
    """The case is taken down again."""

    reason: Annotated[Words, Field(WHY, "personal")]
