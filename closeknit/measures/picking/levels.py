"""Supply and demand of a day on four levels (county, town, community, compound): ordered, delivered, short, and what was left."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.areas.models import Area, Level
from closeknit.console.lists.columns import Column, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Empty, Tab, Tabs, Tile
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.deliveries.kinds import DELIVERED, ORDERED, Balance, balances, lines
from closeknit.measures.supplies.kinds import Closings, catalogue

DAYS = 5
LEFT, WAIT = Text("Left at the day's end", "日末待送"), Text("Households that wait", "待送户数")
NO_BUILDING = Text("address without a building", "地址无楼栋")
NONE = Empty(
    Text("Nothing ordered or delivered until then", "截至当日无订购和配送"),
    Text("Orders and deliveries of an area's households are added up here.", "此处按辖区汇总各户的订购与配送。"),
    icon="chart-bar",
)


@dataclass
class Row:
    """One area below, or one compound of a village: the day's numbers of packs, and what was left at its end."""

    code: str
    name: Text | str
    url: str
    ordered: int = 0
    delivered: int = 0
    short: int = 0
    left: int = 0
    households: int = 0

    def add(self, balance: Balance, day: date, zone: Any) -> None:
        """Counts one household's pack."""
        for event in balance.events:
            if event.at.astimezone(zone).date() == day:
                name = {ORDERED: "ordered", DELIVERED: "delivered"}.get(event.kind, "short")
                setattr(self, name, getattr(self, name) + event.data["quantity"])
        self.left += balance.left
        self.households += bool(balance.left)


def levels(request: Request, area: str) -> HttpResponse:
    """The table of a day, `?day=`; its rows lead down to the next level, at the end to the delivery list."""
    row, closings = Area.objects.current().get(code=area), Closings.of(area)
    zone = closings.pack.timezone
    today = clock.now().astimezone(zone).date()
    day = _day(request.GET.get("day", ""), today)
    made = balances(area, until=datetime.combine(day + timedelta(days=1), time(), zone), closings=closings)
    rows = _compounds(row, made, day, closings) if row.level in (Level.VILLAGE, Level.GRID) else _areas(row, made, day, closings)
    days = [today - timedelta(days=each) for each in range(DAYS)]
    tabs = Tabs([Tab(each.isoformat(), f"?day={each}", each == day) for each in days], Text("Day", "日期"))
    heading = Text("Supply and demand of {day}: {area}", "{area} {day} 供需平衡", day=day.isoformat(), area=row.name)
    crumbs = links.above(request.account, row, "picking.levels", urlencode({"day": day.isoformat()}))
    context = {"tabs": tabs, "tiles": _tiles(rows, area)}
    return LISTING.respond(request, rows, template="picking/levels.html", context=context, heading=heading, crumbs=crumbs)


def _day(text: str, today: date) -> date:
    try:
        return min(clock.read_day(text), today) if text else today
    except ValueError:
        return today


def _areas(area: Area, made: list[Balance], day: date, closings: Closings) -> list[Row]:
    rows: dict[str, Row] = {}
    called = Area.objects.names(closings.paths)
    for balance in made:
        below = closings.paths.get(balance.area, "").partition(f"/{area.code}/")[2].split("/")[0] or area.code
        screen = "picking.levels" if below != area.code else "deliveries.doors"
        query = urlencode({"day": day.isoformat()}) if below != area.code else "state=all"
        row = rows.setdefault(below, Row(below, called.get(below, below), f"{reverse(screen, args=[below])}?{query}"))
        row.add(balance, day, closings.pack.timezone)
    return list(rows.values())


def _compounds(area: Area, made: list[Balance], day: date, closings: Closings) -> list[Row]:
    rows: dict[str, Row] = {}
    for line in lines(made, catalogue(area.code), closings, clock.now()):
        query = urlencode({"building": line.building, "state": "all"} if line.building else {"state": "all"})
        url = f"{reverse('deliveries.doors', args=[area.code])}?{query}"
        row = rows.setdefault(line.building, Row(line.building, line.building or NO_BUILDING, url))
        for balance in line.packs:
            row.add(balance, day, closings.pack.timezone)
    return list(rows.values())


def _tiles(rows: list[Row], area: str) -> list[Tile]:
    doors = reverse("deliveries.doors", args=[area])
    names = (
        ("ordered", Text("Ordered", "订购"), "quiet"), ("delivered", Text("Delivered", "送达"), "good"),
        ("short", Text("Not handed over", "未送到"), "watch"), ("left", LEFT, "info"),
    )  # fmt: skip
    sums = [(sum(getattr(row, name) for row in rows), label, tone) for name, label, tone in names]
    return [Tile(number, label, doors, tone=tone if number else "quiet") for number, label, tone in sums]


LISTING = Listing(
    columns=(
        Column("name", Text("Area", "地区"), lambda row: row.name, sort=lambda row: (row.code == "", row.code), link=lambda row: row.url,
               phone="title"),
        Column("ordered", Text("Ordered", "订购"), lambda row: row.ordered, number=True, sort=lambda row: row.ordered),
        Column("delivered", Text("Delivered", "送达"), lambda row: row.delivered, number=True, sort=lambda row: row.delivered),
        Column("short", Text("Not handed over", "未送到"), lambda row: row.short, number=True, sort=lambda row: row.short),
        Column("left", LEFT, lambda row: row.left, number=True, sort=lambda row: row.left, phone="end"),
        Column("households", WAIT, lambda row: row.households, number=True, sort=lambda row: row.households),
        Column("code", Text("Code", "编号"), lambda row: row.code, hidden=True),
    ),
    order="-left",
    empty=NONE,
    search=words_said(lambda row: (row.name, row.code)),
)  # fmt: skip
