"""What the plans of inspection tell the board."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.checkplans.kinds import plans_of
from closeknit.measures.checkplans.units import named
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch


@watch(
    Rule(
        "checkplans.late", 161, "watch", "supervision.record",
        Text("Units not inspected by the plan's last day: {n}", "{n} 个单位到期未督查"),
        Text("Inspect them", "去督查"),
        Text("The plan's time is over and nobody went there.", "计划期限已过，尚未去检查。"),
    )
)  # fmt: skip
def late(look: Look) -> Watched:
    """Units that a plan names and nobody inspected in time."""
    plans = [plan for plan in plans_of(look.area.code, look.now, look.as_of) if plan.state(look.now) == "late"]
    names = named(unit for plan in plans for unit in plan.left)
    cases = [
        Case(names[unit.code], plan.area, plan.due_by, url=links.to("checkplans.plan", code=plan.code), note=plan.title)
        for plan in sorted(plans, key=lambda plan: plan.due_by)
        for unit in plan.left
    ]
    return Watched(cases, f"{links.to('checkplans.list', area=look.area.code)}?state=late")
