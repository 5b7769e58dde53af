"""What controls tell the board."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.controls.control import unguarded


@watch(
    Rule(
        "controls.unguarded", 227, "watch", "controls.view",
        Text("Squares that nobody guards while gatherings are suspended: {n}", "活动暂停期间无人值守巡逻的广场：{n} 处"),
        Text("See which", "查看广场"),
        Text("People gather where nobody comes by.", "无人巡查处易形成聚集。"),
    )
)  # fmt: skip
def alone(look: Look) -> Watched:
    """Squares without a post or a patrol for too long."""
    found = unguarded(look.area.code, look.now, look.policy, until=look.now if look.as_of else None, as_of=look.as_of)
    url = links.to("controls.squares", area=look.area.code)
    return Watched([Case(each.name, each.area, url=url) for each in found], url)
