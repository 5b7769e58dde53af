"""Who was told, by area down to the grid, and the households that nobody has told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.coverage.final import kept_back
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Actions, Badge, Empty, Notice, Progress, Tile
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.reach.homes import WAYS, Home, View, homes
from closeknit.policy.packs import policy
from closeknit.registry.models import Person
from closeknit.registry.searching import search_persons

WORDS = {
    "visit": Text("Visit", "入户"), "leaflet": Text("Leaflet", "明白纸"), "message": Text("Message", "信息"),
    "talk": Text("Talk or call", "面谈、电话"),
}  # fmt: skip
LEFT, REACHED = Text("Not reached", "未宣传到户"), Text("Reached", "已宣传到户")
STATES = [("left", LEFT), ("reached", REACHED), ("all", Text("All", "全部"))]
DOORS = Text("Households not reached", "未宣传到户名单")
MOST_FOUND = 200
NONE = Empty(
    Text("No household in the register yet", "底册暂无住户"),
    Text("Bring the roster in; whom a visit, a leaflet, a message or a talk has reached is then counted by household.",
         "请先导入名册；入户、明白纸、信息、面谈电话按户统计。"),
    icon="home",
)  # fmt: skip
SINCE = Text("Told within the last {n} days.", "最近 {n} 天内宣传到户情况。")
KEPT_BACK = Text("{n} household{n:s} refused finally and stand in the village's own list alone.", "另有 {n} 户多次拒绝，名单仅村内可见。")


@dataclass
class Line:
    """One area's households."""

    code: str
    name: str
    has_parts: bool
    due: int = 0
    reached: int = 0
    ways: Counter[str] = field(default_factory=Counter)

    def take(self, home: Home) -> None:
        """Counts a household in."""
        self.due += 1
        self.reached += bool(home.ways)
        self.ways.update(home.ways)

    @property
    def left(self) -> int:
        return self.due - self.reached


def by_area(area: Area, found: Iterable[Home]) -> tuple[Line, list[Line]]:
    """The whole, and a line for each area right below; what lies in none of them stands under the area itself."""
    below = {each.code: each for each in Area.objects.below(area.code)}
    parents = {each.parent for each in below.values()}
    total = Line(area.code, area.name, has_parts=False)
    lines: dict[str, Line] = {}
    for home in found:
        code = below[home.area].path.partition(f"/{area.code}/")[2].split("/")[0] or area.code
        line = lines.setdefault(code, Line(code, below[code].name, has_parts=code in parents and code != area.code))
        total.take(home)
        line.take(home)
    return total, list(lines.values())


def _doors(code: str, state: str) -> str:
    return f"{reverse('reach.doors', args=[code])}?state={state}"


def _way(name: str) -> Column:
    def number(row: Line) -> int:
        return row.ways[name]

    return Column(name, WORDS[name], number, sort=lambda row: (row.ways[name], row.code), number=True)


AREAS = Listing(
    columns=(
        Column("area", Text("Area", "地区"), lambda row: row.name, sort=lambda row: row.code, phone="title",
               link=lambda row: reverse("reach.areas", args=[row.code]) if row.has_parts else _doors(row.code, "all")),
        Column("left", LEFT, lambda row: row.left, sort=lambda row: (row.left, row.code), number=True, phone="end",
               link=lambda row: _doors(row.code, "left")),
        Column("progress", REACHED, lambda row: Progress(row.reached, row.due), sort=lambda row: (row.reached, row.code)),
        Column("due", Text("Households", "户数"), lambda row: row.due, sort=lambda row: (row.due, row.code), number=True),
        *(_way(name) for name in WAYS),
    ),
    order="-left",
    empty=NONE,
    search=words_said(lambda row: (row.name, row.code)),
)  # fmt: skip


def areas(request: Request, area: str) -> HttpResponse:
    """How many households were told, by each way, in an area and each area right below."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    total, lines = by_area(row, homes(View(area, clock.now(), pack)))
    tiles = [
        Tile(total.left, LEFT, _doors(area, "left"), tone="watch" if total.left else "good"),
        Tile(total.reached, REACHED, _doors(area, "reached")),
        *(Tile(total.ways[name], WORDS[name], f"{_doors(area, 'reached')}&way={name}") for name in WAYS),
    ]  # fmt: skip
    context = {"tiles": tiles if total.due else [], "since": SINCE.format(n=pack.get("outreach.reach_days"))}
    actions = [Action(DOORS, _doors(area, "left"), "list-check", primary=True)]
    heading = Text("Reach by household: {area}", "{area} 宣传到户", area=row.name)
    crumbs = links.above(request.account, row, "reach.areas")
    return AREAS.respond(request, lines, template="reach/reach.html", context=context, heading=heading, crumbs=crumbs, actions=actions)


@dataclass(frozen=True)
class Row:
    """A household as the list shows it."""

    home: Home
    area: str
    called: Called | None = None

    @property
    def name(self) -> str:
        return (self.called.name if self.called else "") or str(names.code_words(self.home.code))

    @property
    def badge(self) -> Badge:
        return Badge(REACHED, "good") if self.home.ways else Badge(LEFT, "watch")

    @property
    def ways(self) -> str:
        return "、".join(str(WORDS[name]) for name in WAYS if name in self.home.ways)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        return state == "all" or bool(self.home.ways) == (state == "reached")

    @property
    def walk(self) -> tuple[Any, ...]:
        return self.home.area, self.home.position, self.home.code


def _dressed(full: bool, rows: list[Row]) -> list[Row]:
    called = names.households([row.home.code for row in rows], full=full)
    return [replace(row, called=called.get(row.home.code)) for row in rows]


def _searched(area: str, rows: list[Row], words: str) -> list[Row]:
    among = Person.objects.current().filter(area__in=Area.objects.below(area).values("code"))
    found = {person.household for person in search_persons(words, among, most=MOST_FOUND)}
    return [row for row in rows if row.home.code in found or words.casefold() in row.home.code.casefold()]


def _press(back: str, row: Row) -> Actions:
    form = reverse("records.record", args=["outreach.household_told"])
    query = {"household": row.home.code, "area": row.home.area, "next": back}
    return Actions([Action(WORDS[way], f"{form}?{urlencode({**query, 'way': way})}") for way in WAYS if way != "visit"])


COLUMNS = (
    Column("door", Text("Household", "户"), lambda row: row.name, sort=lambda row: row.walk, phone="title",
           link=lambda row: links.to("register.household", code=row.home.code)),
    Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (bool(row.home.ways), row.walk), phone="end"),
    Column("ways", Text("By what", "宣传方式"), lambda row: row.ways or None, sort=lambda row: (row.ways, row.walk)),
    Column("address", Text("Address", "地址"), lambda row: row.called.address if row.called else None, phone="wide"),
    Column("phone", Text("Telephone", "联系电话"), lambda row: row.called.phone if row.called else None),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: row.walk),
    Column("code", Text("Code", "户编号"), lambda row: row.home.code, file_only=True),
)  # fmt: skip


def doors(request: Request, area: str) -> HttpResponse:
    """The households, those that nobody has told first of all; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    found = sorted(homes(View(area, clock.now(), pack)))
    back = kept_back(request.account, {home.code for home in found if not home.ways})
    called = Area.objects.names({home.area for home in found})
    act = Column("act", Text("Told by", "登记宣传"), partial(_press, request.get_full_path()), export=lambda row: "", phone="wide")
    listing = Listing(
        columns=(*COLUMNS, act) if can(request.account, "outreach.record") else COLUMNS,
        order="door",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda each, state: each.is_in(state)), choices=STATES, standing="left"),
            Filter("way", Text("By what", "宣传方式"), where(lambda each, way: way in each.home.ways), choices=list(WORDS.items())),
        ) if found else (),
        search=partial(_searched, area),
        codes=lambda each: [each.home.code],
        what="household",
        dress=partial(_dressed, names.in_full(request.account, "outreach.record")),
    )  # fmt: skip
    context = {"since": SINCE.format(n=pack.get("outreach.reach_days")), "notice": Notice(KEPT_BACK.format(n=len(back))) if back else None}
    crumbs = [*links.above(request.account, row, "reach.doors"), (row.name, reverse("reach.areas", args=[area]))]
    rows = [Row(home, called.get(home.area, home.area)) for home in found if home.code not in back]
    heading = Text("Households told: {area}", "{area} 宣传到户名单", area=row.name)
    return listing.respond(request, rows, template="reach/reach.html", context=context, heading=heading, crumbs=crumbs)
