"""What hand-overs tell the board."""

from collections import Counter

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.referrals.listing import referrals


@watch(
    Rule(
        "referrals.late", 715, "watch", "inspections.view",
        Text("Departments that have not acted in time: {n}", "主管部门逾期未办：{n} 件"),
        Text("Follow up", "去催办"),
        Text("What was handed over waits for the department.", "已移送事项等待主管部门处理。"),
    )
)  # fmt: skip
def late(look: Look) -> Watched:
    """Hand-overs without an end after the pack's hours, by area."""
    found = [
        each.event for each in referrals(look.area.code, look.policy, until=look.now, as_of=look.as_of) if each.is_late(look.now)
    ]  # fmt: skip
    by_area = Counter(event.area for event in found)
    names = Area.objects.names(by_area)
    cases = [
        Case(names.get(area, area), area, min(event.at for event in found if event.area == area), number, url=_url(area))
        for area, number in by_area.most_common()
    ]
    return Watched(cases, _url(look.area.code))


def _url(area: str) -> str:
    return f"{links.to('referrals.list', area=area)}?state=late"
