"""What the patrol tells the board."""

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.coverage import coverage
from closeknit.campaigns.models import Campaign
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.measures.venues.campaigns import has_problem
from closeknit.measures.venues.patrol import KIND, problem_places
from closeknit.measures.venues.rules import calls_for_patrol
from closeknit.registry.models import Place


def _patrol(look: Look) -> Campaign | None:
    """The patrol that runs, or the last that ran."""

    def find() -> Campaign | None:
        chosen = live.chosen(live.touching(KIND, look.area), now=look.now)
        return chosen if chosen and chosen.starts_at <= look.now else None

    return look.once("patrol", find)  # type: ignore[no-any-return]


def _numbers(look: Look, patrol: Campaign) -> tuple[int, set[str], set[str]]:
    """How many are due; who is left; where there was a problem: all as known at the moment."""

    def reckon() -> tuple[int, set[str], set[str]]:
        if look.as_of is not None:
            seen = coverage(patrol, look.area.code, until=look.now, as_of=look.as_of)
            return len(seen.due), seen.gap, {code for code, visits in seen.tried.items() if any(map(has_problem, visits))}
        rows = [(code, word) for every in live.due(patrol, look.area.code) for code, word in _worded(every, patrol)]
        left = {code for code, word in rows if not word.endswith(live.REACHED)}
        return len(rows), left, problem_places(patrol) & {code for code, _ in rows}

    return look.once("patrolled", reckon)  # type: ignore[no-any-return]


def _worded(rows, patrol):  # type: ignore[no-untyped-def]
    return live.worded(rows, patrol).values_list("code", "word")


@watch(
    Rule(
        "venues.left", 40, "bad", "venues.view",
        Text("Places not patrolled: {n}", "{n} 家场所未巡查"),
        Text("Places left", "未巡清单"),
        Text("The patrol ends soon or has ended.", "巡查即将到期或已到期。"),
    )
)  # fmt: skip
def left(look: Look) -> Watched:
    """Places not visited although the patrol ends soon or has ended, by village."""
    patrol = _patrol(look)
    if patrol is None or not calls_for_patrol(patrol.ends_at, look.now, look.hours("command.patrol_warn_h")):
        return Watched([])
    codes = _numbers(look, patrol)[1]
    lies_in = Place.objects.current().filter(code__in=codes).values_list("area", flat=True)
    names = Area.objects.names(lies_in)
    counts = {code: list(lies_in).count(code) for code in names}
    cases = [Case(names[code], code, min(patrol.ends_at, look.now), counts[code], url=_places(code)) for code in names]
    return Watched(sorted(cases, key=lambda case: (-case.number, case.area)), _places(look.area.code))


def _places(area: str, state: str = "left") -> str:
    return f"{links.to('venues.places', area=area)}?state={state}"


@glance(40, "venues.view")
def patrolled(look: Look) -> Glance | None:
    """How far the patrol has come."""
    patrol = _patrol(look)
    if patrol is None:
        return None
    due, left, problems = _numbers(look, patrol)
    area = look.area.code
    tiles = [
        Tile(len(left), Text("Left", "未巡"), _places(area), tone="watch" if left else "good"),
        Tile(due - len(left), Text("Patrolled", "已巡"), _places(area, "patrolled"), tone="good"),
        Tile(due, Text("Due", "应巡"), _places(area, "due")),
        Tile(len(problems), Text("With problems", "发现问题"), _places(area, "problems"), tone="watch" if problems else "quiet"),
    ]
    return Glance(Text("Patrol of venues", "场所巡查"), tiles, str(patrol), links.to("venues.patrol", area=area))
