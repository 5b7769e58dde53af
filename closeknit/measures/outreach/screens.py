"""What was told to the public: counts by medium and village, and the records behind them."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, between_days, equals, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty, Tile
from closeknit.console.records import links, names
from closeknit.console.records.words import said
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.outreach.kinds import Broadcast, Medium, Messaged, Posted, Speaker

MEDIA: dict[str, Text] = {
    **{each.value: each.label for each in Medium},
    **{each.value: each.label for each in Speaker},
    "recipients": Text("Recipients of messages", "信息接收人次"),
}
KINDS = {
    "outreach.posted": Text("Material placed", "张贴发放"),
    "outreach.broadcast": Text("Broadcast", "广播宣传"),
    "outreach.messaged": Text("Message sent", "信息推送"),
}
NONE = Empty(
    Text("Nothing has been told yet", "暂无宣传记录"),
    Text(
        "Record what was put up, broadcast or sent; it is counted here by medium and village.", "登记张贴、广播、推送后，按方式和村统计。"
    ),
    icon="speakerphone",
)
EVENTS, SPOTS = Text("Records", "登记明细"), Text("Where material is", "张贴点位")


@dataclass
class Line:
    """What was told in one area."""

    code: str
    name: str
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, medium: str, number: int) -> None:
        self.numbers[medium] = self.numbers.get(medium, 0) + number


def told(data: dict[str, Any]) -> tuple[str, int]:
    """Under which medium a record counts, and how much."""
    if "recipients" in data or "channel" in data:
        return "recipients", int(data.get("recipients", 0))
    return str(data.get("medium") or data.get("device_kind")), int(data["quantity"])


def _lines(area: Area) -> tuple[dict[str, int], list[Line]]:
    below = {each.code: each for each in Area.objects.below(area.code)}
    total: dict[str, int] = {}
    lines: dict[str, Line] = {}
    for lies_in, data in in_area(standing(Posted, Broadcast, Messaged), area.code).values_list("area", "data"):
        medium, number = told(data)
        code = below[lies_in].path.partition(f"/{area.code}/")[2].split("/")[0] or area.code
        lines.setdefault(code, Line(code, below[code].name)).add(medium, number)
        total[medium] = total.get(medium, 0) + number
    return total, list(lines.values())


def _column(medium: str) -> Column:
    def number(row: Line) -> int:
        return row.numbers.get(medium, 0)

    return Column(medium, MEDIA[medium], number, sort=number, number=True)


SUMS = Listing(
    columns=(
        Column("area", Text("Area", "地区"), lambda row: row.name, sort=lambda row: row.code, phone="title",
               link=lambda row: reverse("outreach.records", args=[row.code])),
        *(_column(medium) for medium in MEDIA),
    ),
    order="area",
    empty=NONE,
    filters=(
        Filter("medium", Text("Medium", "方式"), where(lambda row, medium: row.numbers.get(medium, 0) > 0), choices=list(MEDIA.items())),
    ),
    search=words_said(lambda row: (row.name, row.code)),
)  # fmt: skip


def sums(request: Request, area: str) -> HttpResponse:
    """Counts by medium and village."""
    row = Area.objects.current().get(code=area)
    total, lines = _lines(row)
    records = reverse("outreach.records", args=[area])
    tiles = [Tile(total[medium], word, records) for medium, word in MEDIA.items() if total.get(medium)]
    actions = [Action(EVENTS, records, "list"), Action(SPOTS, links.to("outreach.spots", area=area), "map-pin")]
    if can(request.account, "outreach.record"):
        back = urlencode({"area": area, "next": request.path})
        actions += [
            Action(word, f"{reverse('records.record', args=[kind])}?{back}", "plus", primary=not number)
            for number, (kind, word) in enumerate(KINDS.items())
        ]
    heading = Text("Telling the public: {area}", "{area} 宣传发动", area=row.name)
    crumbs = links.above(request.account, row, "outreach.sums")
    return SUMS.respond(
        request, lines, template="outreach/sums.html", context={"tiles": tiles}, heading=heading, crumbs=crumbs, actions=actions
    )


@dataclass(frozen=True)
class Told:
    """One record with the names that it needs."""

    event: Event
    area: str
    who: str
    words: str


def _dressed(language: str, events: list[Event]) -> list[Told]:
    areas = Area.objects.names({event.area for event in events})
    who = names.members(event.member for event in events)
    return [Told(event, areas.get(event.area, event.area), who.get(event.member, event.member), said(event, language)) for event in events]


RECORDS = (
    Column("at", Text("When", "时间"), lambda row: row.event.at, sort=("at", "id"), phone="title",
           link=lambda row: links.to("register.event", event=str(row.event.id))),
    Column("kind", Text("What", "事项"), lambda row: KINDS[row.event.kind], sort=("kind", "at", "id"), phone="end"),
    Column("words", Text("Details", "内容"), lambda row: row.words, phone="wide"),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=("area", "at", "id")),
    Column("who", Text("By", "登记人"), lambda row: row.who),
)  # fmt: skip


def records(request: Request, area: str) -> HttpResponse:
    """The records themselves."""
    row = Area.objects.current().get(code=area)
    listing = Listing(
        columns=RECORDS,
        order="-at",
        empty=NONE,
        filters=(
            Filter("kind", Text("What", "事项"), equals("kind"), choices=list(KINDS.items())),
            Filter("day", Text("Day", "日期"), between_days("at"), type="days"),
        ),
        dress=partial(_dressed, request.LANGUAGE_CODE),  # type: ignore[attr-defined]  # Django's middleware sets it
    )
    crumbs = [*links.above(request.account, row, "outreach.sums"), (row.name, reverse("outreach.sums", args=[area]))]
    rows = in_area(standing(Posted, Broadcast, Messaged), area).defer("personal", "digest")
    return listing.respond(request, rows, heading=EVENTS, crumbs=crumbs)
