"""What routine testing tells the board: who of the key populations is overdue, group by group."""

from closeknit.campaigns.cadences.rules import state
from closeknit.campaigns.cadences.standing import Kept, today
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.routine.reckoning import OVERDUE, reckon
from closeknit.reports.figures import Question


@watch(
    Rule(
        "routine.overdue", 150, "watch", "routine.view",
        Text("Key persons overdue for a test: {n}", "重点人群 {n} 人逾期未检"),
        Text("Who is overdue", "逾期名单"),
        Text("They meet many people or goods: a late test is a late warning.", "岗位风险高，迟检即迟预警。"),
    )
)  # fmt: skip
def overdue(look: Look) -> Watched:
    """Key persons past the day on which they were due, the group with the most first."""
    if not look.policy.has("testing"):
        return Watched([])
    groups, counts = _now(look) if look.as_of is None else _then(look)
    way = links.to("routine.persons", area=look.area.code)
    cases = [
        Case(groups[code].label, groups[code].group.area, number=number, url=f"{way}?group={code}&state=overdue")
        for code, number in counts.items()
        if number
    ]
    return Watched(sorted(cases, key=lambda case: (-case.number, str(case.name))), f"{way}?state=overdue")


def _now(look: Look) -> tuple[dict[str, Kept], dict[str, int]]:
    standing = today(look.area.code, look.policy, look.now)
    return standing.groups, dict(standing.counts(OVERDUE)) if standing.groups else {}


def _then(look: Look) -> tuple[dict[str, Kept], dict[str, int]]:
    made = reckon(Question(look.area.code, look.now, look.now, look.as_of))
    return made.groups, {code: sum(state(day, made.today) == OVERDUE for day in due.values()) for code, due in made.due.items()}
