"""Where stock is looked for, in the order of a round, and the items to begin with."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.measures.stock.rules import route
from closeknit.registry.models import Place

# The four necessities that every post has (thermometer, masks, disinfectant, hand rub) and what protects those who work: to begin with.
ITEMS = ("体温计", "口罩", "消毒液", "手消毒液", "防护服", "隔离衣", "护目镜", "面屏", "手套")
SERVICE_POST = "service_post"


def places(area: str, as_of: datetime | None = None) -> QuerySet[Place]:
    """The places of an area and below it."""
    return Place.objects.as_of(as_of).filter(area__in=Area.objects.below(area, as_of).values("code"))


def in_order(rows: Iterable[Place]) -> list[str]:
    """The codes of places in the order of a round."""
    rows = list(rows)
    paths = dict(Area.objects.current().filter(code__in={row.area for row in rows}).values_list("code", "path"))
    return route((row.code, paths.get(row.area, row.area), row.lat, row.lon) for row in rows)
