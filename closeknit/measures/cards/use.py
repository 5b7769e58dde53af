"""How much residents' pages are used, by day and area: numbers only."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.http import HttpResponse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.cards.listing import CARDS
from closeknit.paper.models import PageUse

USES = (
    ("opened", Text("Opened by card", "凭卡打开")), ("poster", Text("Opened by poster", "扫海报打开")),
    ("entered", Text("Entries registered", "进入登记")), ("declared", Text("Returns", "返乡报备")),
    ("help", Text("Help asked", "求助")), ("ordered", Text("Orders", "订购")), ("result", Text("Results seen", "查询结果")),
    ("refused", Text("Wrong answers", "核对未通过")), ("objected", Text("Objections", "异议")),
    ("helped", Text("Through a helper", "代办")),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One day of one area."""

    day: date
    code: str
    area: str
    numbers: Counter[str]


def _column(name: str, heading: Text) -> Column:
    return Column(name, heading, lambda line: line.numbers[name], sort=lambda line: line.numbers[name], number=True)


LIST = Listing(
    columns=(
        Column("day", Text("Day", "日期"), lambda line: line.day, sort=lambda line: (line.day, line.code), phone="title"),
        Column("area", Text("Area", "地区"), lambda line: line.area, sort=lambda line: (line.code, line.day)),
        *(_column(name, heading) for name, heading in USES),
    ),
    order="-day",
    empty=Empty(
        Text("Nobody has used a card or poster yet", "尚无人使用便民卡或海报"),
        Text("Bring the cards to the doors and hang the posters.", "请将便民卡送到每户，并张贴海报。"),
        icon="chart-bar",
    ),
    filters=(
        Filter("days", Text("Days", "日期"), lambda rows, days: [row for row in rows if _within(row.day, days)], "days"),
        Filter("in", Text("Area", "地区"), where(lambda line, words: words in line.area), "text"),
    ),
)  # fmt: skip


def _within(day: date, days: tuple[str, str]) -> bool:
    first, last = days
    return (not first or day.isoformat() >= first) and (not last or day.isoformat() <= last)


def use(request: Request, area: str) -> HttpResponse:
    """A line a day and area, the latest first."""
    rows = PageUse.objects.filter(area__in=Area.objects.below(area).values("code"))
    by_day: dict[tuple[date, str], Counter[str]] = {}
    for day, code, what, number in rows.order_by().values_list("day", "area", "what").annotate(Sum("number")):
        by_day.setdefault((day, code), Counter())[what] = number
    areas = Area.objects.names({code for _, code in by_day})
    lines = [Line(day, code, areas.get(code, code), numbers) for (day, code), numbers in by_day.items()]
    return LIST.respond(request, lines, crumbs=[(CARDS, links.to("cards.list", area=area))])
