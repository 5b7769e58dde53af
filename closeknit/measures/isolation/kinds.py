"""What can be said of isolation: ordered, transferred, checked, released."""

from typing import Annotated

import msgspec

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Temperature, Time, WordList, Words
from closeknit.ledger.kinds import Said, kind


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
    evidence: Annotated[WordList, Field(Text("Evidence", "依据记录"))]
    until: Annotated[Time, Field(Text("Until", "截止"))]
    told: Annotated[Told, Field(Text("How told", "告知方式"))]
    order_no: Annotated[Words, Field(Text("Order number", "文书编号"))] = ""


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
