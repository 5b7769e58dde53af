"""The plans of inspection, and one plan with its units: who was inspected, and by name who was not."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Facts, Notice, Progress
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.checkplans.folding import PLANNED, Plan, Unit
from closeknit.measures.checkplans.kinds import plan_called, plans_of, plans_that_saw
from closeknit.measures.checkplans.units import SORT_NAMES, named
from closeknit.measures.command.kinds import moment
from closeknit.policy.packs import policy

PLAN = Text("Plan an inspection", "制定督查计划")
STATES = {
    "late": Badge(Text("late", "逾期未完成"), "bad"), "open": Badge(Text("running", "进行中"), "info"),
    "done": Badge(Text("all inspected", "已全部检查"), "good"), "ended": Badge(Text("ended", "已提前结束"), "quiet"),
}  # fmt: skip
NONE = Empty(
    Text("No plan of inspection yet", "尚无督查计划"),
    Text(
        "A plan names the villages, service points and work groups to inspect, the checklist and the last day. Who was not inspected "
        "then stands on a list.",
        "计划写明督查哪些村、服务点和专班，用什么检查项，何时完成；未检查的单位自动列出名单。",
    ),
    icon="clipboard-check",
)
ENDED = Text("Ended: {reason}", "已提前结束：{reason}")


@dataclass(frozen=True)
class Line:
    """A plan as the list shows it."""

    plan: Plan
    state: str
    left: str
    own: bool

    @property
    def not_met(self) -> str:
        """What was not well in the units that the reader may know of."""
        return "、".join(dict.fromkeys(item for unit in self.plan.units if unit.check for item in unit.check.data.get("not_met", ())))

    @property
    def progress(self) -> Progress:
        return Progress(len(self.plan.units) - len(self.plan.left), len(self.plan.units))


PLANS = Listing(
    columns=(
        Column("title", Text("Plan", "督查计划"), lambda row: row.plan.title, sort=lambda row: row.plan.title, phone="title",
               link=lambda row: reverse("checkplans.plan", args=[row.plan.code]) if row.own else ""),
        Column("state", Text("State", "状态"), lambda row: STATES[row.state], phone="end",
               sort=lambda row: (list(STATES).index(row.state), row.plan.due_by, row.plan.code)),
        Column("done", Text("Inspected", "已检查"), lambda row: row.progress, phone="wide"),
        Column("left", Text("Not inspected", "未检查单位"), lambda row: row.left or None, phone="wide"),
        Column("not_met", Text("Not well", "不合格项"), lambda row: row.not_met or None, phone="wide"),
        Column("due", Text("Last day", "完成日期"), lambda row: row.plan.planned.data["due_on"], sort=lambda row: row.plan.due_by),
        Column("number", Text("Number", "编号"), lambda row: row.plan.code, sort=lambda row: row.plan.code),
    ),
    order="state",
    empty=NONE,
    filters=(Filter("state", Text("State", "状态"), where(lambda row, value: row.state == value),
                    choices=[(name, badge.label) for name, badge in STATES.items()]),),
    search=words_said(lambda row: (row.plan.title, row.plan.code, row.left)),
)  # fmt: skip


def plans(request: Request, area: str) -> HttpResponse:
    """The plans of an area, those that are late first."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    own = plans_of(area, at.now, at.as_of)
    found = [*own, *plans_that_saw(area, at.now, at.as_of)]
    names = named(unit for plan in found for unit in plan.left)
    lines = [Line(plan, plan.state(at.now), "、".join(names[unit.code] for unit in plan.left), plan in own) for plan in found]
    new = Action(PLAN, reverse("checkplans.new", args=[area]), "plus", primary=True)
    heading = Text("Plans of inspection: {area}", "{area} 督查计划", area=row.name)
    crumbs = links.above(request.account, row, "checkplans.list")
    actions = [new] if can(request.account, "supervision.manage") else []
    return PLANS.respond(request, lines, heading=heading, crumbs=crumbs, actions=actions)


@dataclass(frozen=True)
class Part:
    """A unit of a plan as its page shows it."""

    unit: Unit
    name: str
    code: str
    may: bool

    @property
    def badge(self) -> Badge:
        check = self.unit.check
        if check is None:
            return Badge(Text("not inspected", "未检查"), "watch")
        number = len(check.data.get("not_met", ()))
        return Badge(Text("{n} not well", "{n} 项不合格", n=number), "bad") if number else Badge(Text("all well", "全部合格"), "good")

    @property
    def when(self) -> datetime | None:
        return self.unit.check.at if self.unit.check else None

    @property
    def not_met(self) -> str:
        return "、".join(self.unit.check.data.get("not_met", ())) if self.unit.check else ""

    @property
    def act(self) -> Action | str:
        word = Text("Inspect again", "重新检查") if self.unit.check else Text("Inspect", "去检查")
        return Action(word, reverse("checkplans.check", args=[self.code, self.unit.code]), "clipboard-check") if self.may else " "


UNITS = Listing(
    columns=(
        Column("unit", Text("Unit", "单位"), lambda row: row.name, sort=lambda row: (row.unit.sort, row.unit.code), phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, phone="end", sort=lambda row: (row.when is not None, row.unit.code)),
        Column("sort", Text("Sort", "类别"), lambda row: SORT_NAMES[row.unit.sort], sort=lambda row: row.unit.sort),
        Column("not_met", Text("Not well", "不合格项"), lambda row: row.not_met or None, phone="wide"),
        Column("when", Text("Inspected", "检查时间"), lambda row: row.when),
        Column("act", "", lambda row: row.act, phone="wide"),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, value: (row.when is None) == (value == "left")),
               choices=[("left", Text("Not inspected", "未检查")), ("done", Text("Inspected", "已检查"))]),
        Filter("sort", Text("Sort", "类别"), where(lambda row, value: row.unit.sort == value), choices=[*SORT_NAMES.items()]),
    ),
    search=words_said(lambda row: (row.name, row.unit.code, row.not_met)),
)  # fmt: skip


def area_of_plan(code: str) -> str | None:
    """The area of a plan, by which the gate decides; None where there is none of that number."""
    return Event.objects.filter(kind=PLANNED, topic=code).order_by("arrival").values_list("area", flat=True).first()


def plan(request: Request, code: str) -> HttpResponse:
    """One plan: its units, those that were not inspected first."""
    found = plan_called(code)
    if found is None:
        raise Http404
    names, now = named(found.units), clock.now()
    may = can(request.account, "supervision.record") and not found.ended
    parts = [Part(unit, names[unit.code], code, may) for unit in found.units]
    facts = Facts(
        [
            (Text("State", "状态"), STATES[found.state(now)]), (Text("Last day", "完成日期"), found.planned.data["due_on"]),
            (Text("Checklist", "检查项"), "；".join(found.checklist)), (Text("Number", "编号"), code),
        ]
    )  # fmt: skip
    ended = found.ended
    said = ENDED.format(reason=f"{ended.data['reason']} {localtime(ended.at):%Y-%m-%d}") if ended else None
    context = {"facts": facts, "ended": Notice(said) if said else None}
    area = Area.objects.current().get(code=found.area)
    crumbs = [*links.above(request.account, area, "checkplans.list"), (area.name, reverse("checkplans.list", args=[area.code]))]
    actions = _actions(found) if can(request.account, "supervision.manage") else []
    return UNITS.respond(
        request, parts, template="checkplans/plan.html", context=context, heading=found.title, crumbs=crumbs, actions=actions
    )


def _actions(found: Plan) -> list[Action]:
    like = f"{reverse('checkplans.new', args=[found.area])}?like={found.code}"
    actions = [
        Action(Text("Change", "修改"), reverse("checkplans.change", args=[found.code]), "pencil"),
        Action(Text("Plan the same again", "再排一轮"), like, "refresh"),
    ]
    if found.left and not found.ended:
        actions.append(Action(Text("End", "提前结束"), reverse("checkplans.end", args=[found.code]), "ban"))
    return actions
