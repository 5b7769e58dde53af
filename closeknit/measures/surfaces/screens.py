"""The places whose surfaces and goods are swabbed, those overdue first; a tube that came back positive stands at its place."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.places import NEVER, Planned, plan
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Result
from closeknit.measures.surfaces.kinds import PLAN
from closeknit.policy.packs import policy

STATES = {
    NEVER: (Text("Never swabbed", "从未采样"), "bad"), "overdue": (Text("Overdue", "逾期未采"), "bad"),
    "due": (Text("Due today", "今日应采"), "watch"), "later": (Text("In time", "按期"), "good"),
}  # fmt: skip
FILTERS = [
    ("late", Text("Overdue", "逾期未采")), ("due", Text("Due today", "今日应采")), ("later", Text("In time", "按期")),
    ("positive", Text("Positive", "检出阳性")), ("all", Text("All", "全部")),
]  # fmt: skip
TONES = {"negative": "good", "positive": "bad", "inconclusive": "watch", "invalid": "watch"}
RESULTS = {each.value: Badge(each.label, TONES[each.value]) for each in Result}
NONE = Empty(
    Text("No place of the plan lies here", "本辖区暂无需环境采样的场所"),
    Text(
        "The policy pack says which categories of places are swabbed how often; another place is put in by itself.",
        "政策包规定各类场所的采样间隔；其他场所可单独纳入计划。",
    ),
    icon="building-store",
)
PUT_IN = Text("Put a place into the plan", "场所纳入计划")


@dataclass(frozen=True)
class Line:
    """One place as the list shows it."""

    planned: Planned
    area: str
    record: str
    change: str

    @property
    def rank(self) -> tuple[Any, ...]:
        """A positive tube first, then what was never swabbed, then what is due longest."""
        each = self.planned
        return (not each.positive, each.due is not None, each.due or each.today, each.place.code)

    @property
    def badge(self) -> Badge:
        return Badge(*STATES[self.planned.state])

    @property
    def result(self) -> Badge | str:
        return RESULTS["positive"] if self.planned.positive else RESULTS.get(self.planned.result, "")

    @property
    def tube(self) -> str:
        return self.planned.positive or self.planned.tube

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        known = {"late": self.planned.is_late, "positive": bool(self.planned.positive), "all": True}
        return known.get(state, self.planned.state == state)


def _lines(request: Request, planned: list[Planned]) -> list[Line]:
    names = Area.objects.names({each.place.area for each in planned})
    swab = links.to("records.record", kind="testing.environment_sampled") if can(request.account, "testing.record") else ""
    change = links.to("records.record", kind="routine.place_set") if can(request.account, "routine.record") else ""
    made = []
    for each in planned:
        back = {"place": each.place.code, "area": each.place.area, "next": request.get_full_path()}
        way = f"{swab}?{urlencode({**back, 'object': each.objects})}" if swab else ""
        other = f"{change}?{urlencode({**back, 'cadence_days': each.days, 'objects': each.objects})}" if change else ""
        made.append(Line(each, names.get(each.place.area, each.place.area), way, other))
    return made


def _action(url: str, label: Text, icon: str) -> Action | str:
    return Action(label, url, icon) if url else ""


def places(request: Request, area: str) -> HttpResponse:
    """The places of an area that are swabbed."""
    row, pack, categories = Area.objects.current().get(code=area), policy(area), Text("Category", "场所类别")
    lines = _lines(request, plan(PLAN, area, pack, clock.now()))
    counts = Counter(line.planned.place.category for line in lines)
    listing = Listing(
        columns=(
            Column("name", Text("Place", "场所"), lambda line: line.planned.place.name, sort=lambda line: line.planned.place.name,
                   link=lambda line: links.to("venues.place", code=line.planned.place.code), phone="title"),
            Column("state", Text("State", "状态"), lambda line: line.badge, sort=lambda line: line.rank, phone="end"),
            Column("result", Text("Result", "检测结果"), lambda line: line.result),
            Column("tube", Text("Tube", "采样管"), lambda line: line.tube or None,
                   link=lambda line: links.to("tubes.tube", code=line.tube) if line.tube else ""),
            Column("due", Text("Due", "应采日"), lambda line: line.planned.due, sort=lambda line: line.rank),
            Column("last", Text("Last swabbed", "末次采样"), lambda line: line.planned.last,
                   sort=lambda line: (line.planned.last is not None, line.planned.last or line.planned.today)),
            Column("days", Text("Every so many days", "间隔天数"), lambda line: line.planned.days, sort=lambda line: line.planned.days,
                   number=True),
            Column("objects", Text("What is swabbed", "采样部位、物品"), lambda line: line.planned.objects or None, phone="wide"),
            Column("category", categories, lambda line: line.planned.place.category, sort=lambda line: line.planned.place.category,
                   hidden=True),
            Column("area", Text("Area", "地区"), lambda line: line.area, sort=lambda line: line.planned.place.area),
            Column("next", Text("Next", "下一步"), lambda line: _action(line.record, Text("Swab", "采样"), "test-pipe"),
                   export=lambda line: "", phone="wide"),
            Column("change", Text("Plan", "计划"), lambda line: _action(line.change, Text("Change", "修改"), "pencil"),
                   export=lambda line: "", phone="wide", hidden=True),
        ),
        order="state",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda line, value: line.is_in(value)), choices=FILTERS, standing="all"),
            Filter("category", categories, where(lambda line, value: line.planned.place.category == value),
                   choices=[(code, f"{code} {number}") for code, number in sorted(counts.items())]),
        ) if lines else (),
        search=words_said(lambda line: (line.planned.place.name, line.planned.place.code, line.tube, line.area)),
    )  # fmt: skip
    actions = []
    if can(request.account, "routine.record"):
        way = f"{links.to('records.record', kind='routine.place_set')}?{urlencode({'area': area, 'next': request.path})}"
        actions = [Action(PUT_IN, way, "plus", primary=True)]
    heading = Text("Surfaces and goods: {area}", "{area} 环境和物品采样", area=row.name)
    crumbs = [*links.above(request.account, row, "routine.places"), (row.name, links.to("routine.groups", area=area))]
    return listing.respond(request, lines, heading=heading, crumbs=crumbs, actions=actions)
