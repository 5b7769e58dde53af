"""The words of routine testing's screens."""

from closeknit.console.parts import Empty
from closeknit.kit.text import Text

STATES = {
    "overdue": (Text("Overdue", "逾期未检"), "bad"),
    "due": (Text("Due today", "今日应检"), "watch"),
    "later": (Text("In time", "按期"), "good"),
}
DRAWN = Text("Drawn", "已抽中")
OUTSIDE = Text("lives outside your area", "住址不在您的辖区")
NO_GROUP = Empty(
    Text("No key population is kept here yet", "本辖区尚未建立重点人群组"),
    Text(
        "Make a group (hospital staff, cold-chain workers, a school), then add its people: from a list of codes or ID numbers, or by "
        "a mark of the register. Who is due then stands here by itself.",
        "先新建人群组（如医院职工、冷链从业人员、学校），再按编号、证件号名单或底册标签加入人员，应检人员即自动列出。",
    ),
    icon="users",
)
NOBODY = Empty(
    Text("Nobody is overdue here", "本辖区无逾期人员"),
    Text("Every person of the key populations was sampled in time.", "重点人群均已按期采样。"),
    icon="circle-check",
)


def every(days: int) -> Text:
    """How often a group is sampled."""
    return Text("daily", "每日一检") if days == 1 else Text("every {n} days", "每 {n} 天一检", n=days)


def part(share: float) -> Text:
    """How many of a group are drawn each time."""
    return Text("{n} % drawn", "抽检 {n}%", n=f"{share * 100:g}")
