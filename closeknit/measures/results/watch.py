"""What the results tell the board."""

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.results.reckoning import repeats_of
from closeknit.measures.supervision.kinds import problems_of

TIMES = Text("found {n} times: {step}", "已发现 {n} 次：{step}")


@watch(
    Rule(
        "results.owed", 163, "watch", "supervision.view",
        Text("Units with the same problem again: {n}", "{n} 项问题在同一单位重复发生"),
        Text("See what follows", "查看处置要求"),
        Text("A problem that comes back asks for more than putting it right once more.", "问题反复，须升级处置，不能只再改一次。"),
    )
)  # fmt: skip
def owed(look: Look) -> Watched:
    """Repeats for which the pack asks for a step that nobody has taken."""
    area = look.area.code
    found = [each for each in repeats_of(problems_of(area, look.now, look.as_of), area, look.now, look.policy, look.as_of) if each.owed]
    names = Area.objects.names(each.unit for each in found)
    cases = [
        Case(
            names.get(each.unit, each.unit), each.area, each.since, url=links.to("results.unit", area=area, code=each.unit),
            note=TIMES.format(n=each.times, step=each.words),
        )
        for each in found
    ]  # fmt: skip
    return Watched(cases, links.to("results.units", area=area))
