"""Material placed and where: so many of each medium at each sort of spot, by village."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.outreach.kinds import Medium, Posted, Spot
from closeknit.measures.outreach.screens import NONE

MEDIA = {each.value: each.label for each in Medium}
SPOTS = {each.value: each.label for each in Spot}
UNSAID = Text("not said", "未登记")
PLACED = Text("Material placed and where", "张贴点位")


@dataclass(frozen=True)
class Line:
    """What was put up at one spot of an area."""

    area: str
    area_name: str
    spot: str
    where: str
    medium: str
    quantity: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.area, self.spot, self.where, self.medium


def lines(area: str) -> list[Line]:
    """The sums by area, sort of spot, place or words for where, and medium."""
    events = list(in_area(standing(Posted), area).values_list("area", "place", "data"))
    areas = Area.objects.names({lies_in for lies_in, _, _ in events})
    called = names.places({place for _, place, _ in events if place})
    sums: dict[tuple[str, str, str, str], int] = {}
    for lies_in, place, data in events:
        spot = called[place].name if place in called else data.get("where", "")
        key = lies_in, data.get("spot", ""), spot, data["medium"]
        sums[key] = sums.get(key, 0) + data["quantity"]
    return [Line(key[0], areas.get(key[0], key[0]), *key[1:], number) for key, number in sums.items()]


LISTING = Listing(
    columns=(
        Column("spot", Text("At what", "点位类型"), lambda row: SPOTS.get(row.spot, UNSAID), sort=lambda row: (row.spot, row.key),
               phone="title"),
        Column("quantity", Text("Quantity", "数量"), lambda row: row.quantity, sort=lambda row: (row.quantity, row.key), number=True,
               phone="end"),
        Column("medium", Text("Medium", "宣传品"), lambda row: MEDIA[row.medium], sort=lambda row: (row.medium, row.key)),
        Column("where", Text("Where", "位置"), lambda row: row.where or None, sort=lambda row: (row.where, row.key), phone="wide"),
        Column("area", Text("Area", "地区"), lambda row: row.area_name, sort=lambda row: row.key),
    ),
    order="area",
    empty=NONE,
    filters=(
        Filter("spot", Text("At what", "点位类型"), where(lambda row, value: row.spot == value), choices=list(SPOTS.items())),
        Filter("medium", Text("Medium", "宣传品"), where(lambda row, value: row.medium == value), choices=list(MEDIA.items())),
    ),
    search=words_said(lambda row: (row.where, row.area_name)),
)  # fmt: skip


def spots(request: Request, area: str) -> HttpResponse:
    """Where material was put, counted."""
    row = Area.objects.current().get(code=area)
    crumbs = [*links.above(request.account, row, "outreach.spots"), (row.name, reverse("outreach.sums", args=[area]))]
    return LISTING.respond(request, lines(area), heading=Text("Material placed: {area}", "{area} 张贴点位", area=row.name), crumbs=crumbs)
