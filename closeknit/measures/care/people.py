"""The people who need help in an area, as known at a time: their tags, and when somebody last saw them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.care.kinds import CareVisited, Tagged, TagState, VisitOutcome
from closeknit.measures.care.rules import roster_tags
from closeknit.registry.kinds import Category, FoundSaid
from closeknit.registry.known import FOUND, about, names_as_of
from closeknit.registry.models import Person


@dataclass(frozen=True)
class Cared:
    """Somebody who needs help. `last` is the last visit of care at which they, or their household, were met."""

    code: str
    household: str
    area: str
    tags: tuple[str, ...]
    last: Event | None = None
    tried: Event | None = None


def _said(*said: type[Said], until: datetime | None, as_of: datetime | None) -> QuerySet[Event]:
    events = standing(*said, as_of=as_of).defer("personal", "digest")
    return events.filter(at__lt=until) if until else events


def people(area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Cared]:
    """Everybody of the area with a tag before `until` (None: by all that stands), in the order of their codes."""
    names, homes = names_as_of("household", as_of), _homes(area, until, as_of)
    said = _tags_said(until, as_of)
    found = {}
    for code, (home, lies_in, tags) in homes.items():
        tags = (tags | said[code][0]) - said[code][1] if code in said else tags
        if tags:
            found[code] = (names.get(home, home), lies_in, tuple(sorted(tags)))
    persons, households = _visits(found, {home for home, _, _ in found.values()}, until, as_of)
    made = []
    for code in sorted(found):
        home, lies_in, tags = found[code]
        visits = sorted([*persons[code], *(households[home] if home else ())], key=lambda each: each.order)
        met = [each for each in visits if each.data["outcome"] == VisitOutcome.MET]
        made.append(Cared(code, home, lies_in, tags, met[-1] if met else None, visits[-1] if visits else None))
    return made


def _homes(area: str, until: datetime | None, as_of: datetime | None) -> dict[str, tuple[str, str, set[str]]]:
    """Household, area and the register's tags of everybody who may be on the list."""
    below = Area.objects.below(area, as_of).values("code")
    meant = ~Q(tags=[]) | Q(category=Category.NO_FIXED_HOME) | Q(code__in=_said(Tagged, until=until, as_of=as_of).values("person"))
    merged = names_as_of("person", as_of)
    tagged = [merged[code] for code in _said(Tagged, until=until, as_of=as_of).values_list("person", flat=True) if code in merged]
    rows = Person.objects.as_of(as_of).filter(area__in=below).filter(meant | Q(code__in=tagged))
    homes = {
        code: (home, lies_in, roster_tags(tags, category))
        for code, home, lies_in, tags, category in rows.values_list("code", "household", "area", "tags", "category")
    }
    finds = _said(FoundSaid, until=until, as_of=as_of).filter(area__in=below, data__what="person")
    for topic, lies_in, data in finds.values_list("topic", "area", "data"):
        code = f"{FOUND}{topic}"
        if code not in merged:
            homes[code] = (data.get("household", ""), lies_in, roster_tags((), data.get("category", "")))
    return homes


def _tags_said(until: datetime | None, as_of: datetime | None) -> dict[str, tuple[set[str], set[str]]]:
    """The tags that were set, and those that were removed, by person; the latest word on each counts."""
    names = names_as_of("person", as_of)
    said: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for event in sorted(_said(Tagged, until=until, as_of=as_of), key=lambda each: each.order):
        holds, gone = said[names.get(event.person, event.person)]
        now, before = (holds, gone) if event.data["state"] == TagState.SET else (gone, holds)
        now.add(event.data["tag"])
        before.discard(event.data["tag"])
    return said


def _visits(
    persons: Iterable[str], households: set[str], until: datetime | None, as_of: datetime | None
) -> tuple[dict[str, list[Event]], dict[str, list[Event]]]:
    """The visits of care of these persons, and of these households as a whole."""
    names, homes = names_as_of("person", as_of), names_as_of("household", as_of)
    by_person: dict[str, list[Event]] = defaultdict(list)
    by_household: dict[str, list[Event]] = defaultdict(list)
    said, wanted, homes_wanted = _said(CareVisited, until=until, as_of=as_of), set(persons), households - {""}
    for event in about(said.exclude(person=""), "person", wanted, names):
        by_person[names.get(event.person, event.person)].append(event)
    for event in about(said.filter(person=""), "household", homes_wanted, homes):
        by_household[homes.get(event.household, event.household)].append(event)
    return by_person, by_household
