"""The households of an area and the ways by which each was reached; reckoned from the records, as known at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from closeknit.areas.models import Area
from closeknit.ledger.kinds import names as kind_names
from closeknit.ledger.models import Event
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


@dataclass(frozen=True)
class Home:
    """A household where somebody lives; `position` is its place on the walk."""

    code: str
    area: str
    position: int
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
    """The households that are to be told, in the order of area and walk."""
    names = names_as_of("household", view.as_of)
    rows = {code: (area, position) for code, area, position in _rows(view) if code not in names}
    events = standing(Visited, Phoned, HouseholdTold, as_of=view.as_of).filter(at__lt=view.end).exclude(household="")
    outcomes: dict[str, tuple[tuple[object, ...], str]] = {}
    ways: dict[str, set[str]] = defaultdict(set)
    visited = kind_names(Visited)[0]
    for event in about(events, "household", rows, names).defer("personal", "digest").iterator():
        code = names.get(event.household, event.household)
        if event.kind == visited and (code not in outcomes or outcomes[code][0] < event.order):
            outcomes[code] = event.order, event.data["outcome"]
        if event.at >= view.since:
            ways[code] |= ways_of(event)
    return sorted(
        (Home(code, area, position, frozenset(ways[code]))
         for code, (area, position) in rows.items() if code not in outcomes or outcomes[code][1] not in GONE),
        key=lambda home: (home.area, home.position, home.code),
    )  # fmt: skip


def _rows(view: View) -> Iterable[tuple[str, str, int]]:
    below = Area.objects.below(view.area, view.as_of).values("code")
    yield from Household.objects.as_of(view.as_of).filter(area__in=below).values_list("code", "area", "position")
    finds = standing(FoundSaid, as_of=view.as_of).filter(Q(at__lt=view.end), area__in=below, data__what="household")
    yield from ((f"{FOUND}{topic}", area, LAST) for topic, area in finds.values_list("topic", "area"))


def ways_of(event: Event) -> set[str]:
    """By what the record's household was told."""
    data = event.data
    if "way" in data:
        return {data["way"]}
    if event.kind in kind_names(Phoned):
        return {ToldBy.TALK.value} if data["outcome"] == CallOutcome.REACHED else set()
    return {way for way, told in ((VISIT, data["outcome"] == Outcome.MET), (ToldBy.LEAFLET.value, data.get("leaflet"))) if told}
