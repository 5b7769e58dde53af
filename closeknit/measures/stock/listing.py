"""Stock by place and item: what is there, what must be there, what is below; and the round that refills it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.stock.levels import ITEMS, SERVICE_POST, in_order, places
from closeknit.measures.supplies.kinds import Level, levels
from closeknit.registry.models import Place

MOVE, MINIMUM = Text("Record a move", "登记出入库"), Text("Set a minimum", "设置最低库存")
ENOUGH, BELOW, NEGATIVE = Text("Enough", "充足"), Text("Below its minimum", "低于最低库存"), Text("Below zero", "账面为负")
STATES = {"low": BELOW, "zero": NEGATIVE, "enough": ENOUGH}
CATEGORIES = {
    SERVICE_POST: Text("Service post", "爱心驿站"), "shop": Text("Shop", "商店"), "checkpoint": Text("Checkpoint", "卡点"),
    "store": Text("Store", "仓库"), "test_site": Text("Testing site", "采样点"), "isolation_site": Text("Isolation site", "隔离点"),
}  # fmt: skip
NONE = Empty(
    Text("No stock is recorded here yet", "本辖区暂无库存登记"),
    Text(
        "Record what came to a place, and set what must always be there; stock is the sum of its moves.",
        "先登记入库并设置最低库存；库存为历次出入库之和。",
    ),
    icon="package",
)
FULL = Empty(
    Text("Nothing has to be refilled", "无需补货"),
    Text("Every item is at its minimum or above.", "各项物资均不低于最低库存。"),
    icon="circle-check",
)


@dataclass(frozen=True)
class Line:
    """One item at one place. `way`: the place's number on the round."""

    place: Place
    area: str
    level: Level
    way: int
    move: str
    minimum: str

    @property
    def state(self) -> str:
        return "zero" if self.level.is_below_zero else "low" if self.level.lacks else "enough"

    @property
    def badge(self) -> Badge:
        return Badge(STATES[self.state], {"zero": "bad", "low": "watch", "enough": "good"}[self.state])

    @property
    def category(self) -> Text | str:
        return CATEGORIES.get(self.place.category, self.place.category)

    @property
    def moved_at(self) -> datetime | None:
        return self.level.moved_at

    @property
    def url(self) -> str:
        return reverse("stock.place", args=[self.place.code])


def form(kind: str, **said: Any) -> str:
    """The address of a kind's form with what is known filled in."""
    return f"{reverse('records.record', args=[kind])}?{urlencode({name: value for name, value in said.items() if value})}"


def lines(area: str, back: str) -> list[Line]:
    """Every item of every place of the area, in the order of a round; four statements."""
    found = {row.code: row for row in places(area)}
    known = levels(places(area))
    number = {code: place for place, code in enumerate(in_order(found[code] for code in {each.place for each in known}))}
    areas = Area.objects.names({row.area for row in found.values()})
    made = []
    for each in known:
        place = found[each.place]
        said = {"place": place.code, "area": place.area, "item": each.item, "next": back}
        move = form("supplies.stock_moved", **said, reason="received", quantity=each.lacks)
        made.append(Line(place, areas.get(place.area, place.area), each, number[place.code], move, form("supplies.minimum_set", **said)))
    return sorted(made, key=lambda line: (line.way, line.level.item))


PLACE = Column("place", Text("Place", "场所"), lambda line: line.place.name, sort=lambda line: (line.way, line.level.item),
               link=lambda line: line.url, phone="title")  # fmt: skip
ITEM = Column("item", Text("Item", "物资"), lambda line: line.level.item, sort=lambda line: (line.level.item, line.way))
STATE = Column(
    "state", Text("State", "状态"), lambda line: line.badge, sort=lambda line: (list(STATES)[::-1].index(line.state), line.way), phone="end"
)
STOCK = Column("stock", Text("Stock", "库存"), lambda line: line.level.stock, number=True, sort=lambda line: line.level.stock)
LEAST = Column(
    "minimum", Text("Minimum", "最低库存"), lambda line: line.level.minimum, number=True, sort=lambda line: line.level.minimum or 0
)
LACKS = Column("lacks", Text("To bring", "应补"), lambda line: line.level.lacks or None, number=True, sort=lambda line: line.level.lacks)
AREA = Column("area", Text("Area", "地区"), lambda line: line.area, sort=lambda line: (line.area, line.way))
CATEGORY = Column("category", Text("Category", "类别"), lambda line: line.category, sort=lambda line: (str(line.category), line.way))
MOVED = Column("moved", Text("Last move", "最近出入库"), lambda line: line.moved_at)
MOVE_IT = Column("act", Text("Next", "下一步"), lambda line: Action(MOVE, line.move), export=lambda line: "", phone="wide")
SEARCH = words_said(lambda line: (line.place.name, line.place.code, line.level.item, line.area))


def _filters(rows: list[Line]) -> tuple[Filter, ...]:
    items = sorted({line.level.item for line in rows})
    kinds = {line.place.category: line.category for line in rows}
    return (
        Filter("state", Text("State", "状态"), where(lambda line, state: line.state == state), choices=list(STATES.items())),
        Filter("item", Text("Item", "物资"), where(lambda line, item: line.level.item == item), choices=[(item, item) for item in items]),
        Filter("category", Text("Category", "类别"), where(lambda line, value: line.place.category == value), choices=list(kinds.items())),
    )


def stock(request: Request, area: str) -> HttpResponse:
    """The stock of all places of an area."""
    row, rows = Area.objects.current().get(code=area), lines(area, request.get_full_path())
    may = can(request.account, "supplies.record")
    columns = (PLACE, ITEM, STATE, STOCK, LEAST, LACKS, CATEGORY, AREA, MOVED, *((MOVE_IT,) if may else ()))
    listing = Listing(columns, "place", NONE, filters=_filters(rows) if rows else (), search=SEARCH)
    heading = Text("Stock: {area}", "{area} 物资库存", area=row.name)
    crumbs = links.above(request.account, row, "stock.places")
    actions = [Action(Text("Refill round", "补货清单"), reverse("stock.refill", args=[area]), "route")]
    if may:
        actions += [
            Action(MINIMUM, form("supplies.minimum_set", area=area, next=request.path), "adjustments"),
            Action(MOVE, form("supplies.stock_moved", area=area, next=request.path), "plus", primary=True),
        ]
    context = {"items": "、".join(ITEMS)}
    return listing.respond(request, rows, template="stock/stock.html", context=context, heading=heading, crumbs=crumbs, actions=actions)


def refill(request: Request, area: str) -> HttpResponse:
    """The refill round: what is below its minimum, how much to bring where, in the order of the way."""
    row = Area.objects.current().get(code=area)
    rows = [line for line in lines(area, request.get_full_path()) if line.level.lacks]
    may = can(request.account, "supplies.record")
    columns = (PLACE, ITEM, LACKS, STOCK, LEAST, AREA, CATEGORY, *((MOVE_IT,) if may else ()))
    listing = Listing(columns, "place", FULL, filters=_filters(rows)[1:] if rows else (), search=SEARCH)
    heading = Text("Refill round: {area}", "{area} 补货清单", area=row.name)
    crumbs = [*links.above(request.account, row, "stock.refill"), (row.name, reverse("stock.places", args=[area]))]
    return listing.respond(request, rows, heading=heading, crumbs=crumbs)
