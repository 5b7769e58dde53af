"""What lies where: the sum of the moves of each item at each place, never a number that is kept."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.queries import standing
from closeknit.measures.stock.rules import Level, route
from closeknit.measures.supplies.kinds import MinimumSet, StockMoved
from closeknit.registry.models import Place

# The four necessities that every post has (thermometer, masks, disinfectant, hand rub) and what protects those who work: to begin with.
ITEMS = ("体温计", "口罩", "消毒液", "手消毒液", "防护服", "隔离衣", "护目镜", "面屏", "手套")
SERVICE_POST = "service_post"


def places(area: str, as_of: datetime | None = None) -> QuerySet[Place]:
    """The places of an area and below it."""
    return Place.objects.as_of(as_of).filter(area__in=Area.objects.below(area, as_of).values("code"))


def levels(at: QuerySet[Place], *, until: datetime | None = None, as_of: datetime | None = None) -> list[Level]:
    """The stock of each item at these places from the standing moves before `until`; two statements. The item is what was written,
    without blanks around it."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    moved: dict[tuple[str, str], datetime] = {}
    minimum: dict[tuple[str, str], int] = {}
    events = standing(StockMoved, MinimumSet, as_of=as_of).filter(place__in=at.values("code"))
    for event in sorted((events.filter(at__lt=until) if until else events).defer("personal", "digest"), key=lambda event: event.order):
        key = (event.place, event.data["item"].strip())
        if event.kind == "supplies.minimum_set":
            minimum[key] = event.data["quantity"]
        else:
            sums[key] += event.data["quantity"]
            moved[key] = event.at
    return [Level(*key, sums.get(key, 0), minimum.get(key), moved.get(key)) for key in sorted(sums.keys() | minimum.keys())]


def in_order(rows: Iterable[Place]) -> list[str]:
    """The codes of places in the order of a round."""
    rows = list(rows)
    paths = dict(Area.objects.current().filter(code__in={row.area for row in rows}).values_list("code", "path"))
    return route((row.code, paths.get(row.area, row.area), row.lat, row.lon) for row in rows)
