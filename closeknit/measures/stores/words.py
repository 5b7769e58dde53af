"""What is said of stores and their chiefs."""

from closeknit.console.parts import Badge, Empty
from closeknit.kit.text import Text
from closeknit.measures.coldchain.kinds import Chief
from closeknit.measures.stores.rules import Fault
from closeknit.measures.stores.standing import Store

AND, ALSO = Text(", ", "、"), Text("; ", "；")
ROLES = {each.value: each.label for each in Chief}
FAULTS = {
    "missing": Text("{role} chief: nobody is named", "{role}：未指定"),
    "stranger": Text("{role} chief: “{member}” is not on the list of members", "{role}：“{member}”不在人员名单中"),
    "elsewhere": Text(
        "{role} chief: “{member}” works in another town. Name somebody of this town or of a level above",
        "{role}：“{member}”属于其他乡镇，请改为本乡镇或上级人员",
    ),
    "shared": Text("One person holds two roles: three different people are needed", "有人兼任两级库长，须由三名不同人员担任"),
}
VALID = Badge(Text("Three chiefs", "三级库长齐备"), "good")
INVALID = Badge(Text("Not valid", "库长不合规"), "bad")
POSTED, NOT_POSTED = Badge(Text("Posted", "已公示"), "good"), Badge(Text("Not posted", "未公示"), "bad")
UNSEEN = Badge(Text("Nobody has looked", "未核查"), "watch")
NEVER = Badge(Text("Never checked", "从未检查"), "bad")
LATE, IN_TIME = Badge(Text("Check overdue", "逾期未查"), "watch"), Badge(Text("In time", "按期"), "good")
NONE = Empty(
    Text("No cold store lies here", "本辖区暂无冷库"),
    Text(
        "Stores come with places.csv, category cold_store. Then name three chiefs on each store's page and print its notice.",
        "冷库随 places.csv 导入（类别 cold_store）。导入后请在各库页面指定三级库长并打印公示牌。",
    ),
    icon="snowflake",
)


def fault(each: Fault) -> Text:
    """Why the chiefs do not hold, in words."""
    return FAULTS[each.why].format(role=ROLES.get(each.role, ""), member=each.member)


def notice(store: Store) -> Badge:
    """Whether the public notice hangs, as the last check saw it."""
    return UNSEEN if store.last is None else POSTED if store.has_notice else NOT_POSTED


def check(store: Store) -> Badge:
    """Whether the store was checked in time."""
    return NEVER if store.last is None else LATE if store.late else IN_TIME
