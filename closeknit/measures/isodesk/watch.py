"""What the isolation desk tells the board: numbers by village and site, never a name."""

from collections import Counter
from collections.abc import Iterable

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Watched, glance, watch
from closeknit.measures.isodesk.desk import STATES
from closeknit.measures.isodesk.people import Line, people


def _people(look: Look) -> list[Line]:
    def reckon() -> list[Line]:
        has = look.policy.has("isolation")
        return people(look.account, look.area.code, look.policy, look.now, look.as_of) if has else []

    return look.once("isolation", reckon)  # type: ignore[no-any-return]


def _url(area: str, state: str) -> str:
    return f"{links.to('isolation.desk', area=area)}?state={state}"


def _watched(look: Look, state: str) -> Watched:
    """A case a village, with how many there are."""
    by_area = Counter(line.stay.home for line in _people(look) if state in line.states)
    names = Area.objects.names(by_area)
    cases = [Case(names.get(area, area), area, number=number, url=_url(area, state)) for area, number in sorted(by_area.items())]
    return Watched(sorted(cases, key=lambda case: -case.number), _url(look.area.code, state))


@watch("isolation.over")
def over(look: Look) -> Watched:
    """Their order has ended and nobody has told them."""
    return _watched(look, "over")


@watch("isolation.moving")
def moving(look: Look) -> Watched:
    """Transfers beyond the hours of the pack."""
    return _watched(look, "late_moving")


@watch("isolation.fever")
def fever(look: Look) -> Watched:
    """A fever or symptoms in a reading of today."""
    return _watched(look, "fever")


@watch("isolation.objections")
def objections(look: Look) -> Watched:
    """Objections that nobody has answered within the hours of the pack."""
    return _watched(look, "late_objections")


@watch("isolation.flagged")
def flagged(look: Look) -> Watched:
    """Orders, places and rooms that somebody must look at."""
    return _watched(look, "flagged")


@glance(57, "isolation.view")
def isolating(look: Look) -> Glance | None:
    """How many isolate, and what is open today."""
    found = _people(look)
    tiles = [_tile(look, found, state) for state in ("under", "due_today", "unread", "moving", "objections")]
    return Glance(Text("Isolation", "隔离管理"), tiles, url=links.to("isolation.desk", area=look.area.code)) if found else None


def _tile(look: Look, found: Iterable[Line], state: str) -> Tile:
    word, tone = STATES[state]
    number = sum(state in each.states for each in found)
    return Tile(number, word, _url(look.area.code, state), tone=tone if number else "good")
