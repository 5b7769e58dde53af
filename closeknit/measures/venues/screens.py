"""The patrol: how far it has come, the places by name, and one place."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty, Progress, Tile
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.venues.kinds import Entered, Patrolled
from closeknit.measures.venues.patrol import KIND, problem_places
from closeknit.measures.venues.words import found_there
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.registry.reading.places import category

NONE = Empty(
    Text("No patrol reaches this area yet", "本辖区尚无巡查行动"),
    Text(
        "Somebody who plans campaigns can plan one over the categories of places; they then stand here.",
        "由负责人在“专项行动”中按场所类别部署后，此处显示进度。",
    ),
    icon="building-store",
)
RECORD = Text("Record a visit", "登记巡查")


@dataclass
class Line:
    """One area's or category's part of the patrol."""

    name: Text | str
    words: Counter[str] = field(default_factory=Counter)
    urls: dict[str, str] = field(default_factory=dict)
    below: str = ""

    @property
    def progress(self) -> Progress:
        return Progress(self.words["patrolled"], self.words["due"])

    @property
    def numbers(self) -> list[tuple[Text, int, str]]:
        return [(word, self.words[state], self.urls[state]) for state, word in STATES.items() if state in ("left", "problems")]


STATES = {
    "left": Text("Left", "未巡"),
    "patrolled": Text("Patrolled", "已巡"),
    "due": Text("All due", "全部应巡"),
    "problems": Text("With problems", "发现问题"),
}


def due(seen: Asked) -> list[dict[str, Any]]:
    """Every place of the patrol: code, area, category, last word; two statements with the problems."""
    assert seen.campaign is not None
    problems = problem_places(seen.campaign)
    rows = [
        row
        for every in live.due(seen.campaign, seen.area.code)
        for row in live.worded(every, seen.campaign).values("code", "area", "category", "word")
    ]
    return [{**row, "problem": row["code"] in problems} for row in rows]


def _count(line: Line, row: dict[str, Any]) -> None:
    reached = row["word"].endswith(live.REACHED)
    line.words.update({"due": 1, "patrolled": int(reached), "left": int(not reached), "problems": int(row["problem"])})


def _lines(seen: Asked, rows: list[dict[str, Any]]) -> tuple[Line, list[Line], list[Line]]:
    below = {each.code: each for each in Area.objects.below(seen.area.code)}
    has_parts = {each.parent for each in below.values()}
    total = Line(seen.area.name, urls=_urls(seen, seen.area.code))
    areas: dict[str, Line] = {}
    categories: dict[str, Line] = {}
    for row in rows:
        code = below[row["area"]].path.partition(f"/{seen.area.code}/")[2].split("/")[0] or seen.area.code
        way = seen.url("venues.patrol", code) if code in has_parts and code != seen.area.code else ""
        area = areas.setdefault(code, Line(below[code].name, urls=_urls(seen, code), below=way))
        kind = categories.setdefault(
            row["category"], Line(category(row["category"]), urls=_urls(seen, seen.area.code, category=row["category"]))
        )
        for line in (total, area, kind):
            _count(line, row)
    worst = lambda line: (-line.words["left"], -line.words["problems"], str(line.name))  # noqa: E731
    return total, sorted(areas.values(), key=worst), sorted(categories.values(), key=worst)


def _urls(seen: Asked, area: str, **query: str) -> dict[str, str]:
    return {state: seen.url("venues.places", area, state=state, **query) for state in STATES}


def patrol(request: Request, area: str) -> HttpResponse:
    """How far the patrol has come, by area and by category."""
    seen = asked(request, KIND, area)
    context: dict[str, Any] = {"asked": seen, "none": NONE}
    if seen.campaign is not None:
        total, areas, categories = _lines(seen, due(seen))
        context |= {"total": total, "areas": areas, "categories": categories, "states": STATES, "tiles": _tiles(total)}
    heading = Text("Patrol: {area}", "{area} 场所巡查", area=seen.area.name)
    actions = [Action(Text("Places left", "未巡场所"), seen.url("venues.places"), "list-check", primary=True)] if seen.campaign else []
    return show(request, "venues/patrol.html", context, heading=heading, crumbs=seen.crumbs("venues.patrol"), actions=actions)


def _tiles(total: Line) -> list[Any]:
    tones = {
        "left": "watch" if total.words["left"] else "good",
        "patrolled": "good",
        "problems": "watch" if total.words["problems"] else "quiet",
    }
    return [Tile(total.words[state], word, total.urls[state], tone=tones.get(state, "quiet")) for state, word in STATES.items()]


def area_of_place(code: str) -> str | None:
    """Where a place lies; None where there is none. A checkpoint has a page of its own."""
    found: str | None = Place.objects.current().filter(code=code).exclude(category="checkpoint").values_list("area", flat=True).first()
    return found


def place(request: Request, code: str) -> HttpResponse:
    """One place: its visits and what they found; entries as counts by day, without anybody in them."""
    row = Place.objects.current().filter(code=code).exclude(category="checkpoint").first()
    if row is None:
        raise Http404
    visits = list(standing(Patrolled).filter(place=code).defer("personal", "digest").order_by("-at", "-id")[:50])
    who = names.members(event.member for event in visits)
    area = Area.objects.current().get(code=row.area)
    context = {
        "place": row,
        "category": category(row.category),
        "area": area,
        "visits": [(event, who.get(event.member, event.member), found_there(event.data)) for event in visits],
        "days": _days(code) if policy(row.area).has("venue_code") else (),
    }
    crumbs = [*links.above(request.account, area, "venues.patrol"), (area.name, reverse("venues.places", args=[area.code]) + "?state=due")]
    return show(request, "venues/place.html", context, heading=row.name, crumbs=crumbs, actions=_actions(request, row))


def _days(code: str) -> QuerySet[Any]:
    """How many entries were registered on each of the last days."""
    by_day = standing(Entered).filter(place=code).annotate(day=TruncDate("at")).values("day")
    counted: QuerySet[Any] = by_day.annotate(number=Count("pk")).order_by("-day")[:14]
    return counted


def _actions(request: Request, row: Place) -> list[Action]:
    asked = urlencode({"place": row.code, "next": request.path})
    may, codes = can(request.account, "venues.record"), policy(row.area).has("venue_code")
    visit, entrance = links.to("records.record", kind="venues.patrolled"), links.to("records.record", kind="venues.entrance_set")
    desk, change = links.to("venues.desk", code=row.code), links.to("venues.change", code=row.code)
    ways = [
        Action(RECORD, f"{visit}?{asked}" if may else "", "clipboard-check", primary=True),
        Action(Text("Entry desk", "进入登记台"), desk if codes else "", "door-enter"),
        Action(
            Text("Posters of entrances", "出入口登记码"), f"{links.to('venues.posters', area=row.area)}?{asked}" if codes else "", "printer"
        ),
        Action(Text("Set an entrance", "设置出入口"), f"{entrance}?{asked}" if may and codes else "", "plus"),
        Action(Text("Put right", "更正"), change if codes else "", "pencil"),
    ]
    return [way for way in ways if way.url]
