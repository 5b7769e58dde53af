"""What can be said of whether a zone is kept as it should be: the only file that other measures read."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, WordList, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.zones.kinds import ZoneNumber, check_number


@kind(
    "zonechecks.checked",
    Text("Zone checked", "管控区检查"),
    retention="open",
    by_form=False,
    by_phone=False,
    feature="zones",
    examples=({"zone": "Z7E67A02B8", "met": ["doors_open", "posts_manned"], "not_met": ["notice_posted"], "note": "2单元未张贴"},),
)
class ZoneChecked(Said):
    """Somebody looked at a zone by the standards of the pack. Of each standard the latest word counts."""

    zone: ZoneNumber
    met: Annotated[WordList, Field(Text("Met", "达标"))] = []
    not_met: Annotated[WordList, Field(Text("Not met", "未达标"))] = []
    note: Annotated[Words, Field(Text("What was found", "发现的问题"), "personal")] = ""

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.zone

    def check(self) -> None:
        check_number("zone", self.zone)
        if not self.met and not self.not_met:
            raise Invalid("data.met", "missing", Text("Answer at least one of the standards.", "请至少对一项标准作出判断。"))
        if set(self.met) & set(self.not_met):
            raise Invalid("data.not_met", "against_rule", Text("A standard is either met or not.", "同一标准不能既达标又未达标。"))
