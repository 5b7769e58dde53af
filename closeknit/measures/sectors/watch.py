"""What sector checks tell the board: places that a round has not reached although it is over, or ends soon."""

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.coverage import coverage
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.sectors.campaigns import ROUNDS
from closeknit.registry.models import Place


@watch(
    Rule(
        "sectors.left", 424, "watch", "inspections.view",
        Text("Places not checked for safety: {n}", "{n} 家场所未作行业安全检查"),
        Text("Which places", "未查清单"),
        Text("The round ends soon or has ended.", "检查即将到期或已到期。"),
    )
)  # fmt: skip
def left(look: Look) -> Watched:
    """Places left by rounds that end soon or have ended, sector by sector."""
    cases: list[Case] = []
    for each in ROUNDS:
        chosen = live.chosen(live.touching(each.kind, look.area), now=look.now)
        if chosen is None or not chosen.starts_at <= look.now or chosen.ends_at > look.now + look.hours("command.patrol_warn_h"):
            continue
        gap = coverage(chosen, look.area.code, until=look.now, as_of=look.as_of).gap
        lies_in = list(Place.objects.current().filter(code__in=gap).values_list("area", flat=True))
        names = Area.objects.names(lies_in)
        sector = each.kind.partition(".")[2]
        cases += [
            Case(
                names[code], code, min(chosen.ends_at, look.now), lies_in.count(code), note=str(chosen),
                url=links.to("sectors.places", area=code, sector=sector),
            )
            for code in names
        ]  # fmt: skip
    cases.sort(key=lambda case: (-case.number, case.area))
    return Watched(cases, cases[0].url if cases else "")
