"""What can be said of a checkpoint itself: the only file that other measures read."""

from typing import Annotated

from closeknit.kit.text import Text
from closeknit.ledger.fields import Code, Field, Invalid, Words
from closeknit.ledger.kinds import Said, kind


class PostType(Code):
    """Where a checkpoint stands."""

    EXPRESSWAY = "expressway", "Expressway entrance or exit", "高速公路出入口"
    COUNTY_ROAD = "county_road", "County border road", "县际道路"
    WHARF = "wharf", "Ferry wharf", "渡口码头"
    COMPOUND_GATE = "compound_gate", "Compound gate", "小区门岗"
    MARKET = "market", "Market", "市场"
    STATION = "station", "Station", "车站"
    COLD_CHAIN = "cold_chain", "Cold-chain logistics point", "冷链物流点"
    OTHER = "other", "Other", "其他"


class PostState(Code):
    """Whether a checkpoint is manned."""

    OPEN = "open", "Manned", "启用"
    CLOSED = "closed", "Closed", "停用"


@kind(
    "checkpoints.post_set",
    Text("Checkpoint set up", "卡点设置"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"type": "expressway", "state": "open", "hours": "24小时"}, {"type": "wharf", "state": "closed", "reason": "渡口停航"}),
)
class PostSet(Said):
    """Of which type a checkpoint is, and whether it is manned. The latest word on a post counts."""

    type: Annotated[PostType, Field(Text("Type", "类型"))]
    state: Annotated[PostState, Field(Text("State", "状态"))]
    hours: Annotated[Words, Field(Text("Hours", "值守时间"))] = ""
    reason: Annotated[Words, Field(Text("Reason", "原因"))] = ""

    def check(self) -> None:
        if self.state is PostState.CLOSED and not self.reason.strip():
            raise Invalid("data.reason", "missing", Text("Say why the checkpoint is closed.", "请写明停用原因。"))
