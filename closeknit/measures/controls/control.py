"""What the records of controls come to, and which squares nobody looked after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.controls.kinds import ControlLifted, ControlOrdered, Sort, SquareGuarded
from closeknit.measures.zones.kinds import counts, ends, in_order, related
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place


@dataclass
class Control:
    """A control: its orders in their order, and the latest lifting."""

    number: str
    orders: list[Event] = field(default_factory=list)
    lifted: Event | None = None

    def order_at(self, at: datetime) -> Event | None:
        """The order by which it is in force; None where it is not."""
        order = counts(self.orders, self.lifted, at)
        return order if order is not None and at < ends(order) else None

    def shown(self, at: datetime) -> Event:
        """The order to show: the one that counts, else the latest of all."""
        return counts(self.orders, self.lifted, at) or self.orders[-1]

    def state(self, at: datetime) -> str:
        """in_force, coming or over."""
        if self.order_at(at):
            return "in_force"
        coming = any(self._stands(each) and datetime.fromisoformat(each.data["from_at"]) > at for each in self.orders)
        return "coming" if coming else "over"

    def _stands(self, order: Event) -> bool:
        return self.lifted is None or order.order > self.lifted.order


def all_controls(*, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, Control]:
    """Every control by number, from the records before `until`; one statement."""
    said = standing(ControlOrdered, ControlLifted, as_of=as_of).defer("personal", "digest")
    found: dict[str, Control] = {}
    for event in in_order(said.filter(at__lt=until) if until else said):
        control = found.setdefault(event.topic, Control(event.topic))
        if event.kind == "controls.lifted":
            control.lifted = event
        else:
            control.orders.append(event)
    return {number: control for number, control in found.items() if control.orders}


def touching(area: str, at: datetime, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Control]:
    """The controls that hold in an area, around it or somewhere in it; those that are over too."""
    known = all_controls(until=until, as_of=as_of)
    paths = dict(Area.objects.as_of(as_of).values_list("code", "path")) if known else {}
    return [each for each in known.values() if related(each.shown(at).area, area, paths)]


def squares(area: str, pack: Policy, as_of: datetime | None = None) -> list[Place]:
    """The places of an area that are guarded."""
    below = Area.objects.below(area, as_of).values("code")
    found = Place.objects.as_of(as_of).filter(area__in=below, category__in=pack.get("controls.guarded"))
    return list(found.order_by("area", "code"))


def last_guarded(places: Iterable[Place], *, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, dict[str, Event]]:
    """Of each of these places the latest word by way; one statement."""
    said = standing(SquareGuarded, as_of=as_of).filter(place__in=[each.code for each in places]).defer("personal", "digest")
    found: dict[str, dict[str, Event]] = {}
    for event in in_order(said.filter(at__lt=until) if until else said):
        found.setdefault(event.place, {})[event.data["way"]] = event
    return found


def unguarded(area: str, at: datetime, pack: Policy, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Place]:
    """The squares where gatherings are suspended and nobody was for too long."""
    places = squares(area, pack, as_of)
    held = [order for each in touching(area, at, until=until, as_of=as_of) if (order := each.order_at(at)) and _suspends(order)]
    if not places or not held:
        return []
    paths = dict(Area.objects.as_of(as_of).filter(code__in={each.area for each in places}).values_list("code", "path"))
    since = at - timedelta(hours=float(pack.get("controls.guard_every_h")))
    seen = {
        code for code, ways in last_guarded(places, until=until, as_of=as_of).items() if any(event.at > since for event in ways.values())
    }
    return [
        each for each in places
        if each.code not in seen and any(f"/{order.area}/" in paths.get(each.area, "") for order in held)
    ]  # fmt: skip


def _suspends(order: Event) -> bool:
    return str(order.data["sort"]) == Sort.SUSPENSION.value
