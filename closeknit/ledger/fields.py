"""The types of a kind's fields: what is allowed, how sensitive it is, what it is called."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Meta

from closeknit.kit import clock
from closeknit.kit.text import Text

Privacy = Literal["open", "personal", "health"]
CODE_LENGTH = 80  # of a household, a person, a place: what every column for one holds
LONGEST_NAME = 80  # by its name a team, an order or a call has its address
MEMBER_CODES = Text("Codes of members, one a line.", "人员编号，每行一个。")
ONE_LINE = Text("One line of at most {n} characters.", "一行，不超过 {n} 个字符。", n=LONGEST_NAME)
BARE_DAY = Text("A day without an hour, such as 2022-03-18.", "填写日期，如 2022-03-18，不带时刻。")
BEFORE = Text("The end lies before the beginning.", "结束时间早于开始时间。")


@dataclass(frozen=True)
class Field:
    """How a field is shown and guarded: `personal` values are encrypted; `feature` names what the pack must have for it to be asked."""

    label: Text
    privacy: Privacy = "open"
    unit: Text | None = None
    help: Text | None = None
    feature: str = ""


@dataclass(frozen=True)
class Moment:
    """Marks a text that must be an ISO 8601 time with offset, or a bare day."""


Words = Annotated[str, Meta(max_length=4000)]
Count = Annotated[int, Meta(ge=0)]
Quantity = Annotated[int, Meta(ge=1)]
Temperature = Annotated[float, Meta(ge=30, le=45)]
Time = Annotated[str, Meta(max_length=40), Moment()]
WordList = Annotated[list[Words], Meta(max_length=500)]


class Code(StrEnum):
    """A closed list of codes; each has a label in both languages."""

    label: Text

    def __new__(cls, value: str, en: str, zh: str) -> "Code":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(en, zh)
        return member


class Invalid(Exception):
    """A record is not valid: which field, a stable reason, and a text that says what is allowed and what to do."""

    def __init__(self, field: str, reason: str, text: Text) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason, self.text = field, reason, text


def parse_time(value: str, *, day_allowed: bool = True) -> datetime | date:
    """An ISO 8601 time with offset, or a bare day where that is allowed. Raises ValueError for anything else.

    A bare day has one form, with year, month and day: many records are found by their day as it is written.
    """
    said = date.fromisoformat(value) if day_allowed and len(value) == 10 else datetime.fromisoformat(value)
    if isinstance(said, datetime) and said.tzinfo is None:
        raise ValueError("no offset")
    if not isinstance(said, datetime) and said.isoformat() != value:
        raise ValueError("a day of a week")
    if not clock.can_be_meant(said):
        raise ValueError("not of our times")
    return said


def day_of(value: str) -> date | None:
    """The day that a checked time or bare day says, as it is written; None where nothing is said."""
    said = parse_time(value) if value else None
    return said.date() if isinstance(said, datetime) else said


def end_of(until: str, zone: timezone) -> datetime:
    """When what lasts until then is over: a bare day lasts to its end there. Raises ValueError for what is no time."""
    said = parse_time(until)
    return said if isinstance(said, datetime) else datetime.combine(said + timedelta(days=1), time(), zone)


def check_one_line(name: str, value: str) -> None:
    """Raises Invalid unless the field holds one line, not blank, of at most LONGEST_NAME characters."""
    if not value.strip() or not value.isprintable() or len(value) > LONGEST_NAME:
        raise Invalid(f"data.{name}", "wrong_type", ONE_LINE)


def check_bare_day(name: str, value: str) -> None:
    """Raises Invalid unless the field holds a day and no time of it; that it is a day at all is the judge's to see."""
    if len(value) != len("2022-03-18"):
        raise Invalid(f"data.{name}", "wrong_type", BARE_DAY)


def check_order(name: str, begins: str, ends: str) -> None:
    """Raises Invalid for the field that holds the end where it lies before the beginning; either may be empty.

    Two times are compared as instants, whatever their offsets; where one is a bare day, the days that were written.
    """
    if begins and ends and _before(ends, begins):
        raise Invalid(f"data.{name}", "out_of_range", BEFORE)


def _before(one: str, other: str) -> bool:
    first, second = parse_time(one), parse_time(other)
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first < second
    return one[:10] < other[:10]


def plain_type(hint: Any) -> tuple[Any, list[Meta]]:
    """The type beneath Annotated and Optional, and the bounds that were met on the way down."""
    bounds: list[Meta] = []
    while True:
        if get_origin(hint) is Annotated:
            hint, *rest = get_args(hint)
            bounds += [each for each in rest if isinstance(each, Meta)]
        elif get_origin(hint) in (Union, UnionType):
            hint = next(each for each in get_args(hint) if each is not NoneType)
        else:
            return hint, bounds


class Decision(Code):
    """What a post decided."""

    ADMITTED = "admitted", "Admitted", "放行"
    TURNED_AWAY = "turned_away", "Turned away", "劝返"
    REFERRED = "referred", "Referred", "转交处置"


class Result(Code):
    """What a laboratory found."""

    NEGATIVE = "negative", "Negative", "阴性"
    POSITIVE = "positive", "Positive", "阳性"
    INCONCLUSIVE = "inconclusive", "Inconclusive", "可疑"
    INVALID = "invalid", "Invalid", "无效"
