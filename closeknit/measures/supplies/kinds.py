"""What can be said of packs and stock."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Quantity, Words
from closeknit.ledger.kinds import Said, kind

Pack = Annotated[Words, Field(Text("Pack", "物资包"))]


class Channel(Code):
    """How an order came."""

    CHAT = "chat", "Chat group", "微信群"
    PHONE = "phone", "Telephone", "电话"
    DOOR = "door", "At the door", "上门"
    APP = "app", "Page", "网页"


class StockReason(Code):
    """Why stock moved."""

    RECEIVED = "received", "Received", "入库"
    ISSUED = "issued", "Issued", "发放"
    COUNTED = "counted", "Counted", "盘点"
    SPOILED = "spoiled", "Spoiled", "损耗"


@kind(
    "supplies.ordered",
    Text("Pack ordered", "物资订购"),
    retention="roster",
    needs_one_of=("household", "person"),
    may=("place",),
    examples=({"pack": "vegetable", "quantity": 2, "channel": "chat"},),
)
class Ordered(Said):
    """A household ordered packs."""

    pack: Pack
    quantity: Annotated[Quantity, Field(Text("Quantity", "数量"))]
    channel: Annotated[Channel | None, Field(Text("Channel", "渠道"))] = None


@kind(
    "supplies.delivered",
    Text("Pack delivered", "物资送达"),
    retention="roster",
    needs_one_of=("household", "person"),
    may=("place",),
    examples=({"pack": "vegetable", "quantity": 2},),
)
class Delivered(Said):
    """Packs were handed over at the door."""

    pack: Pack
    quantity: Annotated[Quantity, Field(Text("Quantity", "数量"))]
    handed_to: Annotated[Words, Field(Text("Handed to", "签收人"), "personal")] = ""


@kind(
    "supplies.stock_moved",
    Text("Stock moved", "物资出入库"),
    retention="open",
    needs=("place",),
    examples=({"item": "口罩", "quantity": -200, "reason": "issued"},),
)
class StockMoved(Said):
    """Stock came or went; never a number that is overwritten."""

    item: Annotated[Words, Field(Text("Item", "物资"))]
    quantity: Annotated[int, Field(Text("Quantity (negative when it leaves)", "数量（出库为负）"))]
    reason: Annotated[StockReason, Field(Text("Reason", "原因"))]
