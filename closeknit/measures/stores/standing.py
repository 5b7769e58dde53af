"""The cold stores of an area as they stand at a time: chiefs, what is wrong with them, the last check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from closeknit.areas.models import Area, Level
from closeknit.ledger.models import Event
from closeknit.ledger.queries import latest, standing
from closeknit.measures.coldchain.kinds import COLD_STORE, Chief, StoreChecked
from closeknit.measures.stores.rules import Fault, faults, is_late
from closeknit.policy.packs import Policy
from closeknit.registry.models import Member, Place


@dataclass(frozen=True)
class Store:
    """One store. `members` are the names of its chiefs who are members; `late`: not checked in time."""

    place: Place
    faults: list[Fault]
    last: Event | None
    late: bool
    members: dict[str, str]

    @property
    def has_notice(self) -> bool:
        """Whether the latest check found the notice posted."""
        return self.last is not None and bool(self.last.data["notice_posted"])

    @property
    def problems(self) -> list[str]:
        """What the latest check found."""
        return list(self.last.data.get("problems", ())) if self.last else []

    def names(self, role: Chief) -> list[str]:
        """The names of who holds a role; the code where there is no such member."""
        return [self.members.get(member, member) for each, member in self.place.chiefs if each == role.value and member]


def stores(area: str, pack: Policy, until: datetime, as_of: datetime | None = None) -> list[Store]:
    """All stores of an area; a few statements, however many."""
    places = Place.objects.as_of(as_of).filter(category=COLD_STORE, area__in=Area.objects.below(area, as_of).values("code"))
    return of_places(list(places.order_by("area", "code")), pack, until, as_of)


def of_places(places: Iterable[Place], pack: Policy, until: datetime, as_of: datetime | None = None) -> list[Store]:
    """These places as stores."""
    places = list(places)
    named = {member for place in places for _, member in place.chiefs}
    rows = list(Member.objects.as_of(as_of).filter(code__in=named).values_list("code", "name", "area"))
    members = {code: name for code, name, _ in rows}
    elsewhere = _elsewhere(places, {code: area for code, _, area in rows}, as_of)
    checks = standing(StoreChecked, as_of=as_of).filter(place__in=[place.code for place in places], at__lt=until)
    last, days = latest(checks, "place"), int(pack.get("coldchain.check_every_days"))
    return [
        Store(
            place, faults(place.chiefs, members, elsewhere[place.code]), check, is_late(check.at if check else None, until, days), members
        )
        for place in places
        for check in (last.get(place.code),)
    ]


def _elsewhere(places: list[Place], works: Mapping[str, str], as_of: datetime | None) -> dict[str, set[str]]:
    """For each place the members who work in another town: neither in the place's own, nor at a level above or below the place."""
    paths = dict(Area.objects.as_of(as_of).filter(code__in={*works.values(), *(each.area for each in places)}).values_list("code", "path"))
    above = {code for path in paths.values() for code in path.split("/")}
    towns = set(Area.objects.as_of(as_of).filter(code__in=above, level=Level.TOWNSHIP).values_list("code", flat=True))
    down_to_town = {code: _cut(path, towns) for code, path in paths.items()}

    def is_elsewhere(place: Place, member: str) -> bool:
        here, there = (down_to_town.get(area, "") for area in (place.area, works.get(member, "")))
        return not here.startswith(there) and not there.startswith(here)

    return {place.code: {member for _, member in place.chiefs if is_elsewhere(place, member)} for place in places}


def _cut(path: str, towns: set[str]) -> str:
    """The path down to its town; the whole path where it has none."""
    for town in path.split("/"):
        if town in towns:
            above, own, _ = path.partition(f"/{town}/")
            return above + own
    return path
