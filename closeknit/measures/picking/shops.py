"""The picking list of a round: what each shop has to make up, what it has made up, and what is short."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice, Tab, Tabs
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.deliveries.kinds import balances
from closeknit.measures.supplies.kinds import Closings, Pack, Picked, catalogue

MOST_TABS = 6
NO_SHOP = Text("no shop named", "未指定供货点")
OPEN = Text("Orders of this round are taken until {closes}; the numbers may still grow.", "本批次订购截至 {closes}，数量仍可能增加。")
CLOSED = Text("Orders of this round closed at {closes}.", "本批次订购已于 {closes} 截止。")
PICK = Text("Record what was picked", "登记备货")
CLOSING = Text("Another closing time", "调整截止时间")
NONE = Empty(
    Text("No order in this round", "本批次暂无订购"),
    Text("When orders have come in, this list says what each shop has to make up.", "有订单后，此处按供货点列出应备数量。"),
    icon="clipboard-list",
)


@dataclass(frozen=True)
class Line:
    """One pack of a round at the shop that makes it up. picked None: nobody has said."""

    pack: str
    label: Text | str
    unit: str
    price: float | None
    shop: str
    shop_name: Text | str
    ordered: int
    households: int
    picked: int | None
    pick_url: str = ""

    @property
    def short(self) -> int:
        return max(0, self.ordered - self.picked) if self.picked is not None else 0

    @property
    def way(self) -> tuple[bool, str, str]:
        """By shop and pack, what no shop was named for at the end."""
        return not self.shop, str(self.shop_name), self.pack

    @property
    def sum(self) -> str | None:
        """What it costs in all."""
        return f"{self.price * self.ordered:g}" if self.price is not None else None

    @property
    def badge(self) -> Badge:
        if self.picked is None:
            return Badge(Text("To pick", "待备货"), "watch")
        return Badge(Text("Short", "缺货"), "bad") if self.short else Badge(Text("Picked", "已备齐"), "good")

    @property
    def action(self) -> Action | None:
        """The way to the form."""
        return Action(PICK, self.pick_url) if self.pick_url else None


def picked(area: str, closings: Closings, day: str) -> dict[str, int]:
    """What was picked for a round in the area or below it, by pack."""
    numbers: dict[str, int] = defaultdict(int)
    for event in standing(Picked).filter(area__in=list(closings.paths), data__day=day).defer("personal", "digest"):
        numbers[event.data["pack"]] += event.data["quantity"]
    return dict(numbers)


def rounds(area: str, closings: Closings) -> dict[date, dict[str, tuple[int, int]]]:
    """How many of each pack were ordered in each round, and by how many households."""
    made: dict[date, dict[str, tuple[int, int]]] = defaultdict(dict)
    for balance in balances(area, closings=closings):
        for day, number in balance.rounds.items():
            quantity, homes = made[day].get(balance.key.pack, (0, 0))
            made[day][balance.key.pack] = (quantity + number, homes + 1)
    return dict(made)


def shops(request: Request, area: str) -> HttpResponse:
    """The list of a round: `?day=`, else the latest in which anything was ordered."""
    row, closings = Area.objects.current().get(code=area), Closings.of(area)
    ordered = rounds(area, closings)
    days = sorted(ordered, reverse=True)
    asked = request.GET.get("day", "")
    today = clock.now().astimezone(closings.pack.timezone).date()
    day = next((each for each in days if each.isoformat() == asked), days[0] if days else today)
    lines = _lines(request, area, day.isoformat(), ordered.get(day, {}), picked(area, closings, day.isoformat()))
    sums = {each: sum(number for number, _ in ordered[each].values()) for each in days}
    tabs = [Tab(each.isoformat(), f"?day={each}", each == day, sums[each]) for each in days[:MOST_TABS]]
    closes = closings.closes(area, day).astimezone(closings.pack.timezone)
    said = (OPEN if clock.now() < closes else CLOSED).format(closes=closes.strftime("%m-%d %H:%M"))
    context = {"tabs": Tabs(tabs, Text("Round", "批次")) if tabs else None, "notices": [Notice(said)]}
    heading = Text("Picking list of {day}: {area}", "{area} {day} 备货单", day=day.isoformat(), area=row.name)
    crumbs = [*links.above(request.account, row, "picking.shops"), (row.name, reverse("deliveries.doors", args=[area]))]
    may_record = can(request.account, "supplies.record")
    listing = LISTING if may_record else replace(LISTING, columns=[column for column in LISTING.columns if column.name != "act"])
    return listing.respond(
        request, lines, template="picking/shops.html", context=context, heading=heading, crumbs=crumbs,
        actions=_actions(request, area, day.isoformat()),
    )  # fmt: skip


def _lines(request: Request, area: str, day: str, ordered: dict[str, tuple[int, int]], done: dict[str, int]) -> list[Line]:
    known = catalogue(area)
    called = names.places({pack.shop for pack in known.values()})
    made = []
    for code in sorted(ordered.keys() | done.keys()):
        pack, (number, homes) = known.get(code) or Pack(code, code), ordered.get(code, (0, 0))
        said = {"area": area, "day": day, "pack": code, "quantity": number, "place": pack.shop, "next": request.get_full_path()}
        url = f"{reverse('records.record', args=['supplies.picked'])}?{urlencode({k: v for k, v in said.items() if v})}"
        shop = called[pack.shop].name if pack.shop in called else NO_SHOP
        made.append(Line(code, pack.label, pack.unit, pack.price, pack.shop, shop, number, homes, done.get(code), url))
    return sorted(made, key=lambda line: line.way)


def _actions(request: Request, area: str, day: str) -> list[Action]:
    actions = [Action(Text("Delivery list", "配送清单"), f"{reverse('deliveries.doors', args=[area])}?round={day}", "package")]
    if can(request.account, "supplies.manage"):
        asked: dict[str, Any] = {"area": area, "day": day, "next": request.get_full_path()}
        actions.append(Action(CLOSING, f"{reverse('records.record', args=['supplies.round_set'])}?{urlencode(asked)}", "clock"))
    return actions


LISTING = Listing(
    columns=(
        Column("shop", Text("Shop", "供货点"), lambda line: line.shop_name, sort=lambda line: line.way),
        Column("pack", Text("Pack", "物资包"), lambda line: line.label, sort=lambda line: line.pack, phone="title"),
        Column("state", Text("State", "状态"), lambda line: line.badge, phone="end"),
        Column("ordered", Text("Ordered", "订购"), lambda line: line.ordered, number=True, sort=lambda line: line.ordered),
        Column("unit", Text("Unit", "单位"), lambda line: line.unit or None),
        Column("homes", Text("Households", "户数"), lambda line: line.households, number=True, sort=lambda line: line.households),
        Column("picked", Text("Picked", "已备"), lambda line: line.picked, number=True),
        Column("short", Text("Short", "缺"), lambda line: line.short or None, number=True, sort=lambda line: line.short),
        Column("sum", Text("Sum (yuan)", "金额（元）"), lambda line: line.sum, number=True),
        Column("act", Text("Next", "下一步"), lambda line: line.action, export=lambda line: "", phone="wide"),
    ),
    order="shop",
    empty=NONE,
    search=words_said(lambda line: (line.label, line.pack, line.shop_name)),
)  # fmt: skip
