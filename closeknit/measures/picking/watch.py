"""What picking tells the board."""

from collections.abc import Iterable
from datetime import date, timedelta

from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.deliveries.kinds import Balance, seen
from closeknit.measures.supplies.kinds import Picked


@watch(
    Rule(
        "supplies.unpicked", 270, "watch", "supplies.view",
        Text("Rounds closed and not picked: {n}", "{n} 个批次已截止未备货"),
        Text("Picking list", "查看备货单"),
        Text("Orders have closed and no shop has made them up.", "订购已截止，供货点尚未备货。"),
    )
)  # fmt: skip
def unpicked(look: Look) -> Watched:
    """Rounds that closed a while ago, of which something is left and nothing was picked."""
    (closings, made), within = seen(look), timedelta(hours=float(look.policy.get("supplies.pick_within_h")))
    rounds = sorted(_rounds(made))
    family = {code: _family(code, closings.paths.values()) for _, code in rounds}
    picks = standing(Picked, as_of=look.as_of).filter(at__lt=look.now, area__in=set().union(*family.values()))
    done = set(picks.values_list("area", "data__day"))
    url = links.to("picking.shops", area=look.area.code)
    cases: dict[date, Case] = {}
    for day, area in rounds:
        closed = closings.closes(area, day)
        if look.now >= closed + within and not any((code, day.isoformat()) in done for code in family[area]):
            named = Text("Round of {day}", "{day} 批次", day=day.isoformat())
            cases.setdefault(day, Case(named, look.area.code, closed, url=f"{url}?day={day}" if url else ""))
    return Watched(list(cases.values()), url)


def _family(code: str, paths: Iterable[str]) -> set[str]:
    """An area with all above and all below it."""
    return {one for path in paths if f"/{code}/" in path for one in path.split("/")}


def _rounds(made: Iterable[Balance]) -> set[tuple[date, str]]:
    """The rounds and areas of what is not delivered yet."""
    return {(day, each.area) for each in made if each.left for day in each.rounds}
