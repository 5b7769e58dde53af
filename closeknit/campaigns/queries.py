"""Who is due in a campaign, who is excused, and what the records say of them, now or as known at an earlier time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign, Listed
from closeknit.campaigns.types import types
from closeknit.kit.dates import months_before, years_before
from closeknit.kit.once import once_for_all
from closeknit.ledger.fields import day_of
from closeknit.ledger.kinds import Reference
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.policy.packs import policy
from closeknit.registry.kinds import FoundSaid
from closeknit.registry.known import FOUND, names_as_of
from closeknit.registry.models import Household, Person, Place

FEW = 20_000  # so many targets are asked for by name; of more, the whole campaign is read


@dataclass(frozen=True)
class View:
    """From where one looks: an area, up to a time, as known at a time (None: with all that is known)."""

    area: str
    until: datetime
    as_of: datetime | None = None

    def areas(self, within: str) -> QuerySet[Area, str]:
        """The codes of the areas that lie both in this area and in another one."""
        inner = Area.objects.below(within, self.as_of).values("code")
        return Area.objects.below(self.area, self.as_of).filter(code__in=inner).values_list("code", flat=True)


@once_for_all
def overlapping(kind: str, start: datetime, end: datetime, as_of: datetime | None = None) -> list[Campaign]:
    """The campaigns of a kind that overlap a window."""
    return list(Campaign.objects.as_of(as_of).filter(kind=kind, starts_at__lt=end, ends_at__gt=start).order_by("starts_at", "code"))


def subject(campaign: Campaign) -> Reference:
    """What the campaign's targets are: households, persons or places."""
    return types()[campaign.kind].subject


def targets(campaign: Campaign, view: View) -> set[str]:
    """The codes of all who are due in the view's area, those found before its end and before the campaign's among them."""
    areas, rule = view.areas(campaign.area), campaign.targets
    if rule == "households":
        return {*_households(view, areas), *_found("household", campaign, view)}
    if rule == "persons":
        return {*_persons(view, areas), *_found("person", campaign, view)}
    if "persons" in rule:
        return _listed_targets(campaign, view, areas)
    if "households_with" in rule:
        return {*_households_with(rule["households_with"], campaign, view, areas), *_found("household", campaign, view)}
    return set(Place.objects.as_of(view.as_of).filter(area__in=areas, category__in=rule["category"]).values_list("code", flat=True))


def _households(view: View, areas: QuerySet[Area, str]) -> Iterable[str]:
    return Household.objects.as_of(view.as_of).filter(area__in=areas).values_list("code", flat=True)


def _persons(view: View, areas: QuerySet[Area, str]) -> Iterable[str]:
    return Person.objects.as_of(view.as_of).filter(area__in=areas).values_list("code", flat=True)


def households_with(rule: Mapping[str, Mapping[str, int]], on: date, as_of: datetime | None = None) -> QuerySet[Person]:
    """The persons who make their household due: by age in months on a day, {"age_months": {"min": 6, "max": 59}}."""
    ages = rule["age_months"]
    return Person.objects.as_of(as_of).filter(
        birth_date__gt=months_before(on, ages["max"] + 1), birth_date__lte=months_before(on, ages["min"])
    )


def _listed_targets(campaign: Campaign, view: View, areas: QuerySet[Area, str]) -> set[str]:
    """Whom the plan lists, each by the code for which theirs stood: also who was in no roster when it was made, or is in none yet."""
    named = _listed(campaign, "target")
    names = names_as_of("person", view.as_of)
    other = {code: names[code] for code in named & names.keys()}
    wanted = Q(code__in=Listed.objects.filter(campaign=campaign.code, as_what="target").values("person")) | Q(code__in=other.values())
    rows = Person.objects.as_of(view.as_of).filter(wanted, area__in=areas).exclude(code__in=other)
    found = {code for code in (*named, *other.values()) if code.startswith(FOUND)}
    return {*rows.values_list("code", flat=True), *(found.intersection(_found("person", campaign, view)) if found else ())}


def _listed(campaign: Campaign, as_what: str) -> set[str]:
    return set(Listed.objects.filter(campaign=campaign.code, as_what=as_what).values_list("person", flat=True))


def _households_with(rule: Mapping[str, Mapping[str, int]], campaign: Campaign, view: View, areas: QuerySet[Area, str]) -> Iterable[str]:
    day = campaign.starts_at.astimezone(policy(campaign.area, view.as_of).timezone).date()
    children = households_with(rule, day, view.as_of).values("household")
    return Household.objects.as_of(view.as_of).filter(area__in=areas, code__in=children).values_list("code", flat=True)


def _found(what: str, campaign: Campaign, view: View) -> Iterable[str]:
    before = min(view.until, campaign.ends_at)
    finds = standing(FoundSaid, as_of=view.as_of).filter(at__lt=before, area__in=view.areas(campaign.area), data__what=what)
    names = names_as_of(what, view.as_of)
    codes = (f"{FOUND}{event_id}" for event_id in finds.values_list("id", flat=True))
    return {code for each in codes if (code := names.get(each, each)).startswith(FOUND)}


def excused(campaign: Campaign, due: set[str], as_of: datetime | None = None) -> set[str]:
    """Those of the due who are excused by the plan: listed by name, or under an age (in years) at the start."""
    named = _listed(campaign, "excused")
    names = names_as_of("person", as_of) if named else {}
    listed = {names.get(code, code) for code in named}
    under = campaign.excused.get("under_age")
    if under:
        day = campaign.starts_at.astimezone(policy(campaign.area, as_of).timezone).date()
        young = Person.objects.as_of(as_of).filter(birth_date__gt=years_before(day, under))
        listed |= set(young.values_list("code", flat=True)) | young_finds(due, years_before(day, under), as_of)
    return due & listed


def young_finds(codes: Iterable[str], born_after: date, as_of: datetime | None = None) -> set[str]:
    """Those who stand in no roster and were born after a day, as it was said when they were found."""
    topics = {code.removeprefix(FOUND) for code in codes if code.startswith(FOUND)}
    finds = standing(FoundSaid, as_of=as_of).filter(topic__in=topics) if topics else ()
    born = {find.topic: day_of(find.told().get("birth_date", "")) for find in finds}
    return {f"{FOUND}{topic}" for topic, day in born.items() if day is not None and day > born_after}


def tries(campaign: Campaign, due: set[str], *, until: datetime, as_of: datetime | None = None) -> dict[str, list[Event]]:
    """The standing events that count for a campaign, by target (of those who are due), the last of each list the latest."""
    campaign_type = types()[campaign.kind]
    other_names = names_as_of(campaign_type.subject, as_of)
    events = standing(*campaign_type.reads, as_of=as_of).filter(at__gte=campaign.starts_at, at__lt=min(until, campaign.ends_at))
    fields = ("id", "kind", "at", "received_at", "seq", "data", "member", campaign_type.subject)
    if len(due) <= FEW:
        meant = due | {name for name, canonical in other_names.items() if canonical in due}
        events = events.filter(**{f"{campaign_type.subject}__among": frozenset(meant)})
    folded = campaign_type.folded(campaign, list(events.only(*fields)), other_names)
    return {code: tried for code, tried in folded.items() if code in due}
