"""Schools with their classes and who belongs to them: now, from the projections; for a report, from the records as known at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.campaigns.cadences.kinds import GroupSet, MemberAdded, MemberLeft, belonging
from closeknit.campaigns.cadences.projections import group_row
from closeknit.campaigns.cadences.rules import moment
from closeknit.campaigns.models import Group, Owing
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.registry.known import names_as_of
from closeknit.registry.models import Place
from closeknit.reports.figures import Question

CATEGORY = "school"
Belongs = tuple[str, str, str]  # group, person, class


@dataclass
class School:
    """A school: its groups of routine testing, who belongs to each class, and what was last said of each class."""

    place: Any
    groups: list[Group] = field(default_factory=list)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.place.code)

    @property
    def classes(self) -> list[str]:
        """The classes in use, by name."""
        kept = {name for name, data in self.said.items() if data["state"] == "in_use"}
        return sorted(kept | {name for name, people in self.members.items() if name and people and name not in self.said})

    @property
    def people(self) -> set[str]:
        """Everybody who belongs to the school."""
        return set().union(*self.members.values())

    def expected(self, name: str) -> int | None:
        """How many belong to a class by what its school said; None where nobody has said."""
        number = self.said.get(name, {}).get("people")
        return None if number is None else int(number)

    @property
    def unnamed(self) -> int:
        """How many of its classes are not named yet."""
        return sum(max(0, (self.expected(name) or 0) - len(self.members[name])) for name in self.classes)


def places(area: str, as_of: datetime | None = None) -> QuerySet[Place]:
    """The schools of an area in the register."""
    rows: QuerySet[Place] = Place.objects.as_of(as_of).filter(area__in=Area.objects.below(area, as_of).values("code"), category=CATEGORY)
    return rows.order_by("area", "name", "code")


def live(rows: QuerySet[Place], now: datetime) -> list[School]:
    """Schools as they stand now; four statements, however many they are."""
    groups = list(Group.objects.filter(place__in=rows.values("code"), starts_at__lte=now).exclude(ends_at__lte=now).order_by("topic"))
    of = Owing.objects.filter(draw=None, group__in=[each.topic for each in groups], since__lte=now)
    said = _classes().filter(place__in=rows.values("code"))
    return _made(rows, groups, of.values_list("group", "person", "school_class"), said)


def _classes(as_of: datetime | None = None) -> QuerySet[Event]:
    return standing(kinds()["schools.class_set"].said, as_of=as_of)


def as_known(question: Question) -> list[School]:
    """Schools at the question's end, reckoned from the records; once a question."""
    return list(question.once("schools", lambda: _as_known(question)))


def _as_known(question: Question) -> list[School]:
    rows, end = places(question.area, question.as_of), question.end
    kept = [each for each in groups_of(question) if each.starts_at < end and (each.ends_at is None or each.ends_at >= end)]
    said = _classes(question.as_of).filter(place__in=rows.values("code"), at__lt=end)
    return _made(rows, kept, _joined(question, [each.topic for each in kept], question.policy.timezone), said)


def groups_of(question: Question) -> list[Group]:
    """The groups whose place is a school of the area, by the latest word on each before the question's end."""
    said = standing(GroupSet, as_of=question.as_of).filter(at__lt=question.end).defer("personal", "digest")
    latest = [Group(**group_row(events[-1], question.policy.timezone)) for events in grouped(list(said), "topic").values()]
    codes = set(places(question.area, question.as_of).values_list("code", flat=True))
    return [each for each in latest if each.place in codes]


def _joined(question: Question, topics: list[str], zone: timezone) -> Iterable[Belongs]:
    events = standing(MemberAdded, MemberLeft, as_of=question.as_of).filter(topic__in=topics, at__lt=question.end)
    joined = belonging(events.defer("personal", "digest"), names_as_of("person", question.as_of))
    for (group, person), event in joined.items():
        if moment(event.data.get("from_day", ""), event.at, zone) < question.end:
            yield group, person, str(event.data.get("school_class", ""))


def _made(rows: QuerySet[Place], groups: list[Group], joined: Iterable[Belongs], said: QuerySet[Event]) -> list[School]:
    found = {place.code: School(place) for place in rows}
    place_of = {}
    for group in groups:
        found[group.place].groups.append(group)
        place_of[group.topic] = group.place
    for topic, person, name in joined:
        found[place_of[topic]].members[name].add(person)
    for event in sorted(said.defer("personal", "digest"), key=lambda event: event.order):
        found[event.place].said[event.topic] = event.data
    return list(found.values())
