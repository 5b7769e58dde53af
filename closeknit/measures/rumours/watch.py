"""What rumours tell the board: those that nobody has answered in time, by village."""

from collections import Counter

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.rumours.standing import rumours


@watch(
    Rule(
        "outreach.rumours_late", 440, "watch", "outreach.view",
        Text("Rumours not answered in time: {n}", "{n} 条谣言逾期未答复"),
        Text("Answer them", "去答复"),
        Text("What nobody answers is believed.", "谣言不答复，群众易误信。"),
    )
)  # fmt: skip
def late(look: Look) -> Watched:
    """Open rumours past their time; where one has waited longest first."""
    below = Area.objects.below(look.area.code, look.as_of).values_list("code", flat=True)
    hours = float(look.policy.get("outreach.answer_within_h"))
    waiting = [each for each in rumours(areas=below, until=look.now, as_of=look.as_of) if each.is_late(look.now, hours)]
    numbers = Counter(each.heard.area for each in waiting)
    names = Area.objects.names(numbers)
    since = {area: min(each.due(hours) for each in waiting if each.heard.area == area) for area in numbers}
    cases = [
        Case(names.get(area, area), area, since[area], number, url=f"{links.to('rumours.list', area=area)}?state=late")
        for area, number in numbers.items()
    ]
    return Watched(
        sorted(cases, key=lambda case: (str(case.since), case.area)), f"{links.to('rumours.list', area=look.area.code)}?state=late"
    )
