"""Medical institutions as they stand at a time, their days, and the fever visits that nobody has passed up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.ledger.queries import latest, standing
from closeknit.measures.clinics.kinds import ClinicChecked, DayReported, PassedUp
from closeknit.measures.clinics.rules import faults, left
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place

Pair = tuple[str, str]  # place and day


@dataclass(frozen=True)
class Institution:
    """One institution. `late`: not checked in time; `faults`: what its check found, by code."""

    place: Place
    check: Event | None
    late: bool
    faults: list[str]

    @property
    def problems(self) -> list[str]:
        """What the check wrote down."""
        return list(self.check.data.get("problems", ())) if self.check else []


@dataclass(frozen=True)
class Day:
    """One day of a place: its report, and how many visits were passed up besides."""

    report: Event
    passed: int

    @property
    def visits(self) -> int:
        return int(self.report.data["fever_visits"])

    @property
    def told(self) -> int:
        """How many are said to have been passed up."""
        return int(self.report.data.get("passed_up", 0)) + self.passed

    @property
    def left(self) -> int:
        """How many nobody has passed up."""
        return left(self.visits, int(self.report.data.get("passed_up", 0)), [self.passed])


def categories(pack: Policy) -> list[str]:
    """The categories of places that are medical institutions."""
    return list(pack.get("clinics.categories", ()))


def institutions(area: str, pack: Policy, until: datetime, as_of: datetime | None = None) -> list[Institution]:
    """All institutions of an area; a few statements, however many."""
    below = Area.objects.below(area, as_of).values("code")
    places = Place.objects.as_of(as_of).filter(category__in=categories(pack), area__in=below)
    return of_places(list(places.order_by("area", "code")), pack, until, as_of)


def of_places(places: list[Place], pack: Policy, until: datetime, as_of: datetime | None = None) -> list[Institution]:
    """These places as institutions."""
    checks = standing(ClinicChecked, as_of=as_of).filter(place__in=[place.code for place in places], at__lt=until)
    last = latest(checks, "place")
    since = until - timedelta(days=int(pack.get("clinics.check_every_days")))
    needs = set(pack.get("clinics.fever_clinic_at", ()))
    return [
        Institution(
            place, check, check is None or check.at < since,
            faults(check.data, needs_fever_clinic=place.category in needs) if check else [],
        )
        for place in places
        for check in (last.get(place.code),)
    ]  # fmt: skip


def reported(places: Iterable[str], days: Iterable[str], until: datetime, as_of: datetime | None = None) -> dict[Pair, Day]:
    """The days of these places of which there is a report."""
    places, days = list(places), list(days)

    def of(said: type[DayReported] | type[PassedUp]) -> list[Event]:
        found = standing(said, as_of=as_of).filter(place__in=places, topic__in=days, at__lt=until).defer("personal", "digest")
        return sorted(found, key=lambda event: event.order)

    reports = {(event.place, event.topic): event for event in of(DayReported)}
    passed: Counter[Pair] = Counter()
    for event in of(PassedUp):
        passed[event.place, event.topic] += int(event.data["number"])
    return {pair: Day(event, passed[pair]) for pair, event in reports.items()}


def not_passed_up(area: str, until: datetime, as_of: datetime | None = None) -> dict[Pair, Day]:
    """The days of an area's places of which visits were not passed up: only days are read of which some report tells of a visit."""
    places = Place.objects.as_of(as_of).filter(area__in=Area.objects.below(area, as_of).values("code")).values("code")
    some = standing(DayReported, as_of=as_of).filter(place__in=places, at__lt=until, data__fever_visits__gt=0)
    pairs = set(some.order_by().values_list("place", "topic").distinct())
    kept = reported({place for place, _ in pairs}, {day for _, day in pairs}, until, as_of)
    return {pair: day for pair, day in kept.items() if day.left}
