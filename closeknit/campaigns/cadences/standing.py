"""Who is due and overdue now, from the projections: set queries, one condition a cadence."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import get_language

from closeknit.areas.models import Area
from closeknit.campaigns.cadences.rules import DUE, LATER, OVERDUE, cadence, categories, midnight
from closeknit.campaigns.models import Group, LastSample, Owing
from closeknit.kit.text import Text
from closeknit.policy.packs import Policy
from closeknit.registry.models import Found, Person

UNSAMPLED = Q(last=None) | Q(last__lt=F("since"))


@dataclass(frozen=True)
class Kept:
    """A group with what the pack in force says of it."""

    group: Group
    days: int
    category: Text | str

    @property
    def label(self) -> str:
        return self.group.label_en if self.group.label_en and get_language() == "en" else self.group.label

    @property
    def is_drawn(self) -> bool:
        """Whether only a share of it is drawn each time."""
        return self.group.share is not None


@dataclass(frozen=True)
class Today:
    """The groups of an area that are kept at a moment, and who of them is due. lent: groups of areas above, of which those who live here
    count here."""

    groups: dict[str, Kept]
    now: datetime
    today: date
    begins: datetime
    lent: tuple[str, ...] = ()
    area: str = ""

    def _cadences(self) -> dict[int, list[str]]:
        by_days: dict[int, list[str]] = {}
        for code, kept in self.groups.items():
            if not kept.is_drawn:
                by_days.setdefault(kept.days, []).append(code)
        return by_days

    def rows(self) -> QuerySet[Owing]:
        """Who owes samples, with `last` (when they were sampled last) and `due_at` (when they are due next; empty where one is only drawn).
        Of a draw those who still belong to the group."""
        last = LastSample.objects.filter(person=OuterRef("person")).values("at")[:1]
        belongs = Owing.objects.filter(draw=None, group=OuterRef("group"), person=OuterRef("person"))
        rows = Owing.objects.filter(Q(draw=None) | Exists(belongs), group__in=list(self.groups), since__lte=self.now)
        if self.lent:
            rows = rows.filter(~Q(group__in=self.lent) | lives_below(self.area))
        rows = rows.annotate(last=Subquery(last))
        return rows.annotate(due_at=Case(*self._due_at(), output_field=DateTimeField()))

    def _due_at(self) -> list[When]:
        drawn = When(draw__isnull=False, then=ExpressionWrapper(F("due_by") - _days(1), DateTimeField()))
        whens = [drawn]
        for days, codes in self._cadences().items():
            again = Greatest(ExpressionWrapper(F("last") + _days(days), DateTimeField()), F("since"))
            whens.append(When(group__in=codes, then=Coalesce(again, F("since"))))
        return whens

    def in_state(self, state: str) -> Q:
        """Which rows are due on or before a day: overdue, due (with those overdue), later."""
        if state == LATER:
            return ~self.in_state(DUE)
        until = self.begins + timedelta(days=1 if state == DUE else 0)
        found = Q(draw__isnull=False) & UNSAMPLED & (Q(due_by__lte=self.now) if state == OVERDUE else Q())
        for days, codes in self._cadences().items():
            found |= Q(draw=None, group__in=codes, since__lt=until) & (Q(last=None) | Q(last__lt=until - timedelta(days=days)))
        return found

    def counts(self, state: str) -> Counter[str]:
        """How many persons of each group are in a state."""
        rows = self.rows().filter(self.in_state(state)).order_by()
        return Counter(group for group, _ in rows.values_list("group", "person").distinct())

    def members(self) -> Counter[str]:
        """How many persons belong to each group."""
        rows = Owing.objects.filter(draw=None, group__in=list(self.groups), since__lte=self.now)
        return Counter(rows.values_list("group", flat=True))


def _days(number: int) -> Value:
    return Value(timedelta(days=number), DurationField())


def kept(group: Group, pack: Policy) -> Kept:
    """A group with what the pack says of it."""
    return Kept(group, cadence(pack, group.category, group.cadence_days), categories(pack).get(group.category, group.category))


def lives_below(area: str) -> Q:
    """Who lives in an area or below it, of the register and of those who stand in no roster."""
    below = Area.objects.below(area).values("code")
    known, found = Person.objects.current().filter(area__in=below), Found.objects.filter(area__in=below, what="person")
    return Q(person__in=known.values("code")) | Q(person__in=found.values("code"))


def today(area: str, pack: Policy, now: datetime, *, lent: bool = False) -> Today:
    """The groups of an area that are kept at a moment; with `lent` also those of the areas above, for who of them lives here."""
    day = now.astimezone(pack.timezone).date()
    here = Q(area__in=Area.objects.below(area).values("code"))
    path = Area.objects.current().filter(code=area).values_list("path", flat=True).first() or ""
    above = [code for code in path.split("/") if code and code != area] if lent else []
    rows = Group.objects.filter(here | Q(area__in=above), starts_at__lte=now).exclude(ends_at__lte=now).order_by("area", "topic")
    groups = {row.topic: kept(row, pack) for row in rows}
    of_above = tuple(code for code, each in groups.items() if each.group.area in above)
    return Today(groups, now, day, midnight(day, pack.timezone), of_above, area)


def area_of_group(code: str) -> str | None:
    """Where a group lies; None where there is none."""
    return Group.objects.filter(topic=code).values_list("area", flat=True).first()
