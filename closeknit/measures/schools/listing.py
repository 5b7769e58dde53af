"""The schools of an area: classes, people, the campaign and the weekly draw, those with most left first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty, Progress
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.schools.progress import Lot, Round, last_lots, running
from closeknit.measures.schools.standing import School, live, places

SCHOOLS = Text("Schools", "学校")
NONE = Empty(
    Text("No school in this area", "本辖区暂无学校"),
    Text(
        "Register a venue of the category school, or import places; then name its classes.",
        "请登记“学校”类场所或导入，再设置班级。",
    ),
    icon="building-community",
)
STATES = (
    ("left", Text("Somebody left", "有未检人员")), ("unnamed", Text("Not everybody named", "名单不全")),
    ("empty", Text("Nobody named", "尚无名单")),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One school as the list shows it."""

    school: School
    area: str
    round: Round | None
    lot: Lot | None

    @property
    def people(self) -> int:
        return len(self.school.people)

    @property
    def progress(self) -> Progress | str:
        return (self.round.of(self.school.people) if self.round else None) or ""

    @property
    def left(self) -> int:
        return len(self.round.left(self.school.people)) if self.round else 0

    @property
    def drawn_at(self) -> datetime | None:
        return self.lot.at if self.lot else None

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        return {"left": self.left > 0, "unnamed": self.school.unnamed > 0, "empty": not self.people}[state]


LIST = Listing(
    columns=(
        Column("name", Text("School", "学校"), lambda line: line.school.place.name, sort=lambda line: line.school.place.name, phone="title",
               link=lambda line: links.to("schools.school", code=line.school.code)),
        Column("left", Text("Left", "未检"), lambda line: line.left, sort=lambda line: (line.left, line.school.unnamed), number=True,
               link=lambda line: f"{links.to('schools.people', code=line.school.code)}?state=left" if line.left else "", phone="end"),
        Column("progress", Text("Sampled of due", "已检／应检"), lambda line: line.progress, phone="wide"),
        Column("people", Text("Persons", "师生人数"), lambda line: line.people, sort=lambda line: line.people, number=True),
        Column("classes", Text("Classes", "班级"), lambda line: len(line.school.classes), sort=lambda line: len(line.school.classes),
               number=True),
        Column("unnamed", Text("Not named yet", "未列名"), lambda line: line.school.unnamed, sort=lambda line: line.school.unnamed,
               number=True),
        Column("lot", Text("Sampled of drawn", "抽检已采／抽中"), lambda line: line.lot.progress if line.lot else None),
        Column("drawn", Text("Last drawn", "上次抽检"), lambda line: line.drawn_at),
        Column("area", Text("Area", "地区"), lambda line: line.area, sort=lambda line: line.school.place.area),
        Column("code", Text("Code", "编号"), lambda line: line.school.code, sort=lambda line: line.school.code, hidden=True),
    ),
    order="-left",
    empty=NONE,
    filters=(Filter("state", Text("State", "状态"), where(lambda line, value: line.is_in(value)), choices=STATES),),
    search=words_said(lambda line: (line.school.place.name, line.school.code)),
)  # fmt: skip


def schools(request: Request, area: str) -> HttpResponse:
    """The schools of an area with the campaign that runs or ran last."""
    row, now = Area.objects.current().get(code=area), clock.now()
    found, round_ = live(places(area), now), running(row, now)
    lots, areas = last_lots(found), Area.objects.names({each.place.area for each in found})
    lines = [Line(each, areas.get(each.place.area, ""), round_, lots.get(each.code)) for each in found]
    heading = Text("Schools: {area}", "{area} 学校", area=row.name)
    context = {"round": round_, "total": round_.of(set().union(*(each.people for each in found))) if round_ and found else None}
    crumbs = links.above(request.account, row, "schools.schools")
    return LIST.respond(
        request, lines, template="schools/schools.html", context=context, heading=heading, crumbs=crumbs, actions=_actions(request, area)
    )  # fmt: skip


def _actions(request: Request, area: str) -> list[Action]:
    proof = Action(Text("Proof of the draws", "抽检凭证"), links.to("schools.proof", area=area), "file-text")
    if not can(request.account, "schools.manage"):
        return [proof]
    return [
        Action(Text("Plan a campaign", "部署专项检测"), links.to("schools.plan", area=area), "plus", primary=True),
        Action(Text("Draw this week", "本周抽检"), links.to("schools.draw", area=area), "refresh"), proof,
    ]  # fmt: skip
