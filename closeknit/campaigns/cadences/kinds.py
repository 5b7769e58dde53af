"""What can be said of key populations: groups of people, who belongs to them, who was drawn."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from closeknit.kit.text import Text
from closeknit.ledger.fields import CODE_LENGTH, Count, Field, Invalid, Quantity, Time, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.ledger.models import Event

LONGEST = 60
MOST_DRAWN = 5000
Group = Annotated[Words, Field(Text("Group", "人群组编号"))]
Share = Annotated[float, Meta(gt=0, le=1)]
PersonCode = Annotated[str, Meta(max_length=CODE_LENGTH)]
SchoolClass = Annotated[Words, Field(Text("Class", "班级"))]
BAD_CODE = Text("A group's code is one line of at most {n} characters, without a slash.", "人群组编号为一行，不超过 {n} 个字符，不含斜线。")


class _OfGroup(Said):
    """A record that is about one group."""

    group: Group

    def check(self) -> None:
        if not self.group.isprintable() or not self.group.strip() or len(self.group) > LONGEST or "/" in self.group:
            raise Invalid("data.group", "wrong_type", BAD_CODE.format(n=LONGEST))

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.group


@kind(
    "routine.group_set",
    Text("Key population set", "重点人群组设定"),
    retention="roster",
    may=("place",),
    feature="testing",
    by_phone=False,
    examples=({"group": "KP-001", "label": "第一人民医院职工", "category": "hospital_staff", "cadence_days": 1},),
)
class GroupSet(_OfGroup):
    """A group of people is sampled every so many days, or so large a share of it is drawn; the latest word on a group holds."""

    label: Annotated[Words, Field(Text("What it is called", "名称"))]
    category: Annotated[Words, Field(Text("Category", "人群类别"), help=Text("A category of the policy pack.", "政策包中的人群类别。"))]
    label_en: Annotated[Words, Field(Text("Its name in English", "英文名称"))] = ""
    cadence_days: Annotated[
        Quantity | None,
        Field(Text("Every so many days", "检测间隔天数"), help=Text("Left empty: as the pack says.", "不填则按政策包。")),
    ] = None
    share: Annotated[
        Share | None,
        Field(Text("Share drawn each time", "每次抽检比例"), help=Text("Only where not everybody is sampled.", "仅抽检的人群填写。")),
    ] = None
    from_day: Annotated[Time, Field(Text("From", "起始日期"))] = ""
    until_day: Annotated[Time, Field(Text("Until", "结束日期"))] = ""

    def check(self) -> None:
        super().check()
        if not self.label.strip():
            raise Invalid("data.label", "missing", Text("Say what the group is called.", "请填写人群组名称。"))
        if self.until_day and self.from_day and self.until_day[:10] < self.from_day[:10]:
            raise Invalid("data.until_day", "contradicts", Text("It ends before it begins.", "结束日期早于起始日期。"))


@kind(
    "routine.member_added",
    Text("Joined a key population", "纳入重点人群"),
    retention="roster",
    needs=("person",),
    feature="testing",
    by_phone=False,
    examples=({"group": "KP-001"}, {"group": "SCH-01", "school_class": "三年级2班", "from_day": "2022-02-14"}),
)
class MemberAdded(_OfGroup):
    """A person belongs to a group from a day on; in a school, to a class of it."""

    school_class: SchoolClass = ""
    from_day: Annotated[Time, Field(Text("From", "起始日期"))] = ""


@kind(
    "routine.member_left",
    Text("Left a key population", "移出重点人群"),
    retention="roster",
    needs=("person",),
    feature="testing",
    by_phone=False,
    examples=({"group": "KP-001", "why": "调离岗位"},),
)
class MemberLeft(_OfGroup):
    """A person does not belong to a group any more."""

    why: Annotated[Words, Field(Text("Why", "原因"))] = ""


@kind(
    "routine.drawn",
    Text("Drawn for sampling", "随机抽检"),
    retention="roster",
    feature="testing",
    by_form=False,
    by_phone=False,
    examples=(
        {
            "group": "SCH-01", "share": 0.5, "day": "2022-03-14", "salt": "9f2c", "seed": "6b86b273", "until_day": "2022-03-15",
            "among": 2, "of": "d4735e3a", "drawn": ["P1"],
        },
    ),
)  # fmt: skip
class Drawn(_OfGroup):
    """Some of a group were drawn by lot and are due once: of each class the share that the seed puts first, or a number of all."""

    seed: Annotated[Words, Field(Text("Seed", "随机种子"))]
    salt: Annotated[Words, Field(Text("Chance word", "随机字串"))]
    day: Annotated[Time, Field(Text("Day of the draw", "抽取日期"))]
    until_day: Annotated[Time, Field(Text("To be sampled by", "采样截止日期"))]
    of: Annotated[Words, Field(Text("Fingerprint of the list drawn from", "抽取名单指纹"))]
    among: Annotated[Count, Field(Text("Drawn from", "名单人数"))]
    drawn: Annotated[Annotated[list[PersonCode], Meta(max_length=MOST_DRAWN)], Field(Text("Who was drawn", "抽中人员"))]
    share: Annotated[Share | None, Field(Text("Share", "抽检比例"))] = None
    number: Annotated[Quantity | None, Field(Text("Number", "抽检人数"))] = None
    school_class: SchoolClass = ""

    def check(self) -> None:
        super().check()
        if (self.share is None) == (self.number is None):
            raise Invalid("data.share", "contradicts", Text("A draw takes a share or a number, not both.", "抽检比例与人数须二选一。"))
        if len(set(self.drawn)) != len(self.drawn) or len(self.drawn) > self.among:
            raise Invalid("data.drawn", "contradicts", Text("Somebody stands in the draw twice.", "抽中名单有重复。"))


def belonging(events: Iterable[Event], other_names: Mapping[str, str] = MappingProxyType({})) -> dict[tuple[str, str], Event]:
    """Who belongs to which group by these standing records: (group, person) and the record of the joining; the latest word holds.

    other_names: codes of persons and those for which they stand.
    """
    held: dict[tuple[str, str], Event] = {}
    for event in sorted(events, key=lambda event: event.order):
        key = event.topic, other_names.get(event.person, event.person)
        if event.kind == "routine.member_added":
            held[key] = event
        elif event.kind == "routine.member_left":
            held.pop(key, None)
    return held
