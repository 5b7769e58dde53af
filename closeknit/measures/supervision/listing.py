"""The problem list: overdue first; and how often each unit was found wanting."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.models import Account
from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.ids import next_number
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.supervision.kinds import Severity, problems_of
from closeknit.measures.supervision.models import Problem
from closeknit.measures.supervision.rules import due, is_overdue
from closeknit.policy.packs import Policy, policy

STATES = {
    "found": (Text("To hand over", "待交办"), "watch"), "handed_over": (Text("To put right", "待整改"), "info"),
    "rectified": (Text("To look back", "待回头看"), "info"), "closed": (Text("Closed", "已销号"), "good"),
    "reopened": (Text("Reopened", "重新整改"), "bad"),
}  # fmt: skip
OVERDUE = Text("Overdue", "逾期")
FOUND = Text("New problem", "登记问题")
SEVERITIES = {each.value: each.label for each in Severity}
FILTERS = [
    ("open", Text("Not closed", "未销号")),
    ("late", Text("Overdue or reopened", "逾期或重新整改")),
    *((key, word) for key, (word, _) in STATES.items()),
    ("after_closing", Text("Went on after closing", "销号后又有登记")),
]
NONE = Empty(
    Text("No problem on the list", "暂无问题"),
    Text(
        "What an inspection finds is recorded here, handed over, put right and looked at again.",
        "督查发现的问题在此登记、交办、整改、回头看。",
    ),
    icon="clipboard-list",
)


@dataclass(frozen=True)
class Line:
    """One problem as the list shows it."""

    problem: Problem
    unit: str
    owner: str
    due_by: datetime
    overdue: bool

    @property
    def badge(self) -> Badge:
        """Overdue says more than the state that it stands in."""
        word, tone = STATES[self.problem.state]
        return Badge(OVERDUE, "bad") if self.overdue else Badge(word, tone)

    @property
    def severity(self) -> Text | None:
        return SEVERITIES.get(self.problem.severity)

    @property
    def urgency(self) -> tuple[Any, ...]:
        """Overdue first, then reopened, then what is due next; what is closed last."""
        state = self.problem.state
        return (state == "closed", not self.overdue, state != "reopened", self.due_by, self.problem.topic)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        problem = self.problem
        own = {
            "open": problem.state != "closed",
            "late": self.overdue or problem.state == "reopened",
            "after_closing": problem.after_closing,
        }
        return own.get(state, problem.state == state)


def lines(problems: Iterable[Problem], pack: Policy, now: datetime) -> list[Line]:
    """The problems with the names of unit and owner, the most urgent first; two statements."""
    problems = list(problems)
    units = Area.objects.names({each.unit for each in problems})
    owners = names.members(each.owner for each in problems if each.owner)
    days = int(pack.get("supervision.overdue_default_days"))
    made = []
    for each in problems:
        by = due(each.due_at, each.found_at, days, pack.timezone)
        made.append(Line(each, units.get(each.unit, each.unit), owners.get(each.owner, each.owner), by, is_overdue(each.state, by, now)))
    return sorted(made, key=lambda line: line.urgency)


LISTING = Listing(
    columns=(
        Column("title", Text("Problem", "问题"), lambda row: row.problem.title, sort=lambda row: row.problem.title, phone="title",
               link=lambda row: reverse("supervision.problem", args=[row.problem.topic])),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.urgency, phone="end"),
        Column("unit", Text("Responsible unit", "责任单位"), lambda row: row.unit, sort=lambda row: (row.problem.unit, row.urgency)),
        Column("severity", Text("Severity", "程度"), lambda row: row.severity,
               sort=lambda row: ("low", "medium", "high", "").index(row.problem.severity)),
        Column("found", Text("Found", "发现时间"), lambda row: localtime(row.problem.found_at).date(),
               sort=lambda row: row.problem.found_at),
        Column("due", Text("Due", "整改期限"), lambda row: row.due_by, sort=lambda row: row.due_by),
        Column("owner", Text("Owner", "责任人"), lambda row: row.owner or None),
        Column("reopened", Text("Times reopened", "重新整改次数"), lambda row: row.problem.times_reopened or None, number=True,
               sort=lambda row: row.problem.times_reopened),
        Column("number", Text("Number", "编号"), lambda row: row.problem.topic, sort=lambda row: row.problem.topic),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: row.is_in(state)), choices=FILTERS, standing="open"),
        Filter("severity", Text("Severity", "程度"), where(lambda row, value: row.problem.severity == value),
               choices=list(SEVERITIES.items())),
        Filter("unit", Text("Unit", "责任单位"), where(lambda row, value: value in (row.problem.unit, row.unit)), type="text"),
    ),
    search=words_said(lambda row: (row.problem.title, row.problem.topic, row.unit, row.owner)),
)  # fmt: skip


def problems(request: Request, area: str) -> HttpResponse:
    """The problems found in an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    found: Iterable[Problem] = Problem.objects.filter(area__in=Area.objects.below(area).values("code"))
    if at.as_of:
        found = [Problem(**each) for each in problems_of(area, at.now, at.as_of)]
    crumbs = links.above(request.account, row, "supervision.problems")
    heading = Text("Problems: {area}", "{area} 督查问题", area=row.name)
    made = lines(found, pack, at.now)
    listing = LISTING if made else replace(LISTING, filters=())  # where there is none, nothing is to be narrowed
    return listing.respond(
        request, made, template="supervision/problems.html", context={"at": at}, heading=heading, crumbs=crumbs,
        actions=_actions(request.account, area),
    )  # fmt: skip


def _actions(account: Account, area: str) -> list[Action]:
    results = links.to("results.units", area=area)
    actions = [Action(Text("Results by unit", "按单位看结果"), results, "chart-bar")] if results else []
    if can(account, "supervision.record"):
        back = reverse("supervision.problems", args=[area])
        actions.append(Action(FOUND, new_problem(account, unit=area, area=area, next=back), "plus", primary=True))
    return actions


def new_problem(account: Account, **known: str) -> str:
    """The form of a new problem with the next free number and what is known of it."""
    latest = visible(Problem.objects.all(), account).order_by("-found_at", "-topic").values_list("topic", flat=True).first() or ""
    number = next_number(Problem.objects.values_list("topic", flat=True), latest or "P-001")
    return f"{links.to('records.record', kind='supervision.found')}?{query(problem=number, **known)}"


def query(**pairs: str) -> str:
    """A query of the pairs that say something."""
    return urlencode({name: value for name, value in pairs.items() if value})
