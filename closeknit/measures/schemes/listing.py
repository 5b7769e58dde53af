"""The templates that an area may take, and how far those are that it and the areas below it have taken."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Progress
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.schemes.page import NEW
from closeknit.measures.schemes.standing import InUse, Scheme, in_use, schemes
from closeknit.policy.packs import policy

HEADING = Text("Templates of organisation", "工作模式")
FREE, HELD = Badge(Text("not taken", "未套用"), "quiet"), Badge(Text("taken", "已套用"), "good")
OLDER = Badge(Text("an older version is taken", "套用的是旧版"), "watch")
NONE = Empty(
    Text("No template yet", "尚无模板"),
    Text(
        "Write one: its task forces, goals, supplies and measures, one a line. Each version is kept.",
        "请编制模板：专班、目标、物资、措施，每行一项。各版本均保留。",
    ),
    icon="list-check",
)


@dataclass(frozen=True)
class Line:
    """A template of an area: as it may be taken, or as an area has taken it."""

    name: str
    words: Text | str
    version: int
    area: str
    code: str
    taken: InUse | None
    newest: int

    @property
    def badge(self) -> Badge:
        return FREE if self.taken is None else HELD if self.version >= self.newest else OLDER

    @property
    def progress(self) -> Progress | None:
        return Progress(sum(not item.is_open for item in self.taken.items), len(self.taken.items)) if self.taken else None

    @property
    def rank(self) -> tuple[object, ...]:
        return (self.taken is None, self.code, self.name)


LIST = Listing(
    columns=(
        Column("name", Text("Template", "模板"), lambda row: row.words, sort=lambda row: (row.name, row.code), phone="title",
               link=lambda row: reverse("schemes.one", args=[row.code, row.name])),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
        Column("done", Text("Items done", "事项落实"), lambda row: row.progress,
               sort=lambda row: (row.progress.percent if row.progress else 101, row.rank)),
        Column("version", Text("Version", "版次"), lambda row: row.version, sort=lambda row: (row.version, row.rank), number=True),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: row.rank),
    ),
    order="state",
    empty=NONE,
    filters=(Filter("taken", Text("Taken", "仅看已套用"), where(lambda row, value: row.taken is not None), type="flag"),),
    search=words_said(lambda row: (row.name, row.words, row.area)),
)  # fmt: skip


def listed(request: Request, area: str) -> HttpResponse:
    """The templates of an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    known, held = schemes(area, pack), in_use(area, until=at.now, as_of=at.as_of)
    areas = Area.objects.names({each.event.area for each in held})
    ours = {each.event.topic for each in held if each.event.area == area}
    lines = [_taken(each, known.get(each.event.topic), areas) for each in held]
    free = [one for one in known.values() if one.name not in ours]
    lines += [Line(one.name, one.line(one.name), one.version, row.name, area, None, one.version) for one in free]
    new = Action(NEW, reverse("schemes.new", args=[area]), "plus", primary=True)
    return LIST.respond(
        request, lines, heading=Text("Templates: {area}", "{area} 工作模式", area=row.name),
        crumbs=links.above(request.account, row, "schemes.list"), actions=[new] if can(request.account, "headquarters.manage") else [],
    )  # fmt: skip


def _taken(each: InUse, known: Scheme | None, areas: dict[str, str]) -> Line:
    name, code, version = each.event.topic, each.event.area, int(each.event.data["version"])
    return Line(name, known.line(name) if known else name, version, areas.get(code, code), code, each, known.version if known else version)
