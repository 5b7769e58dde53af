"""What the organisation tells the board: task forces that nobody leads."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.headquarters.standing import bodies


@watch(
    Rule(
        "headquarters.no_leader", 365, "info", "headquarters.view",
        Text("Task forces without a leader: {n}", "{n} 个专班负责人待定"),
        Text("Name them", "去确定"),
        Text("A task force that nobody leads does nothing.", "专班无负责人，工作无从落实。"),
    )
)  # fmt: skip
def leaderless(look: Look) -> Watched:
    """Bodies that stand and name no leader."""
    found = bodies(look.area.code, look.midnight.date(), until=look.now, as_of=look.as_of)
    bare = sorted((each for each in found if each.stands and not each.leader), key=lambda each: (each.event.at, each.area, each.name))
    cases = [Case(each.name, each.area, each.event.at, url=links.to("liaison.body", area=each.area, body=each.name)) for each in bare]
    return Watched(cases, f"{links.to('headquarters.list', area=look.area.code)}?state=leaderless")
