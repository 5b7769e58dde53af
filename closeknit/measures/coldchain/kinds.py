"""What can be said of cold stores and of vehicles with frozen goods."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Decision, Field, Time, WordList, Words, check_bare_day
from closeknit.ledger.kinds import Said, kind

COLD_STORE, COLD_POST = "cold_store", "coldchain_post"  # categories of places


class Chief(Code):
    """The three responsibilities for a cold store."""

    TERRITORY = "territory", "Territory", "属地库长"
    INDUSTRY = "industry", "Industry", "行业库长"
    ENTERPRISE = "enterprise", "Enterprise", "企业库长"


@kind(
    "coldchain.store_checked",
    Text("Cold store checked", "冷库检查"),
    retention="open",
    needs=("place",),
    may=("person", "household"),
    feature="coldchain",
    examples=({"notice_posted": True, "chiefs_present": ["territory"]},),
)
class StoreChecked(Said):
    """Somebody checked a cold store."""

    notice_posted: Annotated[bool, Field(Text("Notice posted", "公示牌在位"))]
    chiefs_present: Annotated[list[Chief], Field(Text("Chiefs present", "在场库长"))] = []
    problems: Annotated[WordList, Field(Text("Problems", "发现问题"))] = []


@kind(
    "coldchain.vehicle_checked",
    Text("Cold-chain vehicle checked", "冷链车查验"),
    retention="whereabouts",
    whereabouts=True,
    needs=("place",),
    may=("person", "household"),
    feature="coldchain",
    examples=({"decision": "admitted", "certificate": True},),
)
class ColdVehicleChecked(Said):
    """A vehicle with frozen goods came to a post."""

    decision: Annotated[Decision, Field(Text("Decision", "处置"))]
    plate: Annotated[Words, Field(Text("Plate", "车牌"), "personal")] = ""
    goods: Annotated[Words, Field(Text("Goods", "货物"))] = ""
    certificate: Annotated[bool, Field(Text("Certificates complete", "证明齐全"))] = False
    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""


@kind(
    "coldchain.duty_set",
    Text("Officer of the day", "冷链查验值班"),
    retention="open",
    feature="coldchain",
    by_phone=False,
    examples=({"day": "2022-03-18", "worker": "W00001"},),
)
class DutySet(Said):
    """A member goes round the cold-chain posts of an area on a day; the latest word on a day holds."""

    day: Annotated[Time, Field(Text("Day", "日期"))]
    worker: Annotated[Words, Field(Text("Code of the officer", "执法人员编号"))]

    def check(self) -> None:
        check_bare_day("day", self.day)

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.day


def holders(chiefs: list[list[str]]) -> dict[str, set[str]]:
    """The members who hold each of the three roles: {role: members}, from [[role, member], …]."""
    return {chief.value: {member for role, member in chiefs if role == chief.value} for chief in Chief}


def has_three_chiefs(chiefs: list[list[str]]) -> bool:
    """Whether three different members hold the three roles: [[role, member], …]."""
    held = holders(chiefs)
    return all(held.values()) and len(set().union(*held.values())) >= len(Chief)
