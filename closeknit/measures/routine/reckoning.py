"""Who belongs and who is due at a time, as known at a time: reckoned from the records alone, for reports and the board of yesterday."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet

from closeknit.campaigns.cadences.kinds import Drawn, GroupSet, MemberAdded, MemberLeft, belonging
from closeknit.campaigns.cadences.projections import group_row
from closeknit.campaigns.cadences.rules import DUE, OVERDUE, day_after, moment, next_due, state
from closeknit.campaigns.cadences.standing import Kept, kept
from closeknit.campaigns.models import Group
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.testing.kinds import Sampled
from closeknit.policy.packs import Policy
from closeknit.registry.known import names_as_of
from closeknit.reports.figures import Question

FEW = 2_000


@dataclass
class Reckoned:
    """The groups of an area at a time; of each group its members, and the day on which each of those who owe a sample is due."""

    groups: dict[str, Kept]
    today: date
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    due: dict[str, dict[str, date]] = field(default_factory=lambda: defaultdict(dict))

    def everybody(self) -> set[str]:
        """Who belongs to any of the groups."""
        return {person for group in self.members.values() for person in group}

    def in_state(self, *states: str) -> set[str]:
        """Who is in one of these states in any of the groups."""
        return {person for group in self.due.values() for person, day in group.items() if state(day, self.today) in states}


def reckon(question: Question) -> Reckoned:
    """The state at the question's end; reckoned once a question."""
    made: Reckoned = question.once("routine", lambda: _reckoned(question))
    return made


def _reckoned(question: Question) -> Reckoned:
    zone, last_moment = question.policy.timezone, question.end - timedelta(microseconds=1)
    said = grouped(list(standing(GroupSet, as_of=question.as_of).filter(at__lt=question.end).defer("personal", "digest")), "topic")
    here = set(in_area(standing(GroupSet, as_of=question.as_of), question.area, question.as_of).values_list("id", flat=True))
    rows = [Group(**group_row(events[-1], zone)) for events in said.values() if events[-1].id in here]
    groups = {row.topic: kept(row, question.policy) for row in rows if row.starts_at < question.end and not _is_over(row, question.end)}
    made = Reckoned(groups, last_moment.astimezone(zone).date())
    if groups:
        _fill(made, question, question.policy)
    return made


def _is_over(row: Group, end: datetime) -> bool:
    return row.ends_at is not None and row.ends_at < end


def _of_groups(question: Question, groups: Iterable[str], *said: type[Said]) -> list[Event]:
    events = standing(*said, as_of=question.as_of).filter(at__lt=question.end, topic__in=list(groups))
    return list(events.defer("personal", "digest"))


def _fill(made: Reckoned, question: Question, pack: Policy) -> None:
    zone, other_names = pack.timezone, names_as_of("person", question.as_of)
    joined = belonging(_named(_of_groups(question, made.groups, MemberAdded, MemberLeft), other_names))
    last = last_samples({person for _, person in joined}, question, other_names)
    for (group, person), event in joined.items():
        since = moment(event.data.get("from_day", ""), event.at, zone)
        if since >= question.end:
            continue
        made.members[group].add(person)
        if not made.groups[group].is_drawn:
            sampled = last[person].astimezone(zone).date() if person in last else None
            made.due[group][person] = next_due(sampled, since.astimezone(zone).date(), made.groups[group].days)
    for draw in sorted(_of_groups(question, made.groups, Drawn), key=lambda event: event.order, reverse=True):
        ends = day_after(draw.data["until_day"], zone)
        for name in draw.data["drawn"]:
            person = other_names.get(name, name)
            owes = person in made.members[draw.topic] and not (person in last and last[person] >= draw.at)
            if owes and ends is not None:
                day = min(made.today, (ends - timedelta(days=1)).astimezone(zone).date())  # due from the draw on
                made.due[draw.topic][person] = min(day, made.due[draw.topic].get(person, day))


def _named(events: Iterable[Event], other_names: Mapping[str, str]) -> list[Event]:
    named = list(events)
    for event in named:
        event.person = other_names.get(event.person, event.person)
    return named


def _samples(persons: set[str], question: Question, other_names: Mapping[str, str]) -> QuerySet[Event]:
    samples = standing(Sampled, as_of=question.as_of).filter(at__lt=question.end)
    if len(persons) > FEW:
        return samples
    return samples.filter(person__in=[*persons, *(name for name, person in other_names.items() if person in persons)])


def last_samples(persons: set[str], question: Question, other_names: Mapping[str, str]) -> dict[str, datetime]:
    """When each of these persons was sampled last before the question's end."""
    last: dict[str, datetime] = {}
    for name, at in _samples(persons, question, other_names).values_list("person").annotate(last=Max("at")).order_by():
        person = other_names.get(name, name)
        if person in persons:
            last[person] = max(at, last.get(person, at))
    return last


def times(question: Question) -> list[Event]:
    """The samples of the window of whoever belonged to one of the groups when it was taken, wherever it was taken."""
    groups = reckon(question).groups
    other_names = names_as_of("person", question.as_of)
    spans = _spans(_named(_of_groups(question, groups, MemberAdded, MemberLeft), other_names), question)
    found = []
    for event in (
        _samples(set(spans), question, other_names).filter(at__gte=question.start).defer("personal", "digest").order_by("at", "id")
    ):
        person = other_names.get(event.person, event.person)
        if any(begins <= event.at < ends for begins, ends in spans.get(person, ())):
            found.append(event)
    return found


def _spans(events: list[Event], question: Question) -> dict[str, list[tuple[datetime, datetime]]]:
    """From when to when each person belonged to any group; who joins again without having left belonged from the earliest day said."""
    zone, spans, open_at = question.policy.timezone, defaultdict(list), {}
    for event in sorted(events, key=lambda event: event.order):
        key = (event.topic, event.person)
        if event.kind == "routine.member_added":
            begins = moment(event.data.get("from_day", ""), event.at, zone)
            open_at[key] = min(begins, open_at.get(key, begins))
        elif key in open_at:
            spans[event.person].append((open_at.pop(key), event.at))
    for (_, person), begins in open_at.items():
        spans[person].append((begins, question.end))
    return dict(spans)


__all__ = ["DUE", "OVERDUE", "Reckoned", "reckon", "times"]
