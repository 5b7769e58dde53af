"""How a recipient stands, in words: what most needs somebody first."""

from closeknit.console.parts import Badge
from closeknit.kit.text import Text

STATES = {
    "late": Badge(Text("unread, overdue", "逾期未阅"), "bad"), "act_late": Badge(Text("not carried out in time", "逾期未落实"), "bad"),
    "cannot": Badge(Text("says it cannot", "反映有困难"), "watch"), "unread": Badge(Text("unread", "未阅"), "watch"),
    "waiting": Badge(Text("read, to act on", "已阅，待落实"), "info"), "read": Badge(Text("read", "已阅"), "good"),
    "acted": Badge(Text("carried out", "已落实"), "good"),
}  # fmt: skip
ENDED = Badge(Text("ended", "已终止"), "quiet")
