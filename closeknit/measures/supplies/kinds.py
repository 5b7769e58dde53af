"""What can be said of packs and stock."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Quantity, Time, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.supplies.catalogue import PACK, STANDARD, Pack, PackOffered, catalogue, standard_words, words_of
from closeknit.measures.supplies.doors import Door, Doors, building, doors, plain, storey
from closeknit.measures.supplies.levels import Level, levels
from closeknit.measures.supplies.rounds import DAY, Closings, RoundSet, check_day
from closeknit.measures.supplies.rules import open_since, round_day

__all__ = [
    "STANDARD", "Channel", "Closings", "Delivered", "Door", "Doors", "FellShort", "Level", "LineParked", "MinimumSet", "Ordered", "Pack",
    "PackOffered", "Parked", "Payment", "Picked", "RoundSet", "Settled", "Short", "StockMoved", "StockReason", "building", "catalogue",
    "check_day", "doors", "levels", "open_since", "plain", "round_day", "standard_words", "storey", "words_of",
]  # fmt: skip
PackCode = Annotated[Words, Field(PACK)]
NUMBER = Text("Quantity", "数量")
ITEM = Text("Item", "物资")
BACK = Text("What came back is no delivery: withdraw that record instead.", "退回物资不登记负数，请作废原送达记录。")


class Channel(Code):
    """How an order came."""

    CHAT = "chat", "Chat group", "微信群"
    PHONE = "phone", "Telephone", "电话"
    DOOR = "door", "At the door", "上门"
    APP = "app", "Page", "网页"


class Payment(Code):
    """How packs are paid for."""

    PAID = "paid", "Paid", "已付款"
    FREE = "free", "Free", "免费"
    OWED = "owed", "Owed", "未付款"


class Short(Code):
    """Why packs that were on the way were not handed over."""

    OUT_OF_STOCK = "out_of_stock", "Not enough of them", "缺货"
    DAMAGED = "damaged", "Damaged", "破损"
    NOBODY_HOME = "nobody_home", "Nobody answered", "无人应答"
    REFUSED = "refused", "Not wanted any more", "居民不要"
    OTHER = "other", "Other", "其他"


class Parked(Code):
    """Why a line of a chain sign-up waits for a person."""

    NO_DOOR = "no_door", "It names no flat", "未写门牌"
    UNKNOWN_DOOR = "unknown_door", "This flat is not in the register", "底册中无此户"
    SEVERAL = "several", "Several flats or households answer to it", "对应多户"
    UNREAD = "unread", "What is ordered cannot be read", "订购内容不明"
    NOTHING_ORDERED = "nothing_ordered", "Nothing was ordered that it could change", "无原订单可改"
    SEVERAL_PACKS = "several_packs", "It changes an order of several packs", "原订单含多种物资包"
    SAYS_OTHERWISE = "says_otherwise", "It says otherwise than the same household's first line", "与该户前一条不一致"
    GONE = "gone", "It stood in an earlier copy and is missing in a later one", "新接龙中已无此条"


class Settled(Code):
    """What became of a line that waited."""

    RECORDED = "recorded", "Order recorded", "已登记订单"
    DROPPED = "dropped", "No order", "不作订单"


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

    pack: PackCode
    quantity: Annotated[Quantity, Field(NUMBER)]
    channel: Annotated[Channel | None, Field(Text("Channel", "渠道"))] = None
    paid: Annotated[Payment | None, Field(Text("Payment", "付款"))] = None
    chain: Annotated[Words, Field(Text("Chain of the round", "接龙序号"))] = ""


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

    pack: PackCode
    quantity: Annotated[Quantity, Field(NUMBER, help=BACK)]
    handed_to: Annotated[Words, Field(Text("Handed to", "签收人"), "personal")] = ""
    paid: Annotated[Payment | None, Field(Text("Payment", "付款"))] = None


@kind(
    "supplies.fell_short",
    Text("Pack not handed over", "物资未送到"),
    retention="roster",
    needs_one_of=("household", "person"),
    may=("place",),
    examples=({"pack": "vegetable", "quantity": 1, "why": "out_of_stock"},),
)
class FellShort(Said):
    """Packs that should have come to a door did not; they stay to be delivered."""

    pack: PackCode
    quantity: Annotated[Quantity, Field(NUMBER)]
    why: Annotated[Short, Field(Text("Why", "原因"))]


@kind(
    "supplies.picked",
    Text("Packs picked at the shop", "备货"),
    retention="open",
    may=("place",),
    by_phone=False,
    examples=({"day": "2022-11-05", "pack": "vegetable", "quantity": 118},),
)
class Picked(Said):
    """How many packs of a round the shop has made up for an area; what is less than was ordered is short."""

    day: Annotated[Time, Field(DAY)]
    pack: PackCode
    quantity: Annotated[Count, Field(NUMBER)]

    def check(self) -> None:
        check_day(self.day)


@kind(
    "supplies.line_parked",
    Text("Line of a sign-up set aside", "接龙待核条目"),
    retention="roster",
    may=("household",),
    by_form=False,
    by_phone=False,
    examples=({"line": "21. 我家也要两份水果", "why": "no_door", "day": "2022-11-05"},),
)
class LineParked(Said):
    """A line that nobody could read for certain: it waits until a correction says what a person has settled, and for which household."""

    line: Annotated[Words, Field(Text("Line", "原文"), "personal")]
    why: Annotated[Parked, Field(Text("Why", "原因"))]
    day: Annotated[Time, Field(DAY)]
    settled: Annotated[Settled | None, Field(Text("Settled", "处理结果"))] = None

    def check(self) -> None:
        check_day(self.day)


@kind(
    "supplies.stock_moved",
    Text("Stock moved", "物资出入库"),
    retention="open",
    needs=("place",),
    examples=({"item": "口罩", "quantity": -200, "reason": "issued"},),
)
class StockMoved(Said):
    """Stock came or went; never a number that is overwritten."""

    item: Annotated[Words, Field(ITEM)]
    quantity: Annotated[int, Field(Text("Quantity (negative when it leaves)", "数量（出库为负）"))]
    reason: Annotated[StockReason, Field(Text("Reason", "原因"))]


@kind(
    "supplies.minimum_set",
    Text("Minimum of stock set", "最低库存"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"item": "口罩", "quantity": 500},),
)
class MinimumSet(Said):
    """So much of an item must always be at a place; the latest word counts, 0 asks for nothing any more."""

    item: Annotated[Words, Field(ITEM)]
    quantity: Annotated[Count, Field(Text("Minimum", "最低库存"))]
