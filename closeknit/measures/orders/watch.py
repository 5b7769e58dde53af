"""What sign-ups tell the board."""

from collections import defaultdict
from datetime import datetime

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.supplies.kinds import LineParked


@watch(
    Rule(
        "supplies.lines", 300, "info", "supplies.view",
        Text("Lines of sign-ups to look at: {n}", "{n} 条接龙待核"),
        Text("Settle", "去处理"),
        Text("Somebody may have ordered and nobody knows who.", "可能有居民已订购，还不清楚是哪户。"),
    )
)  # fmt: skip
def lines(look: Look) -> Watched:
    """Lines of sign-ups that wait for a person."""
    rows = look.events(LineParked, data__settled__isnull=True).values_list("area", "at")
    found: dict[str, list[datetime]] = defaultdict(list)
    for area, at in rows:
        found[area].append(at)
    names = Area.objects.names(found)
    cases = [Case(names.get(area, area), area, min(ats), len(ats), url=links.to("orders.lines", area=area)) for area, ats in found.items()]
    return Watched(sorted(cases, key=lambda case: (-case.number, case.area)), links.to("orders.lines", area=look.area.code))
