"""The places of a patrol as a list: which are left, which were visited, where there was a problem and what it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Badge, Empty
from closeknit.console.records import names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.venues.campaigns import has_problem
from closeknit.measures.venues.patrol import HAS_PROBLEM, KIND, visits
from closeknit.measures.venues.screens import NONE, STATES
from closeknit.measures.venues.words import found_there
from closeknit.registry.models import Place
from closeknit.registry.reading.places import category

REACHED = Q(word__endswith=live.REACHED)
DONE = Empty(
    Text("Nothing here", "暂无场所"), Text("No place of the patrol lies in this area.", "本辖区无应巡场所。"), icon="building-store"
)


@dataclass(frozen=True)
class Line:
    """One place with its last visit."""

    place: Any
    area: str
    last: Event | None
    who: str
    found: str

    @property
    def badge(self) -> Badge:
        if self.last is None:
            return Badge(Text("Left", "未巡"), "watch")
        return Badge(Text("Problem", "有问题"), "bad") if self.found else Badge(Text("In order", "正常"), "good")

    @property
    def at(self) -> datetime | None:
        return self.last.at if self.last else None


def _listing(seen: Asked) -> Listing:
    campaign = seen.campaign
    assert campaign is not None

    def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
        if state == "problems":
            return rows.filter(code__in=visits(campaign).filter(HAS_PROBLEM).values("place"))
        return {"left": rows.exclude(REACHED), "patrolled": rows.filter(REACHED)}.get(state, rows)

    def categories() -> list[tuple[str, Any]]:
        present = live.due(campaign, seen.area.code)[0].order_by().values_list("category", flat=True).distinct()
        return sorted(((code, category(code)) for code in present), key=lambda pair: str(pair[1]))

    def dress(places: list[Any]) -> list[Line]:
        codes = [place.code for place in places]
        last: dict[str, Event] = {}
        problem: dict[str, Event] = {}
        for event in visits(campaign).filter(place__in=codes).defer("personal", "digest").order_by("at", "id"):
            last[event.place] = event
            if has_problem(event):
                problem[event.place] = event
        who = names.members(event.member for event in last.values())
        areas = Area.objects.names({place.area for place in places})
        return [_line(place, areas.get(place.area, place.area), last.get(place.code), problem.get(place.code), who) for place in places]

    return Listing(
        columns=COLUMNS,
        order="name",
        empty=DONE,
        filters=(
            Filter("state", Text("State", "状态"), in_state, choices=list(STATES.items()), standing="left"),
            Filter("category", Text("Category", "类别"), equals("category"), choices=categories),
        ),
        search=words_in("name", "code"),
        dress=dress,
    )


def _line(place: Place, area: str, last: Event | None, problem: Event | None, who: dict[str, str]) -> Line:
    found = found_there(problem.data) if problem else ""
    return Line(place, area, last, who.get(last.member, last.member) if last else "", found)


COLUMNS = (
    Column("name", Text("Place", "场所"), lambda row: row.place.name, sort=("name", "code"), phone="title",
           link=lambda row: reverse("venues.place", args=[row.place.code])),
    Column("state", Text("State", "状态"), lambda row: row.badge, phone="end"),
    Column("category", Text("Category", "类别"), lambda row: category(row.place.category), sort=("category", "name", "code")),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=("area", "name", "code")),
    Column("at", Text("Last visit", "最近巡查"), lambda row: row.at),
    Column("who", Text("By", "巡查人"), lambda row: row.who or None),
    Column("found", Text("What was found", "发现问题"), lambda row: row.found or None, phone="wide"),
    Column("code", Text("Code", "编号"), lambda row: row.place.code, sort=("code",), hidden=True),
)  # fmt: skip


def places(request: Request, area: str) -> HttpResponse:
    """The places of the patrol that runs or ran last; `?state=` left, patrolled, due, problems."""
    seen = asked(request, KIND, area)
    crumbs = [*seen.crumbs("venues.patrol"), (seen.area.name, seen.url("venues.patrol"))]
    if seen.campaign is None:
        return show(request, "venues/patrol.html", {"asked": seen, "none": NONE}, crumbs=crumbs)
    (rows,) = live.due(seen.campaign, area)
    heading = Text("Places of {patrol}", "{patrol} 场所清单", patrol=str(seen.campaign))
    return _listing(seen).respond(request, live.worded(rows, seen.campaign), heading=heading, crumbs=crumbs)
