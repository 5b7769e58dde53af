"""Who lives in zones: households and people by subtraction from the register, as known at a time; a few statements for any number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.zones.zone import Zone
from closeknit.registry.kinds import FoundSaid
from closeknit.registry.known import FOUND, names_as_of
from closeknit.registry.models import Household, Person


@dataclass
class Living:
    """Of each zone by number: the households and people of the asked area that live in it, and which zones touch that area."""

    households: dict[str, set[str]] = field(default_factory=dict)
    persons: dict[str, set[str]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    @property
    def all_households(self) -> set[str]:
        return {code for codes in self.households.values() for code in codes}

    @property
    def all_persons(self) -> set[str]:
        return {code for codes in self.persons.values() for code in codes}


def related(area: str, other: str, paths: Mapping[str, str]) -> bool:
    """Whether one of two areas is the other one or lies below it."""
    return f"/{other}/" in paths.get(area, "") or f"/{area}/" in paths.get(other, "")


def living(orders: Iterable[tuple[Zone, Event]], area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> Living:
    """Who of an area lives where these orders of zones hold."""
    orders = list(orders)
    paths = dict(Area.objects.as_of(as_of).values_list("code", "path")) if orders else {}
    inside = {code for code, path in paths.items() if f"/{area}/" in path}
    names = names_as_of("household", as_of) if orders else {}
    register = _Register(orders, inside, paths, names, until, as_of)
    found = Living()
    for zone, order in orders:
        named = {names.get(code, code) for code in order.data.get("households", ())}
        out = {names.get(code, code) for code in {*order.data.get("without", ()), *zone.excepted(order)}}
        covers = order.data.get("areas", ())
        homes = {code for code, lies in register.lies.items() if code in named or _covered(lies, covers, paths)} - out
        found.households[zone.number] = homes
        alone = {code for code, lies in register.alone.items() if _covered(lies, covers, paths)}
        found.persons[zone.number] = alone | {person for home in homes for person in register.people.get(home, ())}
        if any(related(each, area, paths) for each in covers) or named & register.lies.keys():
            found.touched.add(zone.number)
    return found


def _covered(lies: str, covers: Iterable[str], paths: Mapping[str, str]) -> bool:
    return any(f"/{each}/" in paths.get(lies, "") for each in covers)


class _Register:
    """The part of the register that the orders can mean: where households lie, who lives in them, who was found without one."""

    def __init__(
        self, orders: list[tuple[Zone, Event]], inside: set[str], paths: Mapping[str, str], names: Mapping[str, str],
        until: datetime | None, as_of: datetime | None,
    ) -> None:  # fmt: skip
        self.lies: dict[str, str] = {}
        self.alone: dict[str, str] = {}
        self.people: dict[str, set[str]] = {}
        covers = {code for _, order in orders for code in order.data.get("areas", ())}
        listed = {names.get(code, code) for _, order in orders for code in order.data.get("households", ())}
        hit = [code for code in inside if _covered(code, covers, paths)]
        homes = Household.objects.as_of(as_of).filter(Q(area__in=hit) | Q(code__in=listed)) if orders else Household.objects.none()
        # A household or person of the roster that was merged into another one lives where that one does, and counts once.
        self.lies = {code: lies for code, lies in homes.values_list("code", "area") if lies in inside and code not in names}
        people = names_as_of("person", as_of) if orders else {}
        if orders:
            self._add_found(inside, names, people, until, as_of)
        merged = [code for code, end in names.items() if end in self.lies and not code.startswith(FOUND)]
        rows = Person.objects.as_of(as_of).filter(Q(household__in=homes.values("code")) | Q(household__in=merged))
        for code, home in rows.values_list("code", "household"):
            if code not in people:
                self.people.setdefault(names.get(home, home), set()).add(code)

    def _add_found(
        self, inside: set[str], names: Mapping[str, str], people: Mapping[str, str], until: datetime | None, as_of: datetime | None
    ) -> None:
        finds = standing(FoundSaid, as_of=as_of)
        for event in (finds.filter(at__lt=until) if until else finds).only("id", "area", "data"):
            home = str(event.data.get("household") or "")
            code = f"{FOUND}{event.id}"
            if event.data["what"] == "household":
                code = names.get(code, code)
                if code.startswith(FOUND) and event.area in inside:
                    self.lies[code] = event.area
                continue
            code = people.get(code, code)
            if not code.startswith(FOUND):
                continue
            if home:
                self.people.setdefault(names.get(home, home), set()).add(code)
            elif event.area in inside:
                self.alone[code] = event.area
