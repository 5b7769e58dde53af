"""What can be said of isolation, and who is under which order: the only file that other measures read."""

from typing import Annotated
from uuid import UUID

import msgspec

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Quantity, Temperature, Time, WordList, Words
from closeknit.ledger.kinds import Opening, Said, kind
from closeknit.measures.isolation.notices import contact_of, notice, release_notice
from closeknit.measures.isolation.rules import (
    BY_ORDER,
    PackRule,
    Trouble,
    is_flagged,
    last_day,
    next_stage,
    order_troubles,
    pack_rules,
    period_of,
    periods_due,
)
from closeknit.measures.isolation.stay import SITE, Stay
from closeknit.measures.isolation.stays import Room, checks_of_day, event_ids, homes_of, of_persons, rooms, stays

__all__ = [
    "BY_ORDER", "SITE", "HealthChecked", "IsolationMeasure", "IsolationOrdered", "Need", "NeedsTold", "Objected", "ObjectionDecided",
    "ObjectionOutcome", "PackRule", "Period", "Released", "Room", "RoomGiven", "RoomSet", "RoomState", "Stage", "Stay", "Told",
    "Transferred", "Trouble", "Way", "checks_of_day", "contact_of", "event_ids", "homes_of", "is_flagged", "last_day", "next_stage",
    "notice", "of_persons", "order_troubles", "pack_rules", "period_of", "periods_due", "release_notice", "rooms", "stays",
]  # fmt: skip


LONGEST_ROOM = 20
ROOM_WORDS = Text("A room's number has at most {n} characters.", "房号不超过 {n} 个字。")


class IsolationMeasure(Code):
    """Where somebody isolates."""

    CENTRAL = "central", "Facility quarantine", "集中隔离"
    HOME = "home", "Home quarantine", "居家隔离"
    HOME_MONITOR = "home_monitor", "Home monitoring", "居家健康监测"


class Told(Code):
    """How the person was told."""

    SPOKEN = "spoken", "Spoken", "口头告知"
    PAPER = "paper", "On paper", "书面送达"
    MESSAGE = "message", "By message", "短信告知"
    NOT_YET = "not_yet", "Not yet", "尚未告知"


class Stage(Code):
    """How far a transfer is."""

    REQUESTED = "requested", "Requested", "已申请"
    LEFT = "left", "Left", "已出发"
    ARRIVED = "arrived", "Arrived", "已到达"


class Period(Code):
    """Which reading of the day."""

    MORNING = "morning", "Morning", "早"
    EVENING = "evening", "Evening", "晚"


class Need(Code):
    """What somebody needs wherever they are."""

    MEDICINE = "medicine", "Medicine", "用药"
    DIET = "diet", "Diet", "饮食"
    PREGNANCY = "pregnancy", "Pregnancy", "孕产"
    DIALYSIS = "dialysis", "Dialysis", "透析"
    BABY = "baby", "Baby", "婴幼儿照护"
    MOBILITY = "mobility", "Help to move", "行动协助"
    OTHER = "other", "Other", "其他"


class RoomState(Code):
    """Whether somebody may be put into a room."""

    IN_USE = "in_use", "In use", "启用"
    CLOSED = "closed", "Closed", "停用"


class Way(Code):
    """By which way an objection came."""

    SPOKEN = "spoken", "Spoken", "口头"
    PHONE = "phone", "By telephone", "电话"
    PAPER = "paper", "On paper", "书面"
    PAGE = "page", "By the page", "网页"
    HELPER = "helper", "Through a helper", "他人代办"


class ObjectionOutcome(Code):
    """What became of an objection."""

    UPHELD = "upheld", "The order stands", "维持"
    CHANGED = "changed", "The order is changed", "变更"
    LIFTED = "lifted", "The order is lifted", "撤销"


Needs = Annotated[list[Need], Field(Text("Needs", "特殊需要"), "health")]


@kind(
    "isolation.ordered",
    Text("Isolation ordered", "隔离通知"),
    retention="health",
    needs=("person",),
    may=("household", "place"),
    feature="isolation",
    examples=(
        {"measure": "home", "rule": "close", "evidence": ["017f9746-d0f8-71e4-8ad3-9952171a7eca"], "until": "2022-03-25", "told": "paper"},
    ),
)
class IsolationOrdered(Said):
    """Somebody is told to stay apart, by a rule, on evidence, until a day."""

    measure: Annotated[IsolationMeasure, Field(Text("Measure", "措施"), "health")]
    rule: Annotated[Words, Field(Text("Rule", "依据规则"))]
    evidence: Annotated[
        WordList,
        Field(
            Text("Evidence", "依据记录"),
            help=Text("The numbers of the records on which it rests, at least one.", "填写所依据记录的编号，至少一条。"),
        ),
    ]
    until: Annotated[
        Time,
        Field(
            Text("Until", "截止"),
            help=Text("No order without an end: give the last day.", "隔离必须写明截止日期，请填写最后一天。"),
        ),
    ]
    told: Annotated[Told, Field(Text("How told", "告知方式"))]
    order_no: Annotated[Words, Field(Text("Order number", "文书编号"))] = ""
    other_end: Annotated[Words, Field(Text("Why it ends on another day than the rule's", "期限与规则不一致的原因"), "health")] = ""

    def check(self) -> None:
        if not self.rule.strip():
            raise Invalid("data.rule", "missing", Text("Name the rule by which this is ordered.", "请写明依据哪条规则。"))
        if not any(each.strip() for each in self.evidence):
            raise Invalid("data.evidence", "missing", Text("Name at least one record on which this rests.", "请至少列出一条依据记录。"))


@kind(
    "isolation.transferred",
    Text("Transferred", "转运"),
    retention="health",
    needs=("person",),
    may=("place", "household"),
    feature="isolation",
    examples=({"stage": "arrived", "from": "V1", "to": "ISO1"},),
)
class Transferred(Said):
    """Somebody was brought to an isolation site."""

    stage: Annotated[Stage, Field(Text("Stage", "环节"))]
    from_place: Annotated[Words, Field(Text("From", "起点"))] = msgspec.field(default="", name="from")
    to: Annotated[Words, Field(Text("To", "终点"))] = ""
    vehicle: Annotated[Words, Field(Text("Vehicle", "车辆"), "personal")] = ""
    escort: Annotated[Words, Field(Text("Escort", "护送人"), "personal")] = ""
    driver: Annotated[Words, Field(Text("Driver", "驾驶员"), "personal")] = ""
    handed_over_by: Annotated[Words, Field(Text("Handed over by", "移交人"), "personal")] = ""
    received_by: Annotated[Words, Field(Text("Received by", "接收人"), "personal")] = ""
    needs: Needs = []


@kind(
    "isolation.checked",
    Text("Health checked", "健康监测"),
    retention="health",
    needs=("person",),
    may=("place", "household"),
    feature="isolation",
    examples=({"temperature": 36.6, "period": "morning"},),
)
class HealthChecked(Said):
    """A morning's or evening's reading."""

    temperature: Annotated[Temperature | None, Field(Text("Temperature", "体温"), "health", unit=Text("°C", "°C"))] = None
    symptoms: Annotated[WordList, Field(Text("Symptoms", "症状"), "health")] = []
    period: Annotated[Period | None, Field(Text("Period", "时段"))] = None


@kind(
    "isolation.released",
    Text("Released", "解除隔离"),
    retention="health",
    needs=("person",),
    may=("place", "household"),
    feature="isolation",
    examples=({"reason": "期满且检测阴性"},),
)
class Released(Said):
    """Somebody is free to go."""

    reason: Annotated[Words, Field(Text("Reason", "原因"), "health")]
    told: Annotated[Told | None, Field(Text("How told", "告知方式"))] = None
    release_no: Annotated[Words, Field(Text("Number of the notice", "文书编号"))] = ""


@kind(
    "isolation.room_set",
    Text("Room set up", "房间设置"),
    retention="open",
    needs=("place",),
    feature="isolation",
    by_phone=False,
    examples=({"room": "301", "beds": 1, "state": "in_use"}, {"room": "302", "beds": 2, "state": "closed", "reason": "漏水"}),
)
class RoomSet(Said):
    """A room of an isolation site: how many beds it has, and whether it may be used. The latest word on a room counts."""

    room: Annotated[Words, Field(Text("Room", "房号"))]
    beds: Annotated[Quantity, Field(Text("Beds", "床位"))]
    state: Annotated[RoomState, Field(Text("State", "状态"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""

    def check(self) -> None:
        if not self.room.strip() or len(self.room) > LONGEST_ROOM:
            raise Invalid("data.room", "wrong_type", ROOM_WORDS.format(n=LONGEST_ROOM))
        if self.state is RoomState.CLOSED and not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why the room is closed.", "请写明房间停用原因。"))


@kind(
    "isolation.room_given",
    Text("Room given", "安排房间"),
    retention="health",
    needs=("person", "place"),
    feature="isolation",
    examples=({"room": "301"},),
)
class RoomGiven(Said):
    """Somebody lives in this room of a site from now on."""

    room: Annotated[Words, Field(Text("Room", "房号"))]


@kind(
    "isolation.needs_told",
    Text("Needs noted", "特殊需要登记"),
    retention="health",
    needs=("person",),
    may=("place", "household"),
    feature="isolation",
    examples=({"needs": ["medicine", "diet"], "note": "降压药每日一次"}, {}),
)
class NeedsTold(Said):
    """What somebody needs; the latest word counts, and without any need it says that there is none."""

    needs: Needs = []
    note: Annotated[Words, Field(Text("Note", "备注"), "personal")] = ""


@kind(
    "isolation.objected",
    Text("Objection", "提出异议"),
    retention="health",
    needs=("person",),
    may=("place", "household"),
    feature="isolation",
    examples=({"words": "本人当日不在该场所", "way": "phone"},),
)
class Objected(Opening):
    """Somebody objects to the order that holds them."""

    words: Annotated[Words, Field(Text("In their words", "异议内容"), "personal")]
    way: Annotated[Way | None, Field(Text("By which way", "提出方式"))] = None


@kind(
    "isolation.objection_decided",
    Text("Objection decided", "异议处理"),
    retention="health",
    needs=("person",),
    feature="isolation",
    by_form=False,
    by_phone=False,
    examples=({"objection": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "outcome": "upheld", "reason": "同乘记录属实"},),
)
class ObjectionDecided(Said):
    """Somebody other than who ordered has decided about an objection."""

    objection: Annotated[Words, Field(Text("Objection", "异议编号"))]
    outcome: Annotated[ObjectionOutcome, Field(Text("Outcome", "处理结果"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"), "health")]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.objection[:120]
