"""What staffing tells the board."""

from dataclasses import replace

from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.measures.staffing.presence import Site, sites
from closeknit.measures.workforce.kinds import post_words


def _sites(look: Look) -> list[Site]:
    return look.once("staffing", lambda: sites(look.area.code, look.policy, look.now, look.as_of))  # type: ignore[no-any-return]


def _case(look: Look, site: Site) -> Case:
    name = Text("{place}, {post}", "{place} {post}", place=site.name, post=post_words(site.post, look.policy))
    return Case(name, site.area, number=site.short, url=links.to("staffing.place", code=site.place))


def _listed(look: Look, state: str) -> str:
    return f"{links.to('staffing.board', area=look.area.code)}?state={state}"


@watch(
    Rule(
        "staffing.empty", 50, "bad", "workforce.view",
        Text("Posts standing empty: {n}", "{n} 个岗位空岗"),
        Text("Need and presence", "需求与在岗"),
        Text("Nobody stands where somebody has to.", "应有人值守而无人在岗。"),
    )
)  # fmt: skip
def empty(look: Look) -> Watched:
    """Posts at which nobody stands though somebody has to."""
    cases = [replace(_case(look, each), number=1) for each in _sites(look) if each.empty]
    return Watched(cases, _listed(look, "empty"))


@watch(
    Rule(
        "staffing.short", 170, "watch", "workforce.view",
        Text("People short at posts: {n}", "岗位缺员 {n} 人"),
        Text("Need and presence", "需求与在岗"),
        Text("Those who are there work for two.", "在岗人员在顶班。"),
    )
)  # fmt: skip
def short(look: Look) -> Watched:
    """Posts at which fewer stand than are needed."""
    return Watched([_case(look, each) for each in _sites(look) if each.short and not each.empty], _listed(look, "gap"))


@glance(70, "workforce.view")
def staffed(look: Look) -> Glance | None:
    """How many are needed, and how many stand there."""
    every = _sites(look)
    if not every:
        return None
    missing = sum(each.short for each in every)
    tiles = [
        Tile(sum(each.present for each in every), Text("On duty at sites", "点位在岗")),
        Tile(sum(each.needed for each in every), Text("Needed", "需要")),
        Tile(missing, Text("Short", "缺员"), _listed(look, "gap"), tone="watch" if missing else "good"),
    ]
    return Glance(Text("Staffing", "岗位力量"), tiles, url=links.to("staffing.board", area=look.area.code))
