"""Investigations: the cases of an area, one case with its tasks, and the tasks that are one's own."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.investigations.case import Case, Task, cases, leads, may_read
from closeknit.measures.investigations.kinds import CaseOutcome, TaskOutcome
from closeknit.measures.zones.kinds import label
from closeknit.policy.packs import Policy, policy

WHAT = "case"  # what the trail says was read
OUTCOMES = {each.value: each.label for each in CaseOutcome}
TASK_OUTCOMES = {each.value: each.label for each in TaskOutcome}
NONE = Empty(
    Text("No investigation in this area", "本辖区无流行病学调查"),
    Text("Open a case, then give each task to somebody, with a time; only they and epidemiologists read it.",
         "请先启动调查，再逐项交办任务并写明时限；仅流调人员和任务责任人可见。"),
    icon="zoom-check",
)  # fmt: skip
NO_TASKS = Empty(Text("No task of an investigation is yours", "您没有调查任务"), icon="circle-check")


@dataclass(frozen=True)
class Line:
    """A case as the list shows it."""

    case: Case
    area: str
    late: int

    @property
    def badge(self) -> Badge:
        if self.case.closed:
            return Badge(OUTCOMES[self.case.closed.data["outcome"]], "good")
        return Badge(Text("tasks late", "任务逾期"), "bad") if self.late else Badge(Text("under way", "进行中"), "info")

    @property
    def done(self) -> str:
        return f"{len(self.case.tasks) - len(self.case.open_tasks)}/{len(self.case.tasks)}"


def lines(area: str, now: datetime, as_of: datetime | None = None) -> list[Line]:
    """The cases of an area, those with late tasks first."""
    below = dict(Area.objects.below(area).values_list("code", "name"))
    found = [each for each in cases(until=now if as_of else None, as_of=as_of).values() if each.opened.area in below]
    made = [Line(each, below[each.opened.area], sum(task.is_late(now) for task in each.tasks) if not each.closed else 0) for each in found]
    return sorted(made, key=lambda line: (line.case.closed is not None, -line.late, line.case.number))


CASES = Listing(
    columns=(
        Column("case", Text("Case", "调查编号"), lambda row: row.case.number, sort=lambda row: row.case.number, phone="title",
               link=lambda row: reverse("investigations.case", args=[row.case.number])),
        Column("state", Text("State", "状态"), lambda row: row.badge, phone="end",
               sort=lambda row: (row.case.closed is not None, -row.late, row.case.number)),
        Column("opened", Text("Opened", "启动时间"), lambda row: row.case.opened.at, sort=lambda row: row.case.opened.order),
        Column("tasks", Text("Tasks done", "已完成任务"), lambda row: row.done, sort=lambda row: (row.done, row.case.number)),
        Column("late", Text("Late", "逾期"), lambda row: row.late or None, number=True, sort=lambda row: row.late),
        Column("police", Text("With the police", "公安协查"), number=True, sort=lambda row: row.case.number,
               value=lambda row: sum(bool(task.given.data.get("police")) for task in row.case.tasks) or None),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.area, row.case.number)),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"),
               where(lambda row, value: value == "all" or (row.case.closed is None) == (value == "open")),
               choices=[("open", Text("Open", "在办")), ("closed", Text("Closed", "已结束")), ("all", Text("All", "全部"))],
               standing="open"),
    ),
    search=words_said(lambda row: (row.case.number, row.area)),
    codes=lambda row: [row.case.number],
    what=WHAT,
)  # fmt: skip


def listed(request: Request, area: str) -> HttpResponse:
    """The cases of an area, for epidemiologists."""
    row = Area.objects.current().get(code=area)
    actions = []
    if can(request.account, "investigations.record"):
        actions = [Action(Text("Open a case", "启动调查"), links.to("investigations.open", area=area), "plus", primary=True)]
    crumbs = links.above(request.account, row, "investigations.cases")
    return CASES.respond(request, lines(area, clock.now()), crumbs=crumbs, actions=actions)


def case_of(account: Account, number: str) -> Case:
    """The case, where the account may read it. Raises Http404 where it may not: that looks the same as none."""
    case = cases(number).get(number)
    if case is None or not may_read(account, case):
        raise Http404
    return case


@dataclass(frozen=True)
class Shown:
    """A task in words."""

    task: Task
    what: Text | str
    who: str
    words: str
    officer: str
    found: str
    late: bool
    url: str

    @property
    def badge(self) -> Badge:
        if self.task.done:
            outcome = self.task.done.data["outcome"]
            return Badge(TASK_OUTCOMES[outcome], "good" if outcome == TaskOutcome.DONE.value else "watch")
        return Badge(Text("late", "逾期"), "bad") if self.late else Badge(Text("open", "未完成"), "info")


def _shown(account: Account, case: Case, pack: Policy, now: datetime) -> list[Shown]:
    wanted = [event.id for task in case.tasks for event in (task.given, task.done) if event]
    told = {each.id: each.told() for each in Event.objects.filter(id__in=wanted)}
    members, lead = names.members({str(task.given.data["to"]) for task in case.tasks}), leads(account, case)
    made = []
    for task in case.tasks:
        given, done = told[task.given.id], told[task.done.id] if task.done else {}
        mine = task.done is None and case.closed is None and (lead or given["to"] == account.member)
        url = reverse("investigations.done", args=[case.number, task.given.topic]) if mine else ""
        made.append(
            Shown(
                task, label(pack, "investigations.tasks", given["what"]), members.get(given["to"], given["to"]), given.get("words", ""),
                given.get("officer", ""), done.get("words", ""), task.is_late(now), url,
            )
        )  # fmt: skip
    return sorted(made, key=lambda each: (each.task.done is not None, each.task.due_at))


def case(request: Request, case: str) -> HttpResponse:
    """One case: what is investigated, its tasks, who may read it. Each reading is written to the trail."""
    held, now, account = case_of(request.account, case), clock.now(), request.account
    trail.read(account, request.screen.name, [case], what=WHAT, path=request.path)
    events = {each.id: each.told() for each in Event.objects.filter(id__in=[held.opened.id, *([held.closed.id] if held.closed else [])])}
    staff = names.members(held.named)
    closed = events[held.closed.id] if held.closed else {}
    pairs = [
        (Text("What is investigated", "调查事由"), events[held.opened.id]["matter"]),
        (Text("Area", "地区"), Area.objects.names([held.opened.area]).get(held.opened.area, held.opened.area)),
        (Text("Opened", "启动时间"), held.opened.at),
        (Text("May be read by", "可查看人员"), "、".join(staff.get(code, code) for code in sorted(held.named))),
        (Text("Outcome", "调查结论"), OUTCOMES[closed["outcome"]] if closed else None),
        (Text("In words", "说明"), closed.get("words")),
    ]
    context = {
        "facts": Facts([(word, value) for word, value in pairs if value]),
        "tasks": _shown(account, held, policy(held.opened.area), now),
    }
    actions = []
    if leads(account, held) and not held.closed:
        actions = [
            Action(Text("Give a task", "交办任务"), reverse("investigations.task", args=[case]), "plus", primary=True),
            *_tracing(case),
            Action(Text("Name staff", "指定人员"), reverse("investigations.staff", args=[case]), "users"),
            Action(Text("Close the case", "结束调查"), reverse("investigations.close", args=[case]), "circle-check"),
        ]
    crumbs = [(Text("My tasks", "我的任务"), reverse("investigations.mine"))]
    if can(account, "investigations.view"):
        crumbs = [(Text("Investigations", "流行病学调查"), links.to("investigations.cases", area=account.area))]
    heading = Text("Case {number}", "调查 {number}", number=case)
    return show(request, "investigations/case.html", context, heading=heading, crumbs=crumbs, actions=actions)


def _tracing(case: str) -> list[Action]:
    """The way to who was there at the same time, where that is installed."""
    url = links.to("tracing.ask", case=case)
    return [Action(Text("Who was there", "查询同时空人员"), url, "walk")] if url else []


def own(account: Account) -> list[tuple[Case, Task]]:
    """The open tasks of an account's member, the earliest due first."""
    if not account.member:
        return []
    pairs = [(case, task) for case in cases().values() if not case.closed for task in case.open_tasks]
    return sorted(((c, t) for c, t in pairs if t.given.data["to"] == account.member), key=lambda pair: pair[1].due_at)


def mine(request: Request) -> HttpResponse:
    """The tasks of whoever is signed in."""
    now = clock.now()
    listing = Listing(
        columns=(
            Column("case", Text("Case", "调查编号"), lambda row: row[0].number, sort=lambda row: (row[0].number, row[1].due_at),
                   phone="title", link=lambda row: reverse("investigations.case", args=[row[0].number])),
            Column("what", Text("What", "任务"), sort=lambda row: row[1].given.data["what"],
                   value=lambda row: label(policy(row[0].opened.area), "investigations.tasks", row[1].given.data["what"])),
            Column("due", Text("Until when", "完成时限"), lambda row: row[1].due_at, sort=lambda row: row[1].due_at),
            Column("state", Text("State", "状态"), phone="end",
                   value=lambda row: Badge(Text("late", "逾期"), "bad") if row[1].is_late(now) else Badge(Text("open", "未完成"), "info")),
        ),
        order="due",
        empty=NO_TASKS,
        codes=lambda row: [row[0].number],
        what=WHAT,
    )  # fmt: skip
    return listing.respond(request, own(request.account))
