"""What can be said of a venue's entrances."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.measures.venues.kinds import Entrance, entrance_fits


class EntranceState(Code):
    """Whether people go in there."""

    IN_USE = "in_use", "In use", "启用"
    CLOSED = "closed", "Closed", "停用"


@kind(
    "venues.entrance_set",
    Text("Entrance set", "出入口设置"),
    retention="open",
    needs=("place",),
    feature="venue_code",
    by_phone=False,
    examples=({"entrance": "北门", "state": "in_use"}, {"state": "closed", "reason": "歇业"}),
)
class EntranceSet(Said):
    """People go in there, or not any more. The latest word on an entrance counts."""

    state: Annotated[EntranceState, Field(Text("State", "状态"))]
    entrance: Entrance = ""
    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""

    def check(self) -> None:
        entrance_fits(self.entrance)
        if self.state is EntranceState.CLOSED and not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why the entrance is closed.", "请写明停用原因。"))


@kind(
    "venues.entrance_checked",
    Text("Entrance looked at", "出入口查看"),
    retention="open",
    needs=("place",),
    feature="venue_code",
    examples=({"posted": True, "by_hand": True}, {"entrance": "北门", "posted": True, "by_hand": False}),
)
class EntranceChecked(Said):
    """Somebody looked whether the code hangs there, and whether whoever has no phone registers there too."""

    posted: Annotated[bool, Field(Text("The code hangs there", "已张贴登记码"))]
    by_hand: Annotated[
        bool,
        Field(
            Text("A way in without a phone", "设有无手机通道"),
            help=Text("A paper sheet, an ID that is looked at, or somebody who helps.", "纸质登记、查看证件或专人代登记。"),
        ),
    ]
    entrance: Entrance = ""

    def check(self) -> None:
        entrance_fits(self.entrance)
