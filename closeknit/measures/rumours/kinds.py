"""What can be said of a rumour: heard, taken, checked, answered."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Quantity, Words
from closeknit.ledger.kinds import Said, kind


class HeardOn(Code):
    """Where a rumour was heard."""

    CHAT = "chat", "Chat group", "微信群"
    VIDEO = "video", "Short video", "短视频"
    PHONE = "phone", "Telephone", "电话"
    STREET = "street", "In the street, at a door", "街头、入户"
    MARKET = "market", "Market, shop", "集市、商店"
    OTHER = "other", "Other", "其他"


class Finding(Code):
    """What came of checking it."""

    UNTRUE = "untrue", "Not true", "不实"
    PARTLY = "partly", "Partly true", "部分属实"
    ACCURATE = "accurate", "True", "属实"
    UNCLEAR = "unclear", "Not clear yet", "尚不清楚"


class _OfRumour(Said):
    """A record that is about one rumour."""

    rumour: Annotated[Words, Field(Text("Rumour", "谣言编号"))]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.rumour[:120]


@kind(
    "outreach.rumour_heard",
    Text("Rumour heard", "谣言线索"),
    retention="open",
    may=("place",),
    examples=({"words": "听说明天起超市关门", "heard_on": "chat"},),
)
class RumourHeard(Said):
    """Somebody tells what people say; it is open until it is answered. What was said may name somebody, so it is kept encrypted."""

    words: Annotated[Words, Field(Text("What is said", "传言内容"), "personal")]
    heard_on: Annotated[HeardOn, Field(Text("Heard on", "来源"))]
    same_as: Annotated[Words, Field(Text("The same as rumour", "与此前谣言相同"))] = ""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.same_as[:120] or str(corrects or event_id)


@kind(
    "outreach.rumour_taken",
    Text("Rumour taken", "认领谣言线索"),
    retention="open",
    by_phone=False,
    examples=({"rumour": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "owner": "W00001"},),
)
class RumourTaken(_OfRumour):
    """Somebody owes the answer from now on."""

    owner: Annotated[Words, Field(Text("Who owes the answer", "责任人"))]


@kind(
    "outreach.rumour_checked",
    Text("Rumour checked", "核实谣言"),
    retention="open",
    by_phone=False,
    examples=({"rumour": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "finding": "untrue", "source": "县市场监管局"},),
)
class RumourChecked(_OfRumour):
    """What came of checking it, and by whom or against what."""

    finding: Annotated[Finding, Field(Text("What came of it", "核实结果"))]
    source: Annotated[Words, Field(Text("Checked with", "核实来源"))]


@kind(
    "outreach.rumour_answered",
    Text("Rumour answered", "答复谣言"),
    retention="open",
    by_phone=False,
    examples=({"rumour": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "text_id": "T-002", "version": 1},),
)
class RumourAnswered(_OfRumour):
    """An approved text answers it."""

    text_id: Annotated[Words, Field(Text("Answering text", "答复文稿编号"))]
    version: Annotated[Quantity, Field(Text("Version of the text", "文稿版本"))]
