"""What tasks tell the board: those that are overdue, with who answers for them."""

from closeknit.console.records import links, names
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.tasks.standing import tasks_in


@watch(
    Rule(
        "tasks.overdue", 96, "watch", "tasks.view",
        Text("Tasks overdue: {n}", "{n} 项任务逾期未完成"),
        Text("See the tasks", "去督办"),
        Text("Its time is over. It is done, or carried over with a reason.", "已过时限。请完成，或说明原因后延期。"),
    )
)  # fmt: skip
def overdue(look: Look) -> Watched:
    """Open tasks past their time, the oldest first."""
    zone = look.policy.timezone
    late = [each for each in tasks_in(look.area.code, until=look.now, as_of=look.as_of) if each.is_overdue(look.now, zone)]
    late.sort(key=lambda each: (each.due(zone), each.number))
    cases = [
        Case(each.event.data["matter"][:60], each.area, each.due(zone), member=each.owner, url=links.to("tasks.task", number=each.number),
             note=each.event.data["where"][:40])
        for each in late
    ]  # fmt: skip
    return Watched(cases, f"{links.to('tasks.list', area=look.area.code)}?state=overdue")


@watch(
    Rule(
        "tasks.nobody", 97, "watch", "tasks.view",
        Text("Tasks whose owner is no member: {n}", "{n} 项任务责任人不在人员名单"),
        Text("See the tasks", "去转交"),
        Text("Nobody answers for them. Give each to one named person.", "等于无人负责，请转交给具体人员。"),
    )
)  # fmt: skip
def nobody(look: Look) -> Watched:
    """Open tasks whose owner is on no list of members, the oldest first."""
    held = [each for each in tasks_in(look.area.code, until=look.now, as_of=look.as_of) if each.state == "open"]
    known = names.members(each.owner for each in held)
    cases = [
        Case(each.event.data["matter"][:60], each.area, each.event.at, url=links.to("tasks.task", number=each.number),
             note=each.owner[:40])
        for each in held if each.owner not in known
    ]  # fmt: skip
    return Watched(cases, f"{links.to('tasks.list', area=look.area.code)}?state=nobody")
