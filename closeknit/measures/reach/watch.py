"""What the reach tells the board: households left in villages where telling has begun; numbers, never a name."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.reach.homes import View, homes
from closeknit.measures.reach.listing import by_area


@watch(
    Rule(
        "outreach.unreached", 380, "info", "outreach.view",
        Text("Households that nobody has told: {n}", "{n} 户未宣传到位"),
        Text("See which", "查看名单"),
        Text("Most of their neighbours were told.", "邻里多数已宣传到户。"),
    )
)  # fmt: skip
def unreached(look: Look) -> Watched:
    """Where more than half of the households were told, those that were not."""
    _, lines = by_area(look.area, homes(View(look.area.code, look.now, look.policy, look.as_of)))
    begun = sorted((each for each in lines if each.left and each.reached > each.left), key=lambda each: (-each.left, each.code))
    cases = [Case(each.name, each.code, number=each.left, url=f"{links.to('reach.doors', area=each.code)}?state=left") for each in begun]
    return Watched(cases, f"{links.to('reach.doors', area=look.area.code)}?state=left")
