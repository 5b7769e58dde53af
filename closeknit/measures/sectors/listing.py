"""The places of a round of checks: which were not checked, by name; which were, and what was found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse

from closeknit.access.scope import areas_of, can
from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Progress, Tab, Tabs
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.sectors.campaigns import has_problem, kind_of
from closeknit.measures.sectors.kinds import Sector, SectorChecked
from closeknit.registry.models import Place
from closeknit.registry.reading.places import category

REACHED = Q(word__endswith=live.REACHED)
LEFT = Badge(Text("Not checked", "未查"), "watch")
PROBLEM, IN_ORDER = Badge(Text("Problem", "有问题"), "bad"), Badge(Text("In order", "正常"), "good")
STATES = [
    ("left", Text("Not checked", "未查")), ("checked", Text("Checked", "已查")), ("problems", Text("With problems", "发现问题")),
    ("due", Text("All due", "全部应查")),
]  # fmt: skip
NO_ROUND = Empty(
    Text("No round of checks of this sector reaches this area yet", "本辖区尚无该领域检查行动"),
    Text(
        "Somebody who plans campaigns plans one over the categories of places; who was not checked then stands here by name.",
        "由负责人在“专项行动”中按场所类别部署后，未查场所在此逐一列出。",
    ),
    icon="shield-check",
)
NO_PLACE = Empty(Text("No place of the round lies here", "本辖区无应查场所"), "", icon="shield-check")


@dataclass(frozen=True)
class Line:
    """One place with its last check."""

    place: Any
    area: str
    last: Event | None
    who: str
    record: str

    @property
    def badge(self) -> Badge:
        return LEFT if self.last is None else PROBLEM if has_problem(self.last) else IN_ORDER

    @property
    def at(self) -> datetime | None:
        return self.last.at if self.last else None

    @property
    def found(self) -> str:
        return "；".join(self.last.data.get("problems", ())) if self.last else ""

    @property
    def button(self) -> Action | str:
        return Action(Text("Record a check", "登记检查"), self.record, "clipboard-check") if self.record else ""


COLUMNS = (
    Column("name", Text("Place", "场所"), lambda row: row.place.name, sort=("name", "code"), phone="title",
           link=lambda row: links.to("venues.place", code=row.place.code)),
    Column("state", Text("State", "状态"), lambda row: row.badge, phone="end"),
    Column("category", Text("Category", "类别"), lambda row: category(row.place.category), sort=("category", "name", "code")),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=("area", "name", "code")),
    Column("at", Text("Checked", "检查时间"), lambda row: row.at),
    Column("who", Text("By", "检查人"), lambda row: row.who or None),
    Column("found", Text("What was found", "发现问题"), lambda row: row.found or None, phone="wide"),
    Column("next", Text("Next", "下一步"), lambda row: row.button, export=lambda row: "", phone="wide"),
    Column("code", Text("Code", "编号"), lambda row: row.place.code, sort=("code",), hidden=True),
)  # fmt: skip


def _listing(request: Request, seen: Asked, sector: str) -> Listing:
    campaign = seen.campaign
    assert campaign is not None
    form = links.to("records.record", kind="sectors.checked") if can(request.account, "inspections.record") and seen.runs else ""

    checks = standing(SectorChecked).filter(at__gte=campaign.starts_at, at__lt=campaign.ends_at, data__sector=sector)
    problems = checks.filter(data__has_key="problems")

    def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
        wanted = {"left": ~REACHED, "checked": REACHED, "problems": Q(code__in=problems.values("place"))}
        return rows.filter(wanted[state]) if state in wanted else rows

    def categories() -> list[tuple[str, Any]]:
        present = live.due(campaign, seen.area.code)[0].order_by().values_list("category", flat=True).distinct()
        return sorted(((code, category(code)) for code in present), key=lambda pair: str(pair[1]))

    def dress(places: list[Place]) -> list[Line]:
        reaches = live.reaches(campaign, [place.code for place in places])
        last = Event.objects.defer("personal", "digest").in_bulk([reach.event for reach in reaches.values()])
        who = names.members(reach.member for reach in reaches.values())
        areas = Area.objects.names({place.area for place in places})
        made = []
        for place in places:
            reach = reaches.get(place.code)
            query = urlencode({"place": place.code, "area": place.area, "sector": sector, "next": request.get_full_path()})
            event = last.get(reach.event) if reach else None
            name = who.get(reach.member, reach.member) if reach else ""
            made.append(Line(place, areas.get(place.area, place.area), event, name, f"{form}?{query}" if form else ""))
        return made

    return Listing(
        columns=COLUMNS,
        order="name",
        empty=NO_PLACE,
        filters=(
            Filter("state", Text("State", "状态"), in_state, choices=STATES, standing="left"),
            Filter("category", Text("Category", "类别"), equals("category"), choices=categories),
        ),
        search=words_in("name", "code"),
        dress=dress,
    )


def food(request: Request, area: str) -> HttpResponse:
    """The first sector: where the menu leads."""
    return places(request, area, Sector.FOOD.value)


def places(request: Request, area: str, sector: str) -> HttpResponse:
    """The places of the round of a sector that runs or ran last; `?state=` left, checked, problems, due."""
    if sector not in {each.value for each in Sector}:
        raise Http404
    seen = asked(request, kind_of(sector), area)
    tabs = Tabs([Tab(each.label, links.to("sectors.places", area=area, sector=each.value), each.value == sector) for each in Sector])
    codes = [code for code in seen.area.path.split("/") if code and code != area]
    above = areas_of(request.account).filter(code__in=codes).order_by("path")
    crumbs = [(row.name, links.to("sectors.places", area=row.code, sector=sector)) for row in above]
    context: dict[str, Any] = {"tabs": tabs, "campaigns": seen.tabs, "none": NO_ROUND, "asked": seen}
    if seen.campaign is None or seen.live is None:
        return show(request, "sectors/none.html", context, crumbs=crumbs)
    context["progress"] = Progress(seen.live.total.reached, seen.live.total.due)
    (rows,) = live.due(seen.campaign, area)
    heading = Text("{round}: {area}", "{area} {round}", round=str(seen.campaign), area=seen.area.name)
    listing = _listing(request, seen, sector)
    rows = live.worded(rows, seen.campaign)
    return listing.respond(request, rows, template="sectors/places.html", context=context, heading=heading, crumbs=crumbs)
