"""The plan by village and day: what is missing first, with whom to call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Tile
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.broadcasts.kinds import Way, recorded_as
from closeknit.measures.broadcasts.plan import Line, View, lines
from closeknit.policy.packs import policy
from closeknit.registry.members.answering import Callees, Whom

WAYS = {each.value: each.label for each in Way}
STATES = {
    "missing": (Text("Missing", "未落实"), "bad"), "open": (Text("To be done", "待落实"), "watch"),
    "kept": (Text("Done", "已落实"), "good"),
}  # fmt: skip
BACK, AHEAD = timedelta(days=14), timedelta(days=60)
PLAN, NEW = Text("Broadcast plan", "宣传计划"), Text("Plan", "制定计划")
NONE = Empty(
    Text("Nothing is planned yet", "暂无宣传计划"),
    Text(
        "Plan what is told by which channel, in which villages, on which days. What is recorded counts against it by itself.",
        "请按方式、村、日期制定计划；登记的广播、张贴、推送、入户自动计入完成情况。",
    ),
    icon="calendar",
)


@dataclass(frozen=True)
class Row:
    """A line as the list shows it."""

    line: Line
    area: str
    state: str
    whom: Whom | None

    @property
    def badge(self) -> Badge:
        return Badge(*STATES[self.state])

    @property
    def rank(self) -> tuple[Any, ...]:
        """What is missing first, the earliest day first."""
        return list(STATES).index(self.state), self.line.day, self.line.area, self.line.channel, self.line.text


def _within(rows: list[Row], days: tuple[str, str]) -> list[Row]:
    first, last = days
    return [row for row in rows if (not first or row.line.day.isoformat() >= first) and (not last or row.line.day.isoformat() <= last)]


def _columns(record: Callable[[Row], Action | None] | None) -> tuple[Column, ...]:
    act = Column("act", Text("Next", "下一步"), record, export=lambda row: "", phone="wide") if record else None
    return (
        Column("channel", Text("Channel", "宣传方式"), lambda row: WAYS[row.line.channel], sort=lambda row: (row.line.channel, row.rank),
               phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.line.area, row.rank)),
        Column("day", Text("Day", "日期"), lambda row: row.line.day, sort=lambda row: (row.line.day, row.rank)),
        Column("text", Text("Text", "文稿编号"), lambda row: row.line.text or None, sort=lambda row: (row.line.text, row.rank),
               link=lambda row: links.to("library.text", code=row.line.text) if row.line.text else ""),
        Column("planned", Text("Planned", "计划"), lambda row: row.line.planned, number=True,
               sort=lambda row: (row.line.planned, row.rank)),
        Column("done", Text("Done", "完成"), lambda row: row.line.done, sort=lambda row: (row.line.done, row.rank), number=True),
        Column("lacks", Text("Left", "差额"), lambda row: row.line.lacks, sort=lambda row: (row.line.lacks, row.rank), number=True),
        Column("where", Text("Where", "位置"), lambda row: row.line.where or None, phone="wide"),
        Column("whom", Text("Who owes it", "责任人"), lambda row: row.whom.name if row.whom else None),
        Column("phone", Text("Telephone", "联系电话"), lambda row: row.whom.dials if row.whom else None),
        *((act,) if act else ()),
    )  # fmt: skip


def _record(back: str, row: Row) -> Action | None:
    """The form that says that it was done; home visits are recorded at the doors."""
    kind, said = recorded_as(row.line.channel)
    if row.state == "kept" or kind == "doorknock.visited":
        return None
    query = {**said, "area": row.line.area, "text_id": row.line.text, "where": row.line.where, "next": back}
    return Action(Text("Record it", "登记"), f"{reverse('records.record', args=[kind])}?{urlencode({k: v for k, v in query.items() if v})}")


def rows(area: str) -> list[Row]:
    """The lines of the last days and of those to come."""
    pack = policy(area)
    today: date = clock.now().astimezone(pack.timezone).date()
    found = lines(View(area, today - BACK, today + AHEAD, clock.now(), pack.timezone))
    areas = Area.objects.names({each.area for each in found})
    callees = Callees([(each.area, "") for each in found])
    return [Row(each, areas.get(each.area, each.area), each.state(today), callees.of(each.area)) for each in found]


def plan(request: Request, area: str) -> HttpResponse:
    """The plan of an area and the areas below it."""
    row, found = Area.objects.current().get(code=area), rows(area)
    may = can(request.account, "outreach.record")
    listing = Listing(
        columns=_columns(partial(_record, request.get_full_path()) if may else None),
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda each, state: each.state == state),
                   choices=[(name, word) for name, (word, _) in STATES.items()]),
            Filter("channel", Text("Channel", "宣传方式"), where(lambda each, way: each.line.channel == way), choices=list(WAYS.items())),
            Filter("day", Text("Day", "日期"), _within, type="days"),
        ) if found else (),
        search=words_said(lambda each: (each.area, each.line.text, each.line.where, each.whom.name if each.whom else "")),
    )  # fmt: skip
    url = reverse("broadcasts.plan", args=[area])
    tiles = [
        Tile(number, word, f"{url}?state={name}", tone=tone if number else "good")
        for name, (word, tone) in STATES.items()
        for number in [sum(each.state == name for each in found)]
    ]
    actions = [Action(NEW, reverse("broadcasts.new", args=[area]), "plus", primary=True)] if may else []
    heading = Text("Broadcast plan: {area}", "{area} 宣传计划", area=row.name)
    return listing.respond(
        request, found, template="outreach/sums.html", context={"tiles": tiles if found else []}, heading=heading,
        crumbs=links.above(request.account, row, "broadcasts.plan"), actions=actions,
    )  # fmt: skip
