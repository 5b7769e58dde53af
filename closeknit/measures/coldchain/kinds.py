"""What can be said of cold stores and of vehicles with frozen goods."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Decision, Field, WordList, Words
from closeknit.ledger.kinds import Said, kind


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
