"""Who holds a grid or a shift now, and what of it is open."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area, Level
from closeknit.campaigns.live import live
from closeknit.campaigns.models import Campaign
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.shifts.kinds import Planned, grid_holds, shift_of
from closeknit.registry.models import Member

GRID, SHIFT = "grid", "shift"
WALKED = (Level.VILLAGE, Level.GRID)  # of a larger area nobody carries the register about


@dataclass(frozen=True)
class Thing:
    """A grid or shift that can be passed on. holders: the codes of those who have it now."""

    what: str
    code: str
    area: str
    name: Text | str
    holders: tuple[str, ...]
    shift: Planned | None = None


def holders_of(grids: Iterable[str]) -> dict[str, list[str]]:
    """Of each grid the members who work it: those of the register without those who gave it away, and those who took it over."""
    grids = list(grids)
    passed = {key: holds for key, (holds, _) in grid_holds(grids=grids).items()}
    held: dict[str, list[str]] = {grid: [] for grid in grids}
    for code, area in Member.objects.current().filter(area__in=grids).order_by("code").values_list("code", "area"):
        if passed.get((area, code), True):
            held[area].append(code)
    for (grid, member), holds in sorted(passed.items()):
        if holds and member not in held[grid]:
            held[grid].append(member)
    return held


def thing(what: str, code: str) -> Thing:
    """The grid or shift of a code. Raises Http404 where there is none."""
    if what == GRID:
        row = Area.objects.current().filter(code=code, level__in=WALKED).first()
        if row is not None:
            return Thing(GRID, code, code, row.name, tuple(holders_of([code])[code]))
    elif what == SHIFT:
        shift = shift_of(code)
        if shift is not None:
            return Thing(SHIFT, code, shift.area, Text("Shift", "班次"), (shift.worker,), shift)
    raise Http404


def asked(request: Request, what: str, code: str) -> Thing:
    """The thing, where it is the reader's own or lies in the reader's area; else it looks as if it were not there."""
    found = thing(what, code)
    if request.account.member not in found.holders and not in_scope(request.account, found.area):
        raise Http404
    return found


def may_act(request: Request, found: Thing) -> bool:
    """Whether the reader may pass it on: who holds it, and who plans for its area."""
    own = bool(request.account.member) and request.account.member in found.holders
    return own or can(request.account, "deployment.record", found.area)


def doors_open(grid: str) -> int:
    """How many households of the sweeps that run are left in a grid."""
    now, row = clock.now(), Area.objects.current().get(code=grid)
    above = [code for code in row.path.split("/") if code]
    sweeps = Campaign.objects.current().filter(kind="doorknock", area__in=above, starts_at__lte=now, ends_at__gt=now)
    return sum(live(sweep, row).total.left for sweep in sweeps)
