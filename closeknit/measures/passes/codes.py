"""Who has a code, and how: the latest word on each person; objections that nobody has answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.isolation.kinds import homes_of
from closeknit.registry.kinds import FoundSaid
from closeknit.registry.known import FEW, FOUND, names_as_of
from closeknit.registry.models import Alias, Person

GIVEN, ENDED, OBJECTED, ANSWERED = "passes.code_given", "passes.code_ended", "passes.objected", "passes.objection_answered"


def holders(until: datetime, as_of: datetime | None = None, persons: Iterable[str] | None = None) -> dict[str, Event]:
    """Who has a code at a moment, with the record that gave it; of some persons, or of all."""
    names = names_as_of("person", as_of)
    said = _before(until, as_of, GIVEN, ENDED).defer("personal", "digest")
    if persons is not None:
        wanted = {names.get(code, code) for code in persons}
        said = said.filter(person__in=wanted | {name for name, code in names.items() if code in wanted})
    latest: dict[str, Event] = {}
    for event in sorted(said, key=lambda event: event.order):
        latest[names.get(event.person, event.person)] = event
    return {code: event for code, event in latest.items() if event.kind == GIVEN}


def held_in(area: str, until: datetime, as_of: datetime | None = None) -> dict[str, Event]:
    """Who lives in an area and has a code, with the record that gave it; where few live there, only theirs are read."""
    areas = Area.objects.below(area, as_of)
    here = {"area__in": Area.objects.codes_below(area, as_of)}
    codes = [*Person.objects.as_of(as_of).filter(**here).values_list("code", flat=True)[: FEW + 1]]
    finds = standing(FoundSaid, as_of=as_of).filter(**here).values_list("topic", flat=True)[: FEW + 1]
    persons = [*codes, *(f"{FOUND}{topic}" for topic in finds)]
    return living_in(holders(until, as_of, persons if len(persons) <= FEW else None), {*areas.values_list("code", flat=True)}, as_of)


def living_in(events: dict[str, Event], areas: set[str], as_of: datetime | None = None) -> dict[str, Event]:
    """Those of the persons who live in these areas."""
    homes = homes_of(events, as_of)
    return {code: event for code, event in events.items() if homes.get(code) in areas}


def open_objections(until: datetime, as_of: datetime | None = None, person: str = "") -> list[Event]:
    """Objections without an answer, as said last, the oldest first; each by the topic under which it is answered."""
    answered = set(_before(until, as_of, ANSWERED).values_list("topic", flat=True))
    said = _before(until, as_of, OBJECTED)
    if person:
        other = Alias.objects.filter(reference="person", canonical=person, withdrawn_at__isnull=True).values_list("code", flat=True)
        said = said.filter(person__in=[person, *other])
    waiting = {event.topic: event for event in sorted(said, key=lambda event: event.order) if event.topic not in answered}
    return sorted(waiting.values(), key=lambda event: event.order)


def is_late(event: Event, now: datetime, hours: int) -> bool:
    """Whether an objection has waited longer than the pack allows."""
    return now - event.at >= timedelta(hours=hours)


def _before(until: datetime, as_of: datetime | None, *names: str) -> QuerySet[Event]:
    return standing(*(kinds()[name].said for name in names), as_of=as_of).filter(at__lt=until)
