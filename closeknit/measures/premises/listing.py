"""The premises of an area: what is open there, which acts stand, what was found again; and who was never inspected."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.inspections.kinds import STANDS, Act, Finding, Premises, premises, reaches, troubles
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place
from closeknit.registry.reading.places import category

STATES = {
    "open": (Text("Findings open", "问题未销号"), "watch"), "acts": (Text("Acts that stand", "处置执行中"), "info"),
    "troubles": (Text("Acts to look at", "处置待核查"), "bad"), "raise": (Text("Repeat without the consequence", "屡查屡犯未升级"), "bad"),
    "repeated": (Text("Found again", "重复发现"), "watch"), "idle": (Text("Lifted what did not stand", "重复或无效解除"), "watch"),
    "inspected": (Text("Inspected", "已检查"), "good"),
    "never": (Text("Never inspected", "尚未检查"), "quiet"),
}  # fmt: skip
SHOWN = ("troubles", "raise", "open", "acts", "idle", "inspected", "never")  # the first that holds is the badge
NONE = Empty(
    Text("No places here yet", "暂无场所"),
    Text("Places come with the register: bring in the list of places first.", "请先在底册导入场所名单。"),
    icon="building-store",
)


@dataclass(frozen=True)
class Line:
    """One place with what its inspections come to."""

    place: Place
    area: str
    held: Premises
    standing: list[Act]
    wrong: list[Act]
    low: list[Finding]

    @property
    def states(self) -> set[str]:
        """The filter's choices that hold it."""
        found = {
            "open": self.held.open_findings, "acts": self.standing, "troubles": self.wrong, "raise": self.low,
            "repeated": self.held.repeated, "idle": self.held.idle, "inspected": self.held.visits, "never": not self.held.visits,
        }  # fmt: skip
        return {name for name, holds in found.items() if holds}

    @property
    def badge(self) -> Badge:
        word, tone = STATES[next(state for state in SHOWN if state in self.states)]
        return Badge(word, tone)

    @property
    def urgency(self) -> tuple[int, str, str]:
        return next(number for number, state in enumerate(SHOWN) if state in self.states), self.place.name, self.place.code

    @property
    def last(self) -> datetime | None:
        return self.held.visits[-1].at if self.held.visits else None


def lines(area: str, pack: Policy, now: datetime) -> list[Line]:
    """Every place of the area; three statements."""
    held = premises(area)
    rows = list(Place.objects.current().filter(area__in=Area.objects.below(area).values("code")))
    names = Area.objects.names({row.area for row in rows})
    return [_line(row, names.get(row.area, row.area), held.get(row.code) or Premises(row.code), pack, now) for row in rows]


def _line(row: Place, area: str, held: Premises, pack: Policy, now: datetime) -> Line:
    standing = [act for act in held.acts.values() if act.state(now, pack.timezone) in STANDS]
    wrong = [act for act in standing if troubles(act, now, pack)]
    return Line(row, area, held, standing, wrong, [each for each in held.open_findings if not reaches(each, pack)])


def _categories() -> list[tuple[str, Text | str]]:
    present = Place.objects.current().values_list("category", flat=True).distinct().order_by("category")
    return [(code, category(code)) for code in present]


LISTING = Listing(
    columns=(
        Column("name", Text("Place", "场所"), lambda row: row.place.name, sort=lambda row: (row.place.name, row.place.code), phone="title",
               link=lambda row: reverse("inspections.place", args=[row.place.code])),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.urgency, phone="end"),
        Column("category", Text("Category", "类别"), lambda row: category(row.place.category),
               sort=lambda row: (row.place.category, row.place.name)),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.place.area, row.place.name)),
        Column("last", Text("Last inspected", "最近检查"), lambda row: row.last,
               sort=lambda row: (row.last is None, str(row.last), row.place.code)),
        Column("runs", Text("Runs", "检查次数"), lambda row: len(row.held.runs), number=True, sort=lambda row: len(row.held.runs)),
        Column("open", Text("Findings open", "未销号问题"), lambda row: len(row.held.open_findings), number=True,
               sort=lambda row: len(row.held.open_findings)),
        Column("repeated", Text("Found again", "重复发现"), lambda row: len(row.held.repeated), number=True,
               sort=lambda row: len(row.held.repeated)),
        Column("acts", Text("Acts that stand", "执行中处置"), lambda row: len(row.standing), number=True,
               sort=lambda row: len(row.standing)),
        Column("code", Text("Code", "编号"), lambda row: row.place.code, sort=lambda row: row.place.code, hidden=True),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: state in row.states),
               choices=[(name, word) for name, (word, _) in STATES.items()]),
        Filter("category", Text("Category", "类别"), where(lambda row, value: row.place.category == value), choices=_categories),
    ),
    search=words_said(lambda row: (row.place.name, row.place.code, *(each.words for each in row.held.findings))),
)  # fmt: skip


def places(request: Request, area: str) -> HttpResponse:
    """The premises of an area."""
    row = Area.objects.current().get(code=area)
    actions = [
        Action(Text("Runs", "检查批次"), reverse("inspections.runs", args=[area]), "route"),
        Action(Text("Acts", "执法处置"), links.to("acts.list", area=area), "scale"),
    ]
    return LISTING.respond(
        request, lines(area, policy(area), clock.now()), heading=Text("Inspections: {area}", "{area} 监督检查", area=row.name),
        crumbs=links.above(request.account, row, "inspections.places"), actions=[each for each in actions if each.url],
    )  # fmt: skip
