"""The entrances of the venues of an area, as they stand at a moment: which are in use, where the code hangs, where one gets in by hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.venueregister.kinds import EntranceChecked, EntranceSet
from closeknit.measures.venues.kinds import Patrolled
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place

MAIN, IN_USE = "", "in_use"
SET, CHECKED, PATROLLED = "venues.entrance_set", "venues.entrance_checked", "venues.patrolled"


@dataclass(frozen=True)
class Entrance:
    """One entrance of a venue. posted and by_hand are None where nobody has looked. is_set: False where somebody looked at an entrance
    of this name that nobody has set: it is shown, and counts nowhere."""

    place: Any
    name: str = MAIN
    posted: bool | None = None
    by_hand: bool | None = None
    seen_at: datetime | None = None
    is_set: bool = True


def venues(area: str, pack: Policy, as_of: datetime | None = None) -> QuerySet[Place]:
    """The places of an area that are venues by their category."""
    rows: QuerySet[Place] = Place.objects.as_of(as_of).filter(
        area__in=Area.objects.below(area, as_of).values("code"), category__in=list(pack.get("venues.categories"))
    )
    return rows


def entrances(places: QuerySet[Place], until: datetime, as_of: datetime | None = None) -> list[Entrance]:
    """The entrances in use of these places, by place and name; two statements, however many places."""
    rows = list(places.order_by("area", "name", "code"))
    said: dict[str, list[Event]] = defaultdict(list)
    read = standing(EntranceSet, EntranceChecked, Patrolled, as_of=as_of).filter(at__lt=until, place__in=places.values("code"))
    for event in sorted(read.defer("personal", "digest"), key=lambda event: event.order):
        said[event.place].append(event)
    return [each for row in rows for each in of_place(row, said[row.code])]


def of_place(place: Any, events: Iterable[Event]) -> list[Entrance]:
    """What the records of one place, in their order, come to."""
    states: dict[str, str] = {}
    looked: dict[str, Mapping[str, Any]] = defaultdict(dict)
    patrol: Mapping[str, Any] = {}
    for event in events:
        name = str(event.data.get("entrance", MAIN))
        if event.kind == SET:
            states[name] = str(event.data["state"])
        elif event.kind == CHECKED:
            looked[name] = {"posted": event.data["posted"], "by_hand": event.data["by_hand"], "seen_at": event.at}
        else:
            patrol = {"posted": event.data["code_posted"], "seen_at": event.at}
            looked = defaultdict(dict, {each: {**word, **patrol} for each, word in looked.items()})
    states = states or {MAIN: IN_USE}
    in_use = sorted(name for name, state in states.items() if state == IN_USE)
    unset = sorted(looked.keys() - states.keys())
    return [Entrance(place, name, **{**patrol, **looked[name]}, is_set=name in states) for name in (*in_use, *unset)]
