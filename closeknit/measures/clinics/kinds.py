"""What can be said of medical institutions. No patient is named in any of it."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Count, Field, Invalid, Quantity, Time, WordList, Words, check_bare_day
from closeknit.ledger.kinds import Said, kind

TOO_MANY = Text("More were reported up than came. Check both numbers.", "上报人次多于发热就诊人次，请核对。")


class Working(Code):
    """Whether something that an institution must have does its work."""

    WORKS = "works", "Works as it should", "运行规范"
    FAILS = "fails", "Does not work as it should", "运行不规范"
    NONE = "none", "There is none", "未设置"


class PassedTo(Code):
    """Who was told."""

    COUNTY = "county", "The county's health office", "县级卫健部门"
    HOSPITAL = "hospital", "A fever clinic or hospital", "发热门诊或上级医院"
    OTHER = "other", "Others", "其他"


@kind(
    "clinics.checked",
    Text("Medical institution checked", "医疗机构检查"),
    retention="open",
    needs=("place",),
    examples=({"triage": "works", "fever_clinic": "none", "problems": ["预检分诊台无人值守"]},),
)
class ClinicChecked(Said):
    """Somebody looked at an institution's triage, its fever clinic and its entrance."""

    triage: Annotated[Working, Field(Text("Triage at the entrance", "预检分诊"))]
    fever_clinic: Annotated[Working, Field(Text("Fever clinic", "发热门诊（诊室）"))]
    scanning: Annotated[bool | None, Field(Text("Everybody registers by code", "落实扫码登记"), feature="venue_code")] = None
    problems: Annotated[WordList, Field(Text("Problems", "发现问题"))] = []


class _OfDay(Said):
    """A record that is about one day of an institution."""

    day: Annotated[Time, Field(Text("Day", "日期"))]

    def check(self) -> None:
        check_bare_day("day", self.day)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.day


@kind(
    "clinics.day_reported",
    Text("Fever visits of a day", "发热就诊日报"),
    retention="open",
    needs=("place",),
    examples=({"day": "2022-03-18", "fever_visits": 0}, {"day": "2022-03-18", "fever_visits": 3, "passed_up": 1}),
)
class DayReported(_OfDay):
    """An institution says how many patients with fever it saw on a day; none is a report too, and the latest word holds."""

    fever_visits: Annotated[Count, Field(Text("Fever visits", "发热就诊人次"))]
    passed_up: Annotated[Count, Field(Text("Of these reported up already", "其中已上报人次"))] = 0
    note: Annotated[Words, Field(Text("Note (name nobody)", "备注（勿写姓名）"), "personal")] = ""

    def check(self) -> None:
        super().check()
        if self.passed_up > self.fever_visits:
            raise Invalid("data.passed_up", "contradicts", TOO_MANY)


@kind(
    "clinics.passed_up",
    Text("Fever visits reported up", "发热就诊上报"),
    retention="open",
    needs=("place",),
    examples=({"day": "2022-03-18", "number": 2, "to": "county"},),
)
class PassedUp(_OfDay):
    """Fever visits of a day were reported to whoever has to know."""

    number: Annotated[Quantity, Field(Text("How many visits", "上报人次"))]
    to: Annotated[PassedTo, Field(Text("Reported to", "上报对象"))]
    words: Annotated[Words, Field(Text("Words (name nobody)", "说明（勿写姓名）"))] = ""
