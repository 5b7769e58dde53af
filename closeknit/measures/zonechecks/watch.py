"""What the checks of zones tell the board."""

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.zonechecks.screens import Line, lines


def _lines(look: Look) -> list[Line]:
    def reckon() -> list[Line]:
        return lines(look.area.code, look.policy, look.now, look.as_of) if look.policy.has("zones") else []

    return look.once("zonechecks", reckon)  # type: ignore[no-any-return]


def _case(line: Line, number: int = 1) -> Case:
    order, last = line.zone.orders[-1], line.found.last
    return Case(line.name, order.area, last.at if last else order.at, number=number, url=links.to("zones.zone", zone=line.zone.number))


@watch(
    Rule(
        "zonechecks.overdue", 228, "watch", "zonechecks.view",
        Text("Zones that nobody checked in time: {n}", "逾期未检查的管控区：{n} 个"),
        Text("Check them", "去检查"),
        Text("Who is closed in depends on what is brought and kept open.", "区内居民的保障须有人核实。"),
    )
)  # fmt: skip
def overdue(look: Look) -> Watched:
    """Zones in force without a check within the hours of the pack."""
    return Watched([_case(line) for line in _lines(look) if line.overdue], links.to("zonechecks.zones", area=look.area.code))


@watch(
    Rule(
        "zonechecks.not_met", 229, "watch", "zonechecks.view",
        Text("Standards of zones not met: {n}", "管控区未达标项：{n} 项"),
        Text("See what", "查看清单"),
        Text("Each stands until a later check says that it is met.", "复查达标后方可销号。"),
    )
)  # fmt: skip
def not_met(look: Look) -> Watched:
    """Standards that the latest check says are not met, a case a zone."""
    cases = [_case(line, len(line.found.not_met)) for line in _lines(look) if line.found.not_met]
    return Watched(cases, links.to("zonechecks.unmet", area=look.area.code))
