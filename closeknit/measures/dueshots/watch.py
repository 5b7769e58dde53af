"""What the next doses tell the board: numbers by village, never a name."""

from collections import Counter
from datetime import timedelta

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.doorknock.kinds import Visited
from closeknit.measures.dueshots.people import View, people
from closeknit.measures.vaccination.kinds import Mobilised


@watch(
    Rule(
        "vaccination.agreed", 430, "watch", "vaccination.view",
        Text("Agreed to a dose and still waiting: {n}", "同意接种、逾期未种：{n} 人"),
        Text("See who", "查看名单"),
        Text("Whoever agrees is offered the dose before they think again.", "同意接种的应及时安排。"),
    )
)  # fmt: skip
def agreed(look: Look) -> Watched:
    """Who agreed longer ago than the pack says and has had no dose since, by village."""
    before = look.now - timedelta(days=float(look.policy.get("vaccination.dose_within_days")))
    said = standing(Mobilised, Visited, as_of=look.as_of).filter(at__lte=before)
    if not look.policy.get("vaccination.schedule") or not said.exists():
        return Watched([])
    found = people(View(look.area.code, look.now, look.policy, look.as_of))
    late = [each for each in found if each.answer == "agreed" and each.answered and each.answered.at <= before]
    by_area = Counter(each.area for each in late)
    names = Area.objects.names(by_area)
    cases = [
        Case(names.get(area, area), area, number=number, url=f"{links.to('dueshots.persons', area=area)}?state=due&answer=agreed")
        for area, number in sorted(by_area.items())
    ]
    cases.sort(key=lambda case: -case.number)
    return Watched(cases, f"{links.to('dueshots.persons', area=look.area.code)}?state=due&answer=agreed")
