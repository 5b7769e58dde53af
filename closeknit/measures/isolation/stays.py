"""Who stands where: the stays of an area, of a site or of some persons, read from the ledger as known at a time; rooms; readings."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from uuid import UUID

from django.db.models import Q, QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.isolation.rules import day_of, period_of
from closeknit.measures.isolation.stay import SITE, STEPS, Stay, fold
from closeknit.registry.known import FOUND, found_id, names_as_of
from closeknit.registry.models import Alias, Person, Place


@dataclass(frozen=True)
class Room:
    """A room as it was last set up, and who lives in it."""

    place: str
    number: str
    beds: int
    closed: bool
    reason: str
    persons: tuple[str, ...] = ()

    @property
    def free(self) -> int:
        """How many more may be put into it."""
        return 0 if self.closed else max(0, self.beds - len(self.persons))


def _said(*names: str, until: datetime | None = None, as_of: datetime | None = None) -> QuerySet[Event]:
    said = standing(*(kinds()[name].said for name in names), as_of=as_of).defer("personal", "digest")
    return said.filter(at__lt=until) if until else said


def stays(area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Stay]:
    """The stays of all who live in the area, are at a site in it, or on the way to one, before `until` (None: with all that stands)."""
    below = Area.objects.below(area, as_of).values("code")
    here = Person.objects.as_of(as_of).filter(area__in=below).values("code")
    sites = list(Place.objects.as_of(as_of).filter(area__in=below, category=SITE).values_list("code", flat=True))
    merged = Alias.objects.filter(reference="person").values("code")
    said = _said(*STEPS, until=until, as_of=as_of)
    finds = _said("registry.found", as_of=as_of).filter(area__in=below)
    found_here = [f"{FOUND}{topic}" for topic in finds.values_list("topic", flat=True)]
    of_them = Q(person__in=here) | Q(person__in=merged) | Q(person__in=found_here)
    meant = of_them | Q(area__in=below) | Q(place__in=sites) | Q(data__to__in=sites)
    found = of_persons(said.filter(meant).values_list("person", flat=True).distinct(), until=until, as_of=as_of)
    codes = set(Area.objects.below(area, as_of).values_list("code", flat=True))
    return [each for each in found.values() if each.home in codes or each.place in sites or _goes_to(each, sites)]


def _goes_to(stay: Stay, sites: list[str]) -> bool:
    return bool(stay.stage) and any(event.data.get("to") in sites for event in stay.trip.values())


def of_persons(persons: Iterable[str], *, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, Stay]:
    """The stays of these persons by code, sorted; of people who were merged under the code that is left."""
    names = names_as_of("person", as_of)
    codes = {names.get(code, code) for code in persons}
    meant = codes | {name for name, code in names.items() if code in codes}
    by_person: dict[str, list[Event]] = defaultdict(list)
    for event in _said(*STEPS, until=until, as_of=as_of).filter(person__in=meant):
        by_person[names.get(event.person, event.person)].append(event)
    homes = homes_of(by_person, as_of)
    return {code: fold(code, homes.get(code, ""), by_person[code]) for code in sorted(by_person)}


def homes_of(codes: Iterable[str], as_of: datetime | None = None) -> dict[str, str]:
    """The area of each person: of the roster row, of who stands in none where they were found."""
    wanted = list(codes)
    homes = dict(Person.objects.as_of(as_of).filter(code__in=wanted).values_list("code", "area"))
    finds = {found_id(code) for code in wanted if code.startswith(FOUND)} - {None}
    lie = _said("registry.found", as_of=as_of).filter(Q(id__in=finds) | Q(topic__in=[str(each) for each in finds]))
    return homes | {f"{FOUND}{topic}": area for topic, area in lie.values_list("topic", "area")}


def rooms(places: Iterable[str], found: Iterable[Stay], *, until: datetime | None = None, as_of: datetime | None = None) -> list[Room]:
    """The rooms of these sites by number, with those of the stays who live in them."""
    latest: dict[tuple[str, str], Event] = {}
    wanted = list(places)
    for event in sorted(_said("isolation.room_set", until=until, as_of=as_of).filter(place__in=wanted), key=lambda each: each.order):
        latest[event.place, event.data["room"]] = event
    inside: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in found:
        inside[each.place, each.room_no].append(each.person)
    return [
        Room(place, number, event.data["beds"], event.data["state"] == "closed", event.data.get("reason", ""), tuple(inside[place, number]))
        for (place, number), event in sorted(latest.items())
    ]


def checks_of_day(persons: Iterable[str], until: datetime, zone: timezone, *, as_of: datetime | None = None) -> dict[str, dict[str, Event]]:
    """The latest reading of each period of the day that `until` ends, by person; people who were merged by the code that is left."""
    names = names_as_of("person", as_of)
    wanted = set(persons)
    wanted |= {name for name, code in names.items() if code in wanted}
    made: dict[str, dict[str, Event]] = defaultdict(dict)
    checks = _said("isolation.checked", as_of=as_of).filter(at__gte=day_of(until, zone), at__lt=until, person__in=wanted)
    for event in sorted(checks, key=lambda each: each.order):
        made[names.get(event.person, event.person)][period_of(event.data.get("period", ""), event.at, zone)] = event
    return dict(made)


def event_ids(ids: Iterable[str]) -> set[str]:
    """Those of the ids under which the ledger holds a record."""
    wanted = []
    for each in ids:
        try:
            wanted.append(UUID(each))
        except ValueError:
            continue
    return {str(number) for number in Event.objects.filter(id__in=wanted).values_list("id", flat=True)}
