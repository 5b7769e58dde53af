"""What the plan tells the board: lines of the last days that were not done, by village."""

from collections import Counter
from datetime import timedelta

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.broadcasts.plan import View, lines
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch


@watch(
    Rule(
        "outreach.missed", 435, "watch", "outreach.view",
        Text("Planned and not told: {n}", "{n} 项宣传计划未落实"),
        Text("See what is missing", "查看未落实"),
        Text("Some villages were not told what was planned.", "部分村未按计划开展宣传。"),
    )
)  # fmt: skip
def missed(look: Look) -> Watched:
    """Lines whose day is over and which were not done."""
    today = look.now.astimezone(look.policy.timezone).date()
    first = today - timedelta(days=int(look.policy.get("outreach.watched_days")))
    view = View(look.area.code, first, today - timedelta(days=1), look.now, look.policy.timezone, look.as_of)
    by_area = Counter(each.area for each in lines(view) if not each.is_kept)
    names = Area.objects.names(by_area)
    cases = [
        Case(names.get(area, area), area, number=number, url=f"{links.to('broadcasts.plan', area=area)}?state=missing")
        for area, number in sorted(by_area.items())
    ]
    cases.sort(key=lambda case: -case.number)
    return Watched(cases, f"{links.to('broadcasts.plan', area=look.area.code)}?state=missing")
