"""The premises of an area and the acts against them, read from the ledger as known at a time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from closeknit.areas.models import Area
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.inspections.acts import STEPS, Act, Premises, fold
from closeknit.policy.packs import policy
from closeknit.registry.models import Place

READ = ("inspections.inspected", *STEPS)


def premises_of(places: Iterable[str], area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, Premises]:
    """These places by code, with findings and acts, by the pack of the area; a place of which nothing was said is left out."""
    said = standing(*(kinds()[name].said for name in READ), as_of=as_of).filter(place__in=places).defer("personal", "digest")
    by_place: dict[str, list[Event]] = defaultdict(list)
    for event in said.filter(at__lt=until) if until else said:
        by_place[event.place].append(event)
    back = timedelta(days=int(policy(area, as_of).get("inspections.repeats.within_days")))
    return {place: fold(place, events, back) for place, events in sorted(by_place.items())}


def premises(area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, Premises]:
    """The places that lie in the area."""
    below = Area.objects.below(area, as_of).values("code")
    return premises_of(Place.objects.as_of(as_of).filter(area__in=below).values_list("code", flat=True), area, until=until, as_of=as_of)


def all_acts(area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Act]:
    """The acts against places of the area, the latest first."""
    found = [act for each in premises(area, until=until, as_of=as_of).values() for act in each.acts.values()]
    return sorted(found, key=lambda act: (act.made.order, act.code), reverse=True)


def acts_of(place: str, area: str) -> dict[str, Act]:
    """The acts against one place by their number."""
    found = premises_of([place], area)
    return found[place].acts if place in found else {}
