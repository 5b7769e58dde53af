"""What everybody reads without an account: zones, traffic, suspended activities, crowded places; areas and times, and nobody."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from closeknit.areas.models import Area
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.controls.control import all_controls
from closeknit.measures.controls.kinds import Sort
from closeknit.measures.residents.kinds import Way, draw, way
from closeknit.measures.zones.kinds import all_zones, begins, doors, ends, exceptions, label
from closeknit.policy.packs import Policy, policy

ZONES = Text("Areas that are closed", "管控区域")
LABEL = Text("Roads, closures and gatherings", "管制公告")
WORDS = Text("closed areas and roads, suspended activities, until when", "管控区域、道路管制、活动暂停及恢复时间")


@dataclass(frozen=True)
class Public:
    """A zone or a control as everybody reads it. `since` is empty where it holds already."""

    what: Text | str
    where: str
    area: str
    begins: datetime
    until: datetime
    coming: bool
    basis: str
    authority: str
    rules: list[Text | str]
    allowed: list[Text | str]


def _zones(now: datetime, packs: dict[str, Policy], names: dict[str, str]) -> list[Public]:
    """The zones that cover an area, or so many households that no single one is told of."""
    made = []
    for zone in all_zones().values():
        order = zone.order_at(now) or zone.next_order(now)
        if order is None:
            continue
        pack = packs.setdefault(order.area, policy(order.area))
        if order.data.get("areas") or len(order.data.get("households", ())) >= int(pack.get("zones.public_from_households")):
            what = label(pack, "zones.measures", str(order.data["measure"]))
            made.append(_public(order, what, str(order.data["name"]), now, names, allowed=exceptions(order.data, pack)))
    return made


def _controls(sort: Sort, now: datetime, packs: dict[str, Policy], names: dict[str, str]) -> list[Public]:
    made = []
    for control in all_controls().values():
        order = control.order_at(now) or (control.shown(now) if control.state(now) == "coming" else None)
        if order is None or order.data["sort"] != sort.value:
            continue
        pack = packs.setdefault(order.area, policy(order.area))
        what, allowed = label(pack, f"controls.{sort.value}", str(order.data["what"])), list(order.data.get("exceptions", ()))
        made.append(_public(order, what, str(order.data["where"]), now, names, allowed=allowed))
    return made


def _public(order: Event, what: Text | str, where: str, now: datetime, names: dict[str, str], *, allowed: list[Text | str]) -> Public:
    data = order.data
    covered = data.get("areas") or [order.area]
    area = "、".join(names.get(code, code) for code in covered)
    return Public(
        what, where, area, begins(order), ends(order), begins(order) > now, data["basis"], data["authority"],
        list(data.get("rules", ())), allowed,
    )  # fmt: skip


def public(request: Request) -> HttpResponse:
    """The page, by sort; what is over does not stand there."""
    now = clock.now()
    packs: dict[str, Policy] = {}
    names = dict(Area.objects.current().values_list("code", "name"))
    groups = [(ZONES, _zones(now, packs, names)), *((sort.label, _controls(sort, now, packs, names)) for sort in Sort)]
    shown = [(title, sorted(found, key=lambda each: (each.coming, each.until))) for title, found in groups if found]
    return draw(request, "controls/public.html", None, {"groups": shown, "doors": doors(policy()), "now": now})


way(Way("controls.public", LABEL, WORDS, lambda who: True))
