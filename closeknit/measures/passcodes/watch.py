"""What passes tell the board."""

from collections import defaultdict
from datetime import datetime

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.isolation.kinds import homes_of
from closeknit.measures.passes.kinds import is_late, open_objections
from closeknit.policy.packs import policy


@watch(
    Rule(
        "passes.objections_late", 147, "bad", "passes.view",
        Text("Objections to a status not answered in time: {n}", "{n} 条通行状态异议超时未答复"),
        Text("See the objections", "查看异议"),
        Text("Whoever is held by a status waits for an answer.", "受状态限制的人员正在等待答复。"),
    )
)  # fmt: skip
def late(look: Look) -> Watched:
    """Objections that have waited longer than the pack allows, by where whoever objected lives."""
    pack = policy(look.area.code)
    if not pack.has("passes"):
        return Watched([])
    hours = int(pack.get("passes.objection_within_h"))
    waiting = [each for each in open_objections(look.now, look.as_of) if is_late(each, look.now, hours)]
    inside = set(Area.objects.below(look.area.code).values_list("code", flat=True))
    homes = homes_of({each.person for each in waiting}, look.as_of)
    by_area: dict[str, list[datetime]] = defaultdict(list)
    for each in waiting:
        if homes.get(each.person) in inside:
            by_area[homes[each.person]].append(each.at)
    names = Area.objects.names(by_area)
    cases = [Case(names.get(area, area), area, min(found), len(found), url=_list(area)) for area, found in by_area.items()]
    return Watched(sorted(cases, key=lambda case: (case.since or look.now, case.area)), _list(look.area.code))


def _list(area: str) -> str:
    return f"{links.to('passes.objections', area=area)}?state=open"
