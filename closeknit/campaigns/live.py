"""How a campaign stands now, by area, counted in the database in a number of statements that does not grow with areas."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat

from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign, Listed, Reach
from closeknit.campaigns.queries import View, households_with, subject, young_finds
from closeknit.kit import clock
from closeknit.kit.dates import years_before
from closeknit.kit.once import once_a_page
from closeknit.policy.packs import policy
from closeknit.registry.known import canonical
from closeknit.registry.models import Alias, Found, Household, Person, Place

MODELS: dict[str, Any] = {"household": Household, "person": Person, "place": Place}
NEVER = "never"
EXCUSED = "excused"
REACHED, FINAL = "+", "!"
# Row by row, as `worded` looks the reach of a page up, a million targets take seconds.
COUNTED = """
WITH due (area, code, out) AS ({due})
SELECT due.area, due.out, reach.outcome, reach.reached, reach.outcome = 'refused' AND reach.refusals >= %s, count(*)
FROM due LEFT JOIN {reach} AS reach ON reach.code = due.code AND reach.campaign = %s
GROUP BY 1, 2, 3, 4, 5
"""


@dataclass
class Standing:
    """One area's part of a campaign: how many are due, by the last word on them. `words` holds never, excused and the outcomes."""

    code: str
    name: str
    level: str
    own: bool = False  # what lies in the area itself, in none of those below it
    has_parts: bool = False
    words: Counter[str] = field(default_factory=Counter)
    reached: int = 0
    final: int = 0

    @property
    def due(self) -> int:
        """All who are targets."""
        return self.words.total()

    @property
    def left(self) -> int:
        """Who is still to be reached."""
        return self.due - self.words[EXCUSED] - self.reached

    @property
    def never(self) -> int:
        """On whom there is no word yet."""
        return self.words[NEVER]

    def take(self, word: str, number: int) -> None:
        """Adds what one group of targets counts."""
        outcome = word.rstrip(REACHED + FINAL)
        self.words[outcome] += number
        self.reached += number if REACHED in word else 0
        self.final += number if FINAL in word else 0


@dataclass(frozen=True)
class Live:
    """A campaign as it stands now, of an area and of each area right below it."""

    campaign: Campaign
    total: Standing
    parts: list[Standing]


@once_a_page
def live(campaign: Campaign, area: Area, *, final_after: int = 0) -> Live:
    """The standing of a campaign in an area and its children. `final_after`: so many refusals make a refusal final (0: none is)."""
    below = {each.code: each for each in Area.objects.below(area.code)}
    total = Standing(area.code, area.name, area.level)
    parents = {each.parent for each in below.values()}
    children = [each for each in below.values() if each.parent == area.code]
    parts = {each.code: Standing(each.code, each.name, each.level, has_parts=each.code in parents) for each in children}
    own = Standing(area.code, area.name, area.level, own=True)
    for rows in due(campaign, area.code):
        for lies_in, word, number in _counted(rows, campaign, final_after=final_after):
            total.take(word, number)
            parts.get(child_of(below.get(lies_in), area), own).take(word, number)
    return Live(campaign, total, [*parts.values(), *([own] if own.due and parts else [])])


def child_of(lies_in: Area | None, area: Area) -> str:
    """The child of `area` through which the path to an area leads; the area itself where it is that."""
    rest = lies_in.path.partition(f"/{area.code}/")[2] if lies_in else ""
    return rest.split("/")[0] or area.code


def _counted(rows: QuerySet[Any], campaign: Campaign, *, final_after: int) -> Iterable[tuple[str, str, int]]:
    """Area, word and how many of the rows lie there and bear it: the words of `worded`, by one join of all due and all reach."""
    out = Case(When(_excused(campaign), then=Value(True)), default=Value(False)) if campaign.excused else Value(False)
    try:
        wanted = rows.order_by().annotate(out=out).values_list("area", "code", "out")
        sql, params = wanted.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(due=sql, reach=Reach._meta.db_table), [*params, final_after or 2**31 - 1, campaign.code])
        for area, is_out, outcome, reached, final, number in cursor.fetchall():
            yield area, EXCUSED if is_out else _word(outcome, reached=reached, final=final), number


def _word(outcome: str | None, *, reached: bool, final: bool) -> str:
    """The last word with its marks; of whom there is no reach: never."""
    return NEVER if outcome is None else f"{outcome}{REACHED if reached else FINAL if final else ''}"


def due(campaign: Campaign, area: str) -> list[QuerySet[Any]]:
    """Who is due now in an area: the rows of the register, and those of whom no list knew (the same as `queries.targets`, unfetched)."""
    areas = View(area, clock.now()).areas(campaign.area)
    what, rule = subject(campaign), campaign.targets
    rows = MODELS[what].objects.current().filter(area__in=areas)
    if isinstance(rule, str):
        return [rows, *([] if what == "place" else [_found(what, campaign, areas)])]
    if "persons" in rule:
        named = _named(campaign, "target")
        return [rows.filter(named), _found(what, campaign, areas).filter(named)]
    if "households_with" in rule:
        day = campaign.starts_at.astimezone(policy(campaign.area).timezone).date()
        children = households_with(rule["households_with"], day).values("household")
        return [rows.filter(code__in=children), _found(what, campaign, areas)]
    return [rows.filter(category__in=rule["category"])]


def _named(campaign: Campaign, as_what: str) -> Q:
    """Whom the plan lists, each by the code for which theirs stands now."""
    listed = Listed.objects.filter(campaign=campaign.code, as_what=as_what)
    other = Alias.objects.filter(reference="person", withdrawn_at__isnull=True).values("code")
    names = canonical("person", listed.filter(person__in=other).values_list("person", flat=True))
    return Q(code__in=listed.values("person")) & ~Q(code__in=[*names]) | Q(code__in=[*names.values()])


def _found(what: str, campaign: Campaign, areas: QuerySet[Area, str]) -> QuerySet[Found]:
    before = min(clock.now(), campaign.ends_at)
    merged = Alias.objects.filter(reference=what, withdrawn_at__isnull=True).values("code")
    return Found.objects.filter(what=what, at__lt=before, area__in=areas).exclude(code__in=merged)


def worded(rows: QuerySet[Any], campaign: Campaign, *, final_after: int = 0) -> QuerySet[Any]:
    """The rows with `word`: never, excused, or the outcome with its marks (+ reached, ! finally refused)."""
    said = Reach.objects.filter(campaign=campaign.code, code=OuterRef("code"))
    final = Q(outcome="refused", refusals__gte=final_after) if final_after else Q(pk__isnull=True)
    mark = Case(When(reached=True, then=Value(REACHED)), When(final, then=Value(FINAL)), default=Value(""), output_field=CharField())
    outcome = Subquery(said.annotate(marked=Concat(F("outcome"), mark)).values("marked")[:1], output_field=CharField())
    word = Coalesce(outcome, Value(NEVER))
    shown = Case(When(_excused(campaign), then=Value(EXCUSED)), default=word) if campaign.excused else word
    marked: QuerySet[Any] = rows.annotate(word=shown)
    return marked


def _excused(campaign: Campaign) -> Q:
    excused = _named(campaign, "excused")
    under = campaign.excused.get("under_age")
    if under:
        day = campaign.starts_at.astimezone(policy(campaign.area).timezone).date()
        born_after = years_before(day, under)
        excused |= Q(code__in=Person.objects.current().filter(birth_date__gt=born_after).values("code"))
        finds = _found("person", campaign, Area.objects.below(campaign.area).values_list("code", flat=True)).values_list("code", flat=True)
        excused |= Q(code__in=young_finds(finds, born_after))
    return excused


def excused(campaign: Campaign, area: str) -> list[str]:
    """The codes of the due of an area whom the plan excuses."""
    rows = due(campaign, area) if campaign.excused else []
    return [code for each in rows for code in each.filter(_excused(campaign)).values_list("code", flat=True)]


def listed(campaign: Campaign, area: str, *, final_after: int = 0) -> list[QuerySet[Any]]:
    """The due of an area as rows of code, area, position, word, last, tries and refusals, unfetched: for lists that filter and page."""
    said = Reach.objects.filter(campaign=campaign.code, code=OuterRef("code"))
    position = {"household": "position"}.get(subject(campaign))
    return [
        worded(rows, campaign, final_after=final_after).annotate(
            order=F(position) if position and rows.model is Household else Value(2**31 - 1, output_field=IntegerField()),
            last=Subquery(said.values("at")[:1]),
            tries=Coalesce(Subquery(said.values("tries")[:1]), 0),
            refusals=Coalesce(Subquery(said.values("refusals")[:1]), 0),
        )
        for rows in due(campaign, area)
    ]


def reaches(campaign: Campaign, codes: Iterable[str]) -> dict[str, Reach]:
    """The reach of these targets by code: who made the last try, and which event it was."""
    return {row.code: row for row in Reach.objects.filter(campaign=campaign.code, code__in=list(codes))}


@once_a_page
def touching(kind: str, area: Area) -> list[Campaign]:
    """The campaigns of a kind that reach into an area, the latest first."""
    above = [code for code in area.path.split("/") if code]
    inside = Area.objects.below(area.code).values("code")
    campaigns = Campaign.objects.current().filter(Q(area__in=above) | Q(area__in=inside), kind=kind)
    return list(campaigns.order_by("-starts_at", "code"))


def chosen(campaigns: list[Campaign], code: str = "", now: datetime | None = None) -> Campaign | None:
    """The campaign of that code; else the one that runs, the last that ran, the next."""
    now = now or clock.now()
    ranks: dict[int, list[Campaign]] = defaultdict(list)
    for each in campaigns:
        if each.code == code:
            return each
        ranks[0 if each.starts_at <= now < each.ends_at else 1 if each.ends_at <= now else 2].append(each)
    if ranks[0]:
        return ranks[0][0]
    return max(ranks[1], key=lambda each: each.ends_at) if ranks[1] else min(ranks[2], key=lambda each: each.starts_at, default=None)
