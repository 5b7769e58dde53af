"""The tubes of an area and what does not reconcile about them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Value

from closeknit.areas.models import Area
from closeknit.campaigns.models import Reach
from closeknit.console.records import names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.testing.kinds import Matter, Sampled
from closeknit.measures.tubes.models import Clearing, Tube
from closeknit.measures.tubes.rules import conditions
from closeknit.policy.packs import Policy
from closeknit.registry.known import canonical, ever_named

COLUMNS = ("code", "matter", "area", "place", "round", "pool", "persons", "sealed_count", "box", "carrier", "lab", "moved_at")
GOOD_AGAIN = ("positive", "inconclusive", "invalid")  # after such a result the same person is sampled again, as it should be


def within(area: str) -> QuerySet[Tube]:
    """The tubes of an area and all below it."""
    return Tube.objects.filter(area__in=Area.objects.below(area).values("code"))


def area_of_tube(code: str) -> str | None:
    """Where a tube was swabbed, else where its first record was made; None for one of which nothing was said."""
    found: str | None = Tube.objects.filter(code=code).values_list("area", flat=True).first()
    return found


def two_tubes(tubes: QuerySet[Tube]) -> dict[str, set[str]]:
    """The later tube of whoever swabbed into two of one round, with who it is. Asked of the rounds' reach: few were tried twice."""
    twice = set(Reach.objects.filter(kind="testing.round", tries__gt=1).values_list("code", flat=True))
    said = standing(Sampled).filter(person__in=ever_named("person", twice)).defer("personal", "digest") if twice else ()
    other_names = canonical("person", {event.person for event in said})
    by_round: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event in sorted(said, key=lambda event: event.order):
        by_round[other_names.get(event.person, event.person), str(event.data.get("round", ""))].append(event.topic)
    doubled = {key: codes for key, codes in by_round.items() if key[1] and len(set(codes)) > 1}
    here = tubes.filter(code__in={code for codes in doubled.values() for code in codes}).values_list("code", "result")
    results = dict(here)
    found: dict[str, set[str]] = defaultdict(set)
    for (person, _), codes in doubled.items():
        if results.get(codes[0], "") not in GOOD_AGAIN and codes[-1] in results:
            found[codes[-1]].add(person)
    return found


def matters(tubes: QuerySet[Tube], pack: Policy, now: datetime, *, only: str = "") -> list[QuerySet[Any]]:
    """What does not reconcile and nobody has cleared: for each matter the rows of its tubes, unfetched; only: one matter alone."""
    parts = {matter: tubes.filter(condition) for matter, condition in conditions(pack, now).items()}
    if only in ("", Matter.TWO_TUBES):
        parts[Matter.TWO_TUBES] = tubes.filter(code__in=list(two_tubes(tubes)))
    return [_open(rows, matter) for matter, rows in parts.items() if only in ("", matter)]


def numbered(parts: Iterable[QuerySet[Any]]) -> list[tuple[str, int, str, datetime]]:
    """Of each matter that there is how many, and the area and time of the oldest; one statement, and one for each that there is."""
    by_matter = {str(part.query.annotations["matter"].value): part for part in parts}
    counted = [part.values("matter").annotate(number=Count("pk")) for part in by_matter.values()]
    found = []
    for row in counted[0].union(*counted[1:], all=True):
        if row["number"]:
            first = by_matter[row["matter"]].order_by("moved_at", "code").values_list("area", "moved_at")[0]
            found.append((row["matter"], row["number"], *first))
    order = list(by_matter)
    return sorted(found, key=lambda each: order.index(each[0]))


def _open(rows: QuerySet[Tube], matter: Matter) -> QuerySet[Any]:
    return _marked(rows.filter(~Exists(Clearing.objects.filter(topic=OuterRef("code"), matter=matter.value))), matter)


def _marked(rows: QuerySet[Tube], matter: Matter) -> QuerySet[Any]:
    """The rows, each with its matter."""
    return rows.annotate(matter=Value(matter.value)).order_by()


def cleared(tubes: QuerySet[Tube], *, only: str = "") -> list[QuerySet[Any]]:
    """What somebody has cleared: for each matter the rows of its tubes, unfetched."""
    held = Clearing.objects.filter(topic=OuterRef("code"))
    return [_marked(tubes.filter(Exists(held.filter(matter=matter.value))), matter) for matter in Matter if only in ("", matter.value)]


def why_cleared(codes: Iterable[str]) -> dict[tuple[str, str], str]:
    """What was found about each cleared matter of these tubes, and by whom."""
    held = {(each.topic, each.matter): each for each in Clearing.objects.filter(topic__in=set(codes))}
    events = Event.objects.in_bulk([each.event for each in held.values()])
    people = names.members(each.member for each in held.values())
    return {key: f"{events[each.event].told()['reason']}（{people.get(each.member, each.member)}）" for key, each in held.items()}


def rows_of(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    """The parts as one list of rows that can be sorted and paged."""
    valued = [each.values(*COLUMNS) for each in parts]
    return valued[0].union(*valued[1:], all=True) if len(valued) > 1 else valued[0]
