"""What cold-chain posts tell the board: those over which nobody is on duty today."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.coldposts.standing import rota
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch


@watch(
    Rule(
        "coldchain.posts", 414, "bad", "coldchain.view",
        Text("Cold-chain posts without an officer today: {n}", "{n} 个冷链查验点今日无人值班"),
        Text("Set the officers", "排定值班"),
        Text("One enforcement officer a day goes round the posts.", "每日须有一名执法人员巡查各查验点。"),
    )
)  # fmt: skip
def unstaffed(look: Look) -> Watched:
    """Posts without an officer on this local day."""
    if not look.policy.has("coldchain"):
        return Watched([])
    day = look.now.astimezone(look.policy.timezone).date()
    kept = rota(look.area.code, [day], look.now, look.as_of)
    url = links.to("coldposts.roster", area=look.area.code)
    return Watched([Case(post.name, post.area, look.midnight, url=url) for post in kept.without(day)], url)
