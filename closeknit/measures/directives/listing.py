"""The directives that concern an area: what it owes first; and those it has sent, with how many have read and acted."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Progress
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.directives.badges import ENDED, STATES
from closeknit.measures.directives.standing import Directive, Owed, concerning, owed
from closeknit.policy.packs import policy

NEW = Text("Issue a directive", "下发指令")
FILTERS = [
    ("open", Text("In force", "执行中")), ("late", Text("Somebody is late", "有逾期")), ("ours", Text("To this area", "发给本单位")),
    ("sent", Text("Sent from here or below", "本级及下级发出")),
    ("odd", Text("Receipts to look at", "回执待核实")), ("ended", Text("Ended", "已终止")),
]  # fmt: skip
NONE = Empty(
    Text("No directive yet", "尚无指令"),
    Text(
        "A directive goes to chosen areas below; here stands who has read it, who was told by telephone, and who has acted.",
        "向下级单位下发要求后，在此查看谁已阅、谁已电话传达、谁已落实。",
    ),
    icon="speakerphone",
)


@dataclass(frozen=True)
class Line:
    """A directive as an area sees it. own: what the area owes itself; below: what the area and those below it owe."""

    directive: Directive
    sender: str
    own: Owed | None
    below: list[Owed]
    read_by: datetime
    act_by: datetime | None
    url: str
    sent: bool

    @property
    def worst(self) -> str:
        """The state that most needs somebody."""
        states = [self.own.state] if self.own else [each.state for each in self.below]
        return min(states, key=list(STATES).index, default="read")

    @property
    def badge(self) -> Badge:
        return ENDED if self.directive.ended else STATES[self.worst]

    @property
    def rank(self) -> tuple[object, ...]:
        return (self.directive.ended is not None, list(STATES).index(self.worst), self.read_by, self.directive.number)

    @property
    def read(self) -> Progress | None:
        return Progress(sum(each.is_read for each in self.below), len(self.below)) if self.below else None

    @property
    def acted(self) -> Progress | None:
        asked = [each for each in self.below if each.asks_action]
        return Progress(sum(each.state == "acted" for each in asked), len(asked)) if asked else None

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        if state in ("open", "ended"):
            return (self.directive.ended is not None) == (state == "ended")
        late = any(each.state in ("late", "act_late") for each in self.below)
        odd = bool(self.directive.odd) and self.sent
        return {"late": late, "ours": self.own is not None, "sent": self.sent, "odd": odd}.get(state, True)


def lines(area: Area, now: datetime, as_of: datetime | None = None) -> list[Line]:
    """What concerns the area and those below it, what needs somebody first; six statements, however many there are."""
    zone = policy(area.code).timezone
    below = set(Area.objects.below(area.code, as_of).values_list("code", flat=True))
    every = [each for each in concerning(area.code, until=now, as_of=as_of) if each.event.area in below or below & set(each.to)]
    senders = Area.objects.names({each.event.area for each in every})

    def line(each: Directive) -> Line:
        owing = list(owed([each], below, now, zone))
        own = next((one for one in owing if one.recipient == area.code), None)
        sender, url = each.event.area, reverse("directives.directive", args=[area.code, each.number])
        return Line(each, senders.get(sender, sender), own, owing, each.read_by(zone), each.act_by(zone), url, sender in below)

    return sorted(map(line, every), key=lambda each: each.rank)


LIST = Listing(
    columns=(
        Column("title", Text("Directive", "指令"), lambda row: row.directive.event.data["title"], phone="title",
               link=lambda row: row.url, sort=lambda row: row.directive.event.data["title"]),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
        Column("read", Text("Read", "已阅"), lambda row: row.read,
               sort=lambda row: (row.read.percent if row.read else 101, row.rank)),
        Column("acted", Text("Carried out", "已落实"), lambda row: row.acted,
               sort=lambda row: (row.acted.percent if row.acted else 101, row.rank)),
        Column("sender", Text("From", "发文单位"), lambda row: row.sender, sort=lambda row: (row.sender, row.rank)),
        Column("version", Text("Version", "版次"), lambda row: row.directive.version, number=True,
               sort=lambda row: (row.directive.version, row.rank)),
        Column("read_by", Text("Read by", "阅知时限"), lambda row: row.read_by, sort=lambda row: (row.read_by, row.rank)),
        Column("act_by", Text("Act by", "落实时限"), lambda row: row.act_by,
               sort=lambda row: (row.act_by is None, row.act_by or row.read_by, row.rank)),
        Column("issued", Text("Issued", "下发时间"), lambda row: row.directive.event.at, sort=lambda row: row.directive.event.at),
        Column("source", Text("Source", "依据"), lambda row: row.directive.event.data.get("source"), hidden=True),
        Column("number", Text("Number", "编号"), lambda row: row.directive.number, sort=lambda row: row.directive.number),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("Show", "显示"), where(lambda row, state: row.is_in(state)), choices=FILTERS, standing="open"),
        Filter("days", Text("Issued", "下发日期"), lambda rows, days: _of_days(rows, days), type="days"),
    ),
    search=words_said(lambda row: (row.directive.number, row.sender, *map(row.directive.event.data.get, ("title", "text", "source")))),
)  # fmt: skip


def _of_days(rows: list[Line], days: tuple[str, str]) -> list[Line]:
    first, last = days
    said = [(localtime(row.directive.event.at).date().isoformat(), row) for row in rows]
    return [row for day, row in said if (not first or day >= first) and (not last or day <= last)]


def directives(request: Request, area: str) -> HttpResponse:
    """The directives that concern an area."""
    row = Area.objects.current().get(code=area)
    at = moment(request, policy(area))
    new = Action(NEW, reverse("directives.new", args=[area]), "plus", primary=True)
    return LIST.respond(
        request, lines(row, at.now, at.as_of), heading=Text("Directives: {area}", "{area} 指令", area=row.name),
        crumbs=links.above(request.account, row, "directives.list"), actions=[new] if can(request.account, "directives.manage") else [],
    )  # fmt: skip
