"""The log of an area's liaisons: open problems first."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.liaison.kinds import Logged
from closeknit.measures.liaison.standing import Log, logs
from closeknit.policy.packs import policy

HEADING, SOLVE = Text("Liaison log", "联络日志"), Text("Solved", "办结问题")
OPEN = Badge(Text("problem open", "问题待解决"), "watch")
SOLVED, FINE = Badge(Text("solved", "已解决"), "good"), Badge(Text("progress", "进展"), "info")
NONE = Empty(
    Text("Nothing is logged yet", "尚无联络日志"),
    Text(
        "The liaison of each group and key unit logs progress and open problems on the group's page, under Headquarters.",
        "各专班、重点单位的联络员在“指挥体系”的专班页面登记进展和存在问题。",
    ),
    icon="message-2",
)


@dataclass(frozen=True)
class Line:
    """An entry as the list shows it."""

    log: Log
    area: str
    who: str

    @property
    def badge(self) -> Badge:
        return OPEN if self.log.is_open else SOLVED if self.log.solved else FINE

    @property
    def rank(self) -> tuple[object, ...]:
        return (not self.log.is_open, -self.log.event.at.timestamp(), self.log.code)


def lines(found: list[Log]) -> list[Line]:
    """The entries with the names of areas and of who wrote them, open problems first, then the latest; two statements."""
    areas = Area.objects.names({each.event.area for each in found})
    people = names.members(each.event.member for each in found)
    made = [Line(each, areas.get(each.event.area, each.event.area), people.get(each.event.member, each.event.member)) for each in found]
    return sorted(made, key=lambda line: line.rank)


COLUMNS = (
    Column("body", Text("Group or key unit", "专班或重点单位"), lambda row: row.log.event.data["body"], phone="title",
           sort=lambda row: row.log.event.data["body"],
           link=lambda row: links.to("liaison.body", area=row.log.event.area, body=row.log.event.data["body"])),
    Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
    Column("progress", Text("Progress", "工作进展"), lambda row: row.log.event.data["progress"], phone="wide"),
    Column("problem", Text("Open problem", "存在问题"), lambda row: row.log.event.data.get("problem"), phone="wide"),
    Column("solved", Text("How it was solved", "办理情况"), lambda row: row.log.solved and row.log.solved.data["words"], phone="wide"),
    Column("at", Text("When", "时间"), lambda row: row.log.event.at, sort=lambda row: row.log.event.at),
    Column("who", Text("Who", "登记人"), lambda row: row.who, sort=lambda row: row.who),
    Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.log.event.area, row.rank)),
)  # fmt: skip


def _act(row: Line) -> Action | str:
    return Action(SOLVE, reverse("liaison.solve", args=[row.log.code]), "check") if row.log.is_open else ""


def log(request: Request, area: str) -> HttpResponse:
    """The log of an area and of those below it."""
    row = Area.objects.current().get(code=area)
    at = moment(request, policy(area))
    entries = in_area(standing(Logged, as_of=at.as_of), area, at.as_of).filter(at__lt=at.now).defer("personal", "digest")
    act = Column("act", Text("Next", "下一步"), _act, export=lambda line: "", phone="wide")
    listing = Listing(
        columns=(*COLUMNS, *((act,) if can(request.account, "tasks.record") else ())), order="state", empty=NONE,
        filters=(
            Filter("open", Text("Open problems", "仅看未解决问题"), where(lambda line, value: line.log.is_open), type="flag"),
            Filter("body", Text("Group", "专班"), where(lambda line, value: line.log.event.data["body"] == value), type="text"),
        ),
        search=words_said(lambda line: (line.area, line.who, *map(line.log.event.data.get, ("body", "progress", "problem")))),
    )  # fmt: skip

    return listing.respond(
        request, lines(logs(entries, until=at.now, as_of=at.as_of)), heading=Text("Liaison log: {area}", "{area} 联络日志", area=row.name),
        crumbs=links.above(request.account, row, "liaison.list"),
    )  # fmt: skip
