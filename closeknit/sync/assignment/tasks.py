"""Tasks that measures give to phones: parts of the pull that name people of the worker's own register."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from closeknit.ledger.kinds import Said, names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.registry.known import canonical
from closeknit.registry.models import Alias, Found, Household, Person
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.register import Rows

KNOWN_FOR = timedelta(days=8)  # a phone forgets its own records after seven


class Told(NamedTuple):
    """A record that stands, about somebody by the code that the register has."""

    order: tuple[Any, ...]
    at: datetime
    household: str
    person: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Residents:
    """The households and persons of a worker's register, each with its place in walking order."""

    households: Mapping[str, int]
    persons: Mapping[str, int]

    @classmethod
    def of(cls, register: Iterable[Rows]) -> "Residents":
        """Those of all areas."""
        rows = list(register)
        homes = (row[0] for each in rows for row in each.households)
        people = (row[0] for each in rows for row in each.persons)
        return cls({code: place for place, code in enumerate(homes)}, {code: place for place, code in enumerate(people)})


Provider = Callable[[Assigned, Residents], list[list[Any]]]


@dataclass(frozen=True)
class Task:
    """What one work is given. The first two fields of a row may be codes of people; `said` are the kinds that change the rows."""

    provider: Provider
    said: tuple[type[Said], ...]


@dataclass(frozen=True)
class Part:
    """A task's part, and the codes of all who stand in it, for the trail."""

    content: dict[str, Any]
    codes: list[str]


_tasks: dict[str, Task] = {}


def register(work: str, provider: Provider, *said: type[Said]) -> None:
    """Phones of this work are given a part of its name. Raises ValueError where the work has one already."""
    if work in _tasks:
        raise ValueError(f"The work {work!r} has two tasks; one measure gives it.")
    _tasks[work] = Task(provider, said)


def works() -> frozenset[str]:
    """The works that have a task: the names of the parts."""
    return frozenset(_tasks)


def parts(assigned: Assigned, people: Mapping[str, Rows]) -> dict[str, Part]:
    """The parts of the worker's work, without those that have nothing to say."""
    if not assigned.knows_people:
        return {}
    residents = Residents.of(people[area] for area in sorted(people))
    made = {work: _part(task, assigned, residents) for work, task in _tasks.items() if work in assigned.work}
    return {work: part for work, part in made.items() if part.content["rows"] or part.content["known"]}


def _part(task: Task, assigned: Assigned, residents: Residents) -> Part:
    rows = task.provider(assigned, residents)
    codes = [code for row in rows for code in row[:2] if code in residents.households or code in residents.persons]
    return Part({"rows": rows, "known": _known(assigned, task.said)}, codes)


def _known(assigned: Assigned, said: tuple[type[Said], ...]) -> list[list[Any]]:
    """The phone's own records that the rows speak of, and whether they stand: the phone puts the others on top, and none twice."""
    own = Event.objects.filter(device=assigned.device, kind__in=names(*said), received_at__gte=assigned.now - KNOWN_FOR)
    return [[str(number), int(over is None)] for number, over in own.order_by("arrival").values_list("id", "superseded_at")]


def told(assigned: Assigned, residents: Residents, said: type[Said], *, since: datetime | None = None) -> list[Told]:
    """What stands of this kind about the people of the worker's areas, oldest first; of people who were merged by the code that is left."""
    events = standing(said).filter(_about("household", Household, assigned) | _about("person", Person, assigned))
    if since is not None:
        events = events.filter(at__gte=since)
    columns = ("at", "received_at", "seq", "id", "household", "person", "data")
    rows = list(events.values_list(*columns))
    homes = canonical("household", {row[4] for row in rows if row[4] and row[4] not in residents.households})
    persons = canonical("person", {row[5] for row in rows if row[5] and row[5] not in residents.persons})
    found = [
        Told((at, received, seq, str(number)), at, homes.get(home, home), persons.get(person, person), data)
        for at, received, seq, number, home, person, data in rows
    ]
    return sorted(found, key=lambda each: each.order)


def _about(reference: str, model: type[Household] | type[Person], assigned: Assigned) -> Q:
    here: QuerySet[Any] = model.objects.current().filter(area__in=assigned.codes).values("code")
    found = Found.objects.filter(what=reference, area__in=assigned.codes).values("code")
    others = Alias.objects.filter(reference=reference, withdrawn_at__isnull=True, canonical__in=here).values("code")
    return Q(**{f"{reference}__in": here}) | Q(**{f"{reference}__in": found}) | Q(**{f"{reference}__in": others})


def today(assigned: Assigned) -> datetime:
    """When the policy's local day began."""
    return assigned.now.astimezone(assigned.policy.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
