"""The persons of an area with their doses, the next one, and what they last answered; as known at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.fields import day_of
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.ledger.queries import standing
from closeknit.measures.doorknock.kinds import Visited
from closeknit.measures.dueshots.rules import NONE_HAD, Line, doses_had, due_from, line_after, state
from closeknit.measures.vaccination.kinds import BaseSet, Given, Mobilised
from closeknit.policy.packs import Policy
from closeknit.registry.kinds import FoundSaid
from closeknit.registry.known import FOUND, about, names_as_of
from closeknit.registry.models import Person


@dataclass(frozen=True)
class View:
    """From where and when one looks: everything before `end`, as known at `as_of`, by a pack."""

    area: str
    end: datetime
    policy: Policy
    as_of: datetime | None = None

    @property
    def today(self) -> date:
        """The local day in which the last moment before the end lies."""
        return (self.end - timedelta(microseconds=1)).astimezone(self.policy.timezone).date()

    def said(self, *said: type[Said]) -> QuerySet[Event]:
        """What stands of these kinds."""
        return standing(*said, as_of=self.as_of).filter(at__lt=self.end)


class Word(NamedTuple):
    """What somebody was told or answered: the columns of its event that decide."""

    at: datetime
    received_at: datetime
    seq: int
    id: UUID
    person: str
    household: str
    data: dict[str, Any]

    @property
    def order(self) -> tuple[Any, ...]:
        """The ledger's total order (ledger.models.Event)."""
        return (self.at, self.received_at, self.seq, str(self.id))


@dataclass(slots=True)
class Shot:
    """Somebody and their next dose. `answered` is the last word since the last dose, where there is one."""

    code: str
    household: str
    area: str
    born: date | None
    pairs: list[tuple[int, date | None]] = field(default_factory=list)
    state: str = ""
    doses: int = 0
    last: date | None = None
    line: Line | None = None
    answered: Word | None = None

    @property
    def next_dose(self) -> int | None:
        return int(self.line["dose"]) if self.line else None

    @property
    def due_from(self) -> date | None:
        """The first day after the interval, where the pack asks for one."""
        return due_from(self.line, self.last) if self.line else None

    @property
    def answer(self) -> str:
        """The code of the answer; empty where nobody has answered."""
        said = self.answered.data if self.answered else {}
        return str(said.get("answer") or said.get("booster") or "")


def people(view: View) -> list[Shot]:
    """Everybody of the area, in the order of their codes."""
    found = {shot.code: shot for shot in (*_of_register(view), *_of_finds(view))}
    _doses(view, found)
    schedule, today = view.policy.get("vaccination.schedule"), view.today
    line_of = cache(lambda doses: line_after(schedule, doses))
    state_of = cache(lambda doses, last, born: state(line_of(doses), last, born, today))  # of a million few differ
    for shot in found.values():
        shot.doses, shot.last = doses_had(shot.pairs) if shot.pairs else NONE_HAD
        shot.line = line_of(shot.doses)
        shot.state = state_of(shot.doses, shot.last, shot.born)
    _answers(view, [shot for shot in found.values() if shot.state == "due"])
    return [found[code] for code in sorted(found)]


def _of_register(view: View) -> Iterable[Shot]:
    merged, homes = names_as_of("person", view.as_of), names_as_of("household", view.as_of)
    below = Area.objects.below(view.area, view.as_of).values("code")
    rows = Person.objects.as_of(view.as_of).filter(area__in=below)
    for code, home, area, born in rows.values_list("code", "household", "area", "birth_date"):
        if code not in merged:
            yield Shot(code, homes.get(home, home), area, born)


def _of_finds(view: View) -> Iterable[Shot]:
    merged, homes = names_as_of("person", view.as_of), names_as_of("household", view.as_of)
    below = Area.objects.below(view.area, view.as_of).values("code")
    for find in view.said(FoundSaid).filter(area__in=below, data__what="person"):
        code, told = f"{FOUND}{find.topic}", find.told()
        if code not in merged:
            home = told.get("household", "")
            yield Shot(code, homes.get(home, home), find.area, day_of(told.get("birth_date", "")))


def _doses(view: View, found: dict[str, Shot]) -> None:
    names, zone = names_as_of("person", view.as_of), view.policy.timezone
    for person, at, data in _told(view, Given, found, names).values_list("person", "at", "data"):
        if shot := found.get(names.get(person, person)):
            shot.pairs.append((data["dose"], at.astimezone(zone).date()))
    bases = {names.get(person, person): data for person, data in _told(view, BaseSet, found, names).values_list("person", "data")}
    days = {said: day_of(said) for said in {base.get("last_on", "") for base in bases.values()}}
    for code, base in bases.items():
        if base["doses"] and code in found:
            found[code].pairs.append((base["doses"], days[base.get("last_on", "")]))


def _told(view: View, said: type[Said], found: Iterable[str], names: Mapping[str, str]) -> QuerySet[Event]:
    """What was said of these persons, the latest word last."""
    return about(view.said(said), "person", found, names).order_by(*TOTAL_ORDER)


def _answers(view: View, due: list[Shot]) -> None:
    """The last word on each who is due: of themselves, of their household as a whole, and where the pack asks at the door, from there."""
    persons, homes = names_as_of("person", view.as_of), names_as_of("household", view.as_of)
    own: dict[str, list[Word]] = defaultdict(list)
    shared: dict[str, list[Word]] = defaultdict(list)
    said, at_doors = view.said(Mobilised), view.said(Visited).filter(data__booster__isnull=False)
    households = {shot.household for shot in due} - {""}
    words = [
        *_words(about(said.exclude(person=""), "person", {shot.code for shot in due}, persons)),
        *_words(about(said.filter(person=""), "household", households, homes)),
        *(_words(about(at_doors, "household", households, homes)) if view.policy.has("booster") else ()),
    ]
    for word in words:
        if "answer" in word.data and word.person:
            own[persons.get(word.person, word.person)].append(word)
        else:
            shared[homes.get(word.household, word.household)].append(word)
    for shot in due:
        heard = [*own[shot.code], *(shared[shot.household] if shot.household else ())]
        shot.answered = max((each for each in heard if _counts(view, shot, each)), key=lambda each: each.order, default=None)


def _words(events: QuerySet[Event]) -> list[Word]:
    return [Word(*row) for row in events.values_list("at", "received_at", "seq", "id", "person", "household", "data")]


def _counts(view: View, shot: Shot, word: Word) -> bool:
    """Whether a word is about the dose that is due now."""
    if "booster" in word.data and int(shot.next_dose or 0) < int(view.policy.get("booster.from_dose")):
        return False
    return shot.last is None or word.at.astimezone(view.policy.timezone).date() > shot.last
