"""What can be said of sampling and of a tube's way to a result."""

from typing import Annotated, Literal
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Invalid, Quantity, Result, Time, WordList, Words
from closeknit.ledger.kinds import Said, kind

Tube = Annotated[Words, Field(Text("Tube", "采样管编号"))]
Tubes = Annotated[WordList, Field(Text("Tubes", "采样管编号"))]
Laboratory = Annotated[Words, Field(Text("Laboratory", "检测机构"))]


class Mode(Code):
    """Where the swab was taken."""

    SITE = "site", "At the site", "采样点"
    HOME = "home", "At home", "上门采样"


class _OfTube(Said):
    """A record that is about one tube."""

    tube: Tube

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.tube


@kind(
    "testing.site_opened",
    Text("Site opened", "采样点开放"),
    retention="open",
    needs=("place",),
    feature="testing",
    examples=({"stations": 4},),
)
class SiteOpened(Said):
    """A sampling site began its work."""

    stations: Annotated[Quantity, Field(Text("Stations", "采样台数"))]


@kind(
    "testing.sampled",
    Text("Sampled", "采样登记"),
    retention="health",
    needs=("person",),
    may=("place", "household"),
    feature="testing",
    examples=({"tube": "T0001", "pool": 10, "round": "round-1", "mode": "site"},),
)
class Sampled(_OfTube):
    """A person's swab went into a tube."""

    pool: Annotated[Literal[1, 5, 10, 20], Field(Text("Pool size", "混采人数"))]
    round: Annotated[Words, Field(Text("Round", "轮次"))] = ""
    mode: Annotated[Mode | None, Field(Text("Mode", "采样方式"))] = None
    station: Annotated[Count | None, Field(Text("Station", "采样台"))] = None


@kind(
    "testing.tube_sealed",
    Text("Tube sealed", "封管"),
    retention="health",
    may=("place", "person", "household"),
    feature="testing",
    examples=({"tube": "T0001", "count": 10},),
)
class TubeSealed(_OfTube):
    """A tube was closed over so many swabs."""

    count: Annotated[Count, Field(Text("Swabs in the tube", "管内份数"))]


@kind(
    "testing.handed_over",
    Text("Tubes handed over", "样本交接"),
    retention="health",
    may=("place",),
    feature="testing",
    examples=({"tubes": ["T0001"], "box": "B01", "carrier": "甲车"},),
)
class TubesHandedOver(Said):
    """Tubes left the site in a box."""

    tubes: Tubes
    box: Annotated[Words, Field(Text("Box", "转运箱"))]
    carrier: Annotated[Words, Field(Text("Carrier", "转运人"))]


@kind(
    "testing.received",
    Text("Tubes received", "样本接收"),
    retention="health",
    may=("place",),
    feature="testing",
    examples=({"tubes": ["T0001"], "lab": "LAB1"},),
)
class TubesReceived(Said):
    """Tubes came to a laboratory."""

    tubes: Tubes
    lab: Laboratory


@kind(
    "testing.resulted",
    Text("Result", "检测结果"),
    retention="health",
    feature="testing",
    examples=({"tube": "T0001", "result": "negative", "lab": "LAB1", "tested_at": "2022-03-18T20:00:00+08:00"},),
)
class Resulted(_OfTube):
    """A laboratory found something, or nothing, in a tube."""

    result: Annotated[Result, Field(Text("Result", "结果"), "health")]
    lab: Laboratory
    tested_at: Annotated[Time, Field(Text("Tested", "检测时间"))]


@kind(
    "testing.environment_sampled",
    Text("Environment sampled", "环境采样"),
    retention="open",
    needs=("place",),
    feature="testing",
    examples=({"tube": "E0001", "object": "门把手"},),
)
class EnvironmentSampled(_OfTube):
    """A surface or goods were swabbed."""

    object: Annotated[Words, Field(Text("Object", "采样对象"))]


@kind(
    "testing.site_closed",
    Text("Site closed", "采样点收点"),
    retention="open",
    needs=("place",),
    feature="testing",
    examples=({"disinfected": True, "waste_bags": 6, "carrier": "乙车"},),
)
class SiteClosed(Said):
    """A site was disinfected and its waste handed over."""

    disinfected: Annotated[bool, Field(Text("Disinfected", "已消杀"))]
    waste_bags: Annotated[Count | None, Field(Text("Bags of waste", "医废袋数"))] = None
    waste_kg: Annotated[float | None, Field(Text("Weight of waste", "医废重量"), unit=Text("kg", "千克"))] = None
    carrier: Annotated[Words, Field(Text("Carrier", "转运人"))] = ""


class Matter(Code):
    """What does not reconcile about a tube."""

    NEVER_RECEIVED = "never_received", "Result, never received", "有结果未接收"
    NEVER_HANDED_OVER = "never_handed_over", "Received, never handed over", "已接收未交接"
    COUNT = "count", "Count differs", "份数不符"
    HANDED_TWICE = "handed_twice", "Handed over twice", "重复交接"
    TWO_TUBES = "two_tubes", "A person in two tubes", "一人两管"
    NO_SAMPLE = "no_sample", "No sample known", "无采样登记"
    NOT_SEALED = "not_sealed", "Not sealed in time", "超时未封管"
    NOT_HANDED_OVER = "not_handed_over", "Not handed over in time", "超时未交接"
    NOT_RECEIVED = "not_received", "Not received in time", "超时未接收"
    NOT_RESULTED = "not_resulted", "No result in time", "超时无结果"


@kind(
    "testing.cleared",
    Text("Matter of a tube cleared", "采样管问题核销"),
    retention="health",
    feature="testing",
    by_form=False,
    by_phone=False,
    examples=({"tube": "T0001", "matter": "count", "reason": "清点有误，复核为 9 份"},),
)
class TubeCleared(_OfTube):
    """Somebody looked into what does not reconcile about a tube, and says why it may rest. No figure changes by it."""

    matter: Annotated[Matter, Field(Text("What does not reconcile", "不符事项"))]
    reason: Annotated[Words, Field(Text("What was found", "核查情况"), "personal")]

    def check(self) -> None:
        if not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say what was found.", "请填写核查情况。"))
