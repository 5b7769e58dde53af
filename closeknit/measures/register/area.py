"""One area's base numbers on one screen, and its parts."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.types import types
from closeknit.console.page import show
from closeknit.console.parts import Action, Progress, Tile
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.register.by_heart import responsible, tiles, workers
from closeknit.policy.packs import policy
from closeknit.registry.models import Alias, Found, Household, Person, Place, RosterRow

MOST_CAMPAIGNS = 6
NAMES = ("persons", "households", "doubtful", "parked", "found_persons", "found_households", "places")
LABELS = {
    "persons": Text("Persons", "人口"), "households": Text("Households", "户"), "doubtful": Text("IDs in doubt", "证件存疑"),
    "parked": Text("Rows set aside", "搁置行"), "found_persons": Text("Persons found", "名册外人员"),
    "found_households": Text("Families found", "名册外户"), "places": Text("Places", "场所"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One part of the area and its numbers, in the order of NAMES."""

    area: Area
    numbers: list[int]
    responsible: str = ""

    @property
    def url(self) -> str:
        return reverse("register.area", kwargs={"area": self.area.code})


def numbers(area: Area) -> tuple[Counter[str], list[Line]]:
    """The base numbers of an area, and of each area right below it; a statement a number."""
    below = {row.code: row for row in Area.objects.below(area.code)}
    totals: Counter[str] = Counter()
    parts: dict[str, Counter[str]] = {code: Counter() for code, row in below.items() if row.parent == area.code}
    for name, rows in _counted(area).items():
        for code, number in rows.values("area").annotate(number=Count("pk")).order_by().values_list("area", "number"):
            totals[name] += number
            child = below[code].path.partition(f"/{area.code}/")[2].split("/")[0]
            if child in parts:
                parts[child][name] += number
    names = {code: "、".join(each.name for each in members) for code, members in workers(list(parts)).items()}
    lines = [Line(below[code], [count[name] for name in NAMES], names.get(code, "")) for code, count in parts.items()]
    return totals, sorted(lines, key=lambda line: line.area.code)


def _counted(area: Area) -> dict[str, "QuerySet[Household] | QuerySet[Person] | QuerySet[Found] | QuerySet[Place] | QuerySet[RosterRow]"]:
    inside = Q(area__in=Area.objects.below(area.code).values("code"))
    merged = Alias.objects.filter(withdrawn_at=None, code__startswith="found:").values("code")
    found = Found.objects.filter(inside).exclude(code__in=merged)
    people = Person.objects.current().filter(inside)
    return {
        "persons": people, "households": Household.objects.current().filter(inside), "doubtful": people.exclude(doubt=""),
        "parked": RosterRow.objects.current().filter(inside, status="parked"), "found_persons": found.filter(what="person"),
        "found_households": found.filter(what="household"), "places": Place.objects.current().filter(inside),
    }  # fmt: skip


def area(request: Request, area: str) -> HttpResponse:
    """一口清: what somebody must know of a place by heart."""
    row = Area.objects.current().get(code=area)
    totals, lines = numbers(row)
    context = {
        "tiles": [_tile(name, totals[name], area) for name in NAMES if totals[name] or name in ("persons", "households")],
        "by_heart": tiles(area, policy(area)),
        "facts": responsible(row),
        "campaigns": [_campaign(each, row) for each in campaigns(row)],
        "lines": lines,
        "heads": [LABELS[name] for name in NAMES],
        "code": area,
    }
    crumbs = links.above(request.account, row, "register.area")
    heading = Text("Base numbers: {area}", "{area} 一口清", area=row.name)
    return show(request, "register/area.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, area))


def _tile(name: str, number: int, area: str) -> Tile:
    ways = {
        "persons": links.to("register.persons", area=area),
        "households": links.to("register.households", area=area),
        "doubtful": f"{links.to('register.persons', area=area)}?{urlencode({'doubt': '1'})}",
        "parked": f"{links.to('imports.rows')}?{urlencode({'status': 'parked'})}",
        "found_persons": links.to("register.found"),
        "found_households": links.to("register.found"),
        "places": links.to("register.places", area=area),
    }
    tone = "watch" if number and name in ("doubtful", "parked") else "quiet"
    return Tile(number, LABELS[name], ways[name], tone=tone)


def campaigns(area: Area) -> list[Campaign]:
    """The campaigns that reach into an area and have begun, those that run first, then the latest."""
    now = clock.now()
    touching = [each for kind in types() for each in live.touching(kind, area) if each.starts_at <= now]
    return sorted(touching, key=lambda each: (each.ends_at <= now, -each.starts_at.timestamp(), each.code))[:MOST_CAMPAIGNS]


def _campaign(campaign: Campaign, area: Area) -> tuple[Campaign, Progress, int]:
    total = live.live(campaign, area).total
    return campaign, Progress(total.reached, total.due - total.words[live.EXCUSED]), total.left


def _actions(request: Request, area: str) -> list[Action]:
    categorised = Action(Text("Lists by category", "分类台账"), links.to("register.categorised", area=area), "tags")
    if not can(request.account, "registry.record"):
        return [categorised]
    add = f"{reverse('register.add')}?{urlencode({'area': area})}"
    return [categorised, Action(Text("Somebody no list knows", "登记名册外人户"), add, "user-plus", primary=True)]
