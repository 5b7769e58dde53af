"""The acts of an area: those that somebody must look at first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.inspections.kinds import ORDERS, STANDS, TONES, Act, State, Trouble, all_acts, offices, troubles
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

CHOICES = [
    ("stands", Text("Stand now", "现行有效或待办")), ("flagged", Text("To look at", "待核查")),
    ("objected", Text("Objections open", "有待处理异议")), *((each.value, each.label) for each in State),
]  # fmt: skip
NONE = Empty(
    Text("No act yet", "暂无处置"),
    Text("What an inspection orders stands here: open a place and record its inspection.", "请先在“监督检查”登记检查，处置随之列出。"),
    icon="scale",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One act as the list shows it."""

    act: Act
    state: State
    place: str
    area: str
    office: Text | str
    end: datetime | None
    wrong: list[Trouble]

    @property
    def badge(self) -> Badge:
        return Badge(self.state.label, TONES[self.state])

    @property
    def urgency(self) -> tuple[bool, bool, bool, float, str]:
        """To look at first, then objected to; what stands before what is over; the latest first."""
        return not self.wrong, not self.act.objections, self.state not in STANDS, -self.act.made.at.timestamp(), self.act.code

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        groups = {"stands": self.state in STANDS, "flagged": bool(self.wrong), "objected": bool(self.act.objections)}
        return groups.get(state, self.state == state)


def lines(area: str, pack: Policy, now: datetime) -> list[Line]:
    """The acts against places of the area."""
    acts, known = all_acts(area), offices(pack)
    places = {row.code: row for row in Place.objects.current().filter(code__in={act.place for act in acts})}
    names = Area.objects.names({row.area for row in places.values()})
    made = []
    for act in acts:
        row, code = places[act.place], str(act.written.data["office"]) if act.written else ""
        office: Text | str = known[code].label if code in known else code
        end, wrong = act.end(pack.timezone), troubles(act, now, pack)
        made.append(Line(act, act.state(now, pack.timezone), row.name, names.get(row.area, row.area), office, end, wrong))
    return made


LISTING = Listing(
    columns=(
        Column("act", Text("Act", "处置"), lambda row: ORDERS[row.act.action], phone="title",
               sort=lambda row: (row.act.action, row.urgency),
               link=lambda row: reverse("acts.act", args=[row.act.code, row.act.place])),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.urgency, phone="end"),
        Column("place", Text("Place", "场所"), lambda row: row.place, sort=lambda row: (row.place, row.act.code)),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.area, row.place)),
        Column("made", Text("Made", "作出时间"), lambda row: localtime(row.act.made.at).date(), sort=lambda row: row.act.made.order),
        Column("office", Text("Office", "作出机关"), lambda row: row.office or None, sort=lambda row: str(row.office)),
        Column("end", Text("Until", "期限至"), lambda row: row.end, sort=lambda row: (row.end is None, str(row.end), row.act.code)),
        Column("objections", Text("Objections open", "待处理异议"), lambda row: len(row.act.objections) or None, number=True,
               sort=lambda row: len(row.act.objections)),
        Column("wrong", Text("To look at", "待核查"), lambda row: " ".join(str(each.text) for each in row.wrong) or None, phone="wide"),
        Column("run", Text("Run", "检查批次"), lambda row: row.act.run, sort=lambda row: (row.act.run, row.place), hidden=True),
        Column("number", Text("Document number", "文书编号"), lambda row: row.act.written.data["number"] if row.act.written else None,
               hidden=True),
        Column("code", Text("Number", "处置编号"), lambda row: row.act.code, sort=lambda row: row.act.code, hidden=True),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: row.is_in(state)), choices=CHOICES, standing="stands"),
        Filter("action", Text("Act", "处置"), where(lambda row, value: row.act.action == value), choices=list(ORDERS.items())),
    ),
    search=words_said(lambda row: (row.place, row.act.run, row.office, row.act.code, *row.act.found,
                                   row.act.written.data["number"] if row.act.written else "")),
)  # fmt: skip


def acts(request: Request, area: str) -> HttpResponse:
    """The acts of an area."""
    row = Area.objects.current().get(code=area)
    actions = [
        Action(Text("Premises", "检查场所"), links.to("inspections.places", area=area), "building-store"),
        Action(Text("Hand-overs", "移送主管部门"), links.to("referrals.list", area=area), "file-export"),
        Action(Text("Legality", "合法性抽查"), links.to("legality.draws", area=area), "shield-check"),
        Action(Text("Typical cases", "典型案例"), links.to("cases.list", area=area), "report"),
    ]
    return LISTING.respond(
        request, lines(area, policy(area), clock.now()), heading=Text("Acts: {area}", "{area} 执法处置", area=row.name),
        crumbs=links.above(request.account, row, "acts.list"), actions=[each for each in actions if each.url],
    )  # fmt: skip
