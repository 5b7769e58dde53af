"""The households of an area and the ways by which each was reached; reckoned from the records, as known at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from closeknit.areas.models import Area
from closeknit.ledger.kinds import names as kind_names
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.ledger.queries import standing
from closeknit.measures.doorknock.kinds import CallOutcome, Outcome, Phoned, Visited
from closeknit.measures.reach.kinds import HouseholdTold, ToldBy
from closeknit.policy.packs import Policy
from closeknit.registry.kinds import FoundSaid
from closeknit.registry.known import FOUND, about, names_as_of
from closeknit.registry.models import Household

VISIT = "visit"
WAYS = (VISIT, ToldBy.LEAFLET.value, ToldBy.MESSAGE.value, ToldBy.TALK.value)
GONE = frozenset({Outcome.MOVED, Outcome.VACANT})
LAST = 2**31
NOBODY: frozenset[str] = frozenset()
SAID = ("outcome", "leaflet", "way")


class Home(NamedTuple):
    """A household where somebody lives, in the order of the walk; `position` is its place on it."""

    area: str
    position: int
    code: str
    ways: frozenset[str]


@dataclass(frozen=True)
class View:
    """From where and when one looks: everything before `end`, as known at `as_of`, by a pack."""

    area: str
    end: datetime
    policy: Policy
    as_of: datetime | None = None

    @property
    def since(self) -> datetime:
        """From when on telling counts."""
        return self.end - timedelta(days=float(self.policy.get("outreach.reach_days")))


def homes(view: View) -> list[Home]:
    """The households that are to be told, in no order."""
    names = names_as_of("household", view.as_of)
    rows = {code: (area, position) for code, area, position in _rows(view) if code not in names}
    events = standing(Visited, Phoned, HouseholdTold, as_of=view.as_of).filter(at__lt=view.end).exclude(household="")
    events = about(events, "household", rows, names)
    ways, gone = _ways(events.filter(at__gte=view.since), names), _gone(events, names)
    told: dict[str, frozenset[str]] = {code: frozenset(said) for code, said in ways.items()}
    return [Home(*place, code, told.get(code, NOBODY)) for code, place in rows.items() if code not in gone]


def _ways(events: QuerySet[Event], names: Mapping[str, str]) -> dict[str, set[str]]:
    """By what each household was told; the database takes what many records say alike together."""
    said = {f"said_{name}": KeyTextTransform(name, "data") for name in SAID}
    rows = events.order_by().annotate(**said).values_list("household", "kind", *said).distinct()
    ways: dict[str, set[str]] = defaultdict(set)
    phoned = kind_names(Phoned)
    for household, kind, outcome, leaflet, way in rows:
        ways[names.get(household, household)] |= ways_of(outcome, leaflet == "true", way, phoned=kind in phoned)
    return ways


def _gone(events: QuerySet[Event], names: Mapping[str, str]) -> set[str]:
    """The households that have moved or whose house is empty, by the latest word on them."""
    visits = events.filter(kind__in=kind_names(Visited))
    ever = {names.get(code, code) for code in visits.filter(data__outcome__in=GONE).values_list("household", flat=True)}
    said = about(visits, "household", ever, names).order_by(*TOTAL_ORDER).values_list("household", "data")
    latest = {names.get(code, code): data["outcome"] for code, data in said} if ever else {}
    return {code for code, outcome in latest.items() if outcome in GONE}


def _rows(view: View) -> Iterable[tuple[str, str, int]]:
    below = Area.objects.below(view.area, view.as_of).values("code")
    yield from Household.objects.as_of(view.as_of).filter(area__in=below).values_list("code", "area", "position")
    finds = standing(FoundSaid, as_of=view.as_of).filter(Q(at__lt=view.end), area__in=below, data__what="household")
    yield from ((f"{FOUND}{topic}", area, LAST) for topic, area in finds.values_list("topic", "area"))


def ways_of(outcome: str | None, leaflet: bool, way: str | None, *, phoned: bool) -> set[str]:
    """By what a record's household was told: a way that it names, a call that reached somebody, a visit and a leaflet."""
    if way:
        return {way}
    if phoned:
        return {ToldBy.TALK.value} if outcome == CallOutcome.REACHED else set()
    return {name for name, told in ((VISIT, outcome == Outcome.MET), (ToldBy.LEAFLET.value, leaflet)) if told}
