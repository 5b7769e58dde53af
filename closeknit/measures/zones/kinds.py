"""What can be said of zones, and what they come to: the only file that other measures read."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Time, WordList, Words, parse_time
from closeknit.ledger.kinds import Opening, Said, kind
from closeknit.measures.zones.living import Living, living, related
from closeknit.measures.zones.reading import all_zones, touching, zone_of
from closeknit.measures.zones.rules import CARE, Named, Trouble, doors, exceptions, label, longest, named, order_troubles
from closeknit.measures.zones.zone import STATES, Zone, begins, counts, ends, in_order

__all__ = [
    "CARE", "LONGEST_NUMBER", "NUMBER_WORDS", "STATES", "Living", "Named", "Trouble", "Way", "Zone", "ZoneAnnounced", "ZoneConditionNoted",
    "ZoneLifted", "ZoneNumber", "ZoneObjected", "ZoneObjectionDecided", "ZoneOrdered", "ZoneOutcome", "ZoneTold", "all_zones", "begins",
    "check_number", "check_span", "counts", "doors", "ends", "exceptions", "in_order", "label", "living", "longest", "named",
    "order_troubles", "related", "touching", "zone_of",
]  # fmt: skip

LONGEST_NUMBER, MOST_CODES = 40, 2_000
NUMBER_WORDS = Text(
    "A number is one line of at most {n} characters, without a slash.", "编号为一行，不超过 {n} 个字，不含斜杠。", n=LONGEST_NUMBER
)
NO_END = Text(
    "Nobody is closed in without an end: give the day and hour at which it ends by itself.",
    "管控必须写明截止时间，到期自行解除，请填写日期和时刻。",
)
NO_BASIS = Text(
    "Name the legal basis: which law or decision allows this, such as “Law on Infectious Diseases, article 42”.",
    "管控必须有法律依据，请写明依据的法律条款或上级决定，如“《传染病防治法》第四十二条”。",
)
Codes = Annotated[list[Words], Meta(max_length=MOST_CODES)]


class Way(Code):
    """By which way an objection came."""

    SPOKEN = "spoken", "Spoken", "口头"
    PHONE = "phone", "By telephone", "电话"
    PAPER = "paper", "On paper", "书面"
    PAGE = "page", "By the page", "网页"
    HELPER = "helper", "Through a helper", "他人代办"


class ZoneTold(Code):
    """How those who live there were told."""

    POSTED = "posted", "Posted at the entrances", "出入口张贴"
    BROADCAST = "broadcast", "By loudspeaker", "广播通知"
    MESSAGE = "message", "By message", "短信或群消息"
    DOOR = "door", "At each door", "逐户告知"


class ZoneOutcome(Code):
    """What became of an objection."""

    UPHELD = "upheld", "The order stands", "维持"
    EXCEPTED = "excepted", "The household is excepted", "该户不再纳入"


def check_number(name: str, value: str) -> None:
    """Raises `Invalid` where a number cannot be one of a page."""
    if not value.strip() or not value.isprintable() or "/" in value or len(value) > LONGEST_NUMBER:
        raise Invalid(f"data.{name}", "wrong_type", NUMBER_WORDS)


def check_span(begins: str, ends: str) -> None:
    """Raises `Invalid` where one of two times is none with an hour, or the end does not come after the beginning."""
    times = {"from_at": parse_time(begins), "until_at": parse_time(ends)}
    for name, value in times.items():
        if not isinstance(value, datetime):
            raise Invalid(f"data.{name}", "wrong_time", Text("Give the hour as well, not the day alone.", "请写明具体时刻，不能只写日期。"))
    if not times["from_at"] < times["until_at"]:
        raise Invalid(
            "data.until_at",
            "out_of_range",
            Text("The end lies before the beginning. Give a later one.", "截止早于开始，请填写更晚的时间。"),
        )


ZoneNumber = Annotated[Words, Field(Text("Zone", "管控区编号"))]


class _OfZone(Said):
    """A record that is about one zone."""

    zone: ZoneNumber

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.zone

    def check(self) -> None:
        check_number("zone", self.zone)


@kind(
    "zones.ordered",
    Text("Zone ordered", "划定管控区"),
    retention="open",
    by_form=False,
    by_phone=False,
    feature="zones",
    examples=(
        {
            "zone": "Z7E67A02B8", "name": "河街3栋", "measure": "stay_home", "basis": "《传染病防治法》第四十二条", "authority": "县指挥部",
            "from_at": "2022-03-18T12:00:00+08:00", "until_at": "2022-03-21T12:00:00+08:00", "areas": ["433122108001-G01"],
            "lifts": ["no_new_case"], "exceptions": ["emergency_care"], "order_no": "2022年第1号",
        },
    ),
)  # fmt: skip
class ZoneOrdered(_OfZone):
    """An area, a building or some households are told to stay, by a law, until an hour, with exceptions and with what lifts it."""

    name: Annotated[Words, Field(Text("Name of the zone", "管控区名称"))]
    measure: Annotated[Words, Field(Text("Measure", "措施"))]
    basis: Annotated[Words, Field(Text("Legal basis", "法律依据"), help=NO_BASIS)]
    authority: Annotated[Words, Field(Text("Who orders it", "决定机关"))]
    from_at: Annotated[Time, Field(Text("From", "开始时间"))]
    until_at: Annotated[Time, Field(Text("Until", "截止时间"), help=NO_END)]
    lifts: Annotated[WordList, Field(Text("What lifts it", "解除条件"))]
    areas: Annotated[Codes, Field(Text("Areas", "所含地区"))] = []
    households: Annotated[Codes, Field(Text("Households", "所含户"))] = []
    without: Annotated[Codes, Field(Text("Households left out", "不纳入的户"))] = []
    exceptions: Annotated[WordList, Field(Text("Exceptions", "例外情形"))] = []
    other_exceptions: Annotated[WordList, Field(Text("Other exceptions", "其他例外"))] = []
    order_no: Annotated[Words, Field(Text("Order number", "文书编号"))] = ""
    delivers: Annotated[Words, Field(Text("What is brought to the door", "上门服务内容"))] = ""
    why: Annotated[Words, Field(Text("Why it is extended or changed", "延长或变更理由"))] = ""

    def check(self) -> None:
        super().check()
        for name, text in (
            ("basis", NO_BASIS),
            ("authority", Text("Say which authority orders this.", "请写明由哪个机关决定。")),
            ("name", Text("Give the zone a name that people there know.", "请填写群众熟悉的管控区名称。")),
        ):
            if not getattr(self, name).strip():
                raise Invalid(f"data.{name}", "missing", text)
        if not any(code.strip() for code in self.lifts):
            raise Invalid("data.lifts", "missing", Text("Say what lifts it: choose at least one condition.", "请至少选择一项解除条件。"))
        if not self.areas and not self.households:
            raise Invalid(
                "data.areas", "missing", Text("Choose the areas, buildings or households that it covers.", "请选择所含的地区、楼栋或户。")
            )
        check_span(self.from_at, self.until_at)


@kind(
    "zones.lifted",
    Text("Zone lifted", "解除管控区"),
    retention="open",
    by_form=False,
    by_phone=False,
    feature="zones",
    examples=({"zone": "Z7E67A02B8", "reason": "连续7天无新增，末轮检测全部阴性"},),
)
class ZoneLifted(_OfZone):
    """A zone ends before its end: everybody there is free from now on."""

    reason: Annotated[Words, Field(Text("Reason", "解除理由"))]


@kind(
    "zones.condition_noted",
    Text("Condition of lifting noted", "登记解除条件"),
    retention="open",
    by_form=False,
    by_phone=False,
    feature="zones",
    examples=({"zone": "Z7E67A02B8", "condition": "no_new_case", "met": True, "ground": "3月11日起无新增"},),
)
class ZoneConditionNoted(_OfZone):
    """Whether one of the conditions that lift a zone is met; the latest word counts."""

    condition: Annotated[Words, Field(Text("Condition", "解除条件"))]
    met: Annotated[bool, Field(Text("Is it met?", "是否达到"))]
    ground: Annotated[Words, Field(Text("On what this rests", "依据"))]


@kind(
    "zones.announced",
    Text("Zone announced", "发布管控通告"),
    retention="open",
    by_form=False,
    by_phone=False,
    feature="zones",
    examples=({"zone": "Z7E67A02B8", "way": "posted", "where": "各单元门口"},),
)
class ZoneAnnounced(_OfZone):
    """Those who live there were told what holds now: the order, its change, or its end."""

    way: Annotated[ZoneTold, Field(Text("How told", "告知方式"))]
    where: Annotated[Words, Field(Text("Where", "位置"))] = ""


@kind(
    "zones.objected",
    Text("Objection to a zone", "对管控提出异议"),
    retention="roster",
    needs=("household",),
    may=("person",),
    by_form=False,
    by_phone=False,
    feature="zones",
    examples=({"zone": "Z7E67A02B8", "words": "本户不在该楼栋", "way": "phone"},),
)
class ZoneObjected(Opening):
    """A household objects to the order that closes it in."""

    zone: ZoneNumber
    words: Annotated[Words, Field(Text("In their words", "异议内容"), "personal")]
    way: Annotated[Way | None, Field(Text("By which way", "提出方式"))] = None


@kind(
    "zones.objection_decided",
    Text("Objection to a zone decided", "管控异议处理"),
    retention="roster",
    needs=("household",),
    by_form=False,
    by_phone=False,
    feature="zones",
    examples=({"zone": "Z7E67A02B8", "objection": "017f9746-d0f8-71e4-8ad3-9952171a7eca", "outcome": "excepted", "reason": "属实"},),
)
class ZoneObjectionDecided(Said):
    """Somebody other than who ordered has decided about an objection."""

    zone: ZoneNumber
    objection: Annotated[Words, Field(Text("Objection", "异议编号"))]
    outcome: Annotated[ZoneOutcome, Field(Text("Outcome", "处理结果"))]
    reason: Annotated[Words, Field(Text("Reason", "原因"), "personal")]

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.objection[:120]
