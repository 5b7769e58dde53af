"""The tasks of an area: overdue first; each with its place, its owner, and how often it was carried over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone

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
from closeknit.measures.command.kinds import moment
from closeknit.measures.tasks.standing import Task, tasks_in
from closeknit.policy.packs import policy

NEW = Text("Set a task", "交办任务")
NOBODY = Text("{owner} (no member: give it to somebody)", "{owner}（不在人员名单，请转交）")
BADGES = {
    "overdue": Badge(Text("overdue", "逾期"), "bad"), "carried": Badge(Text("carried over", "已延期"), "watch"),
    "open": Badge(Text("open", "办理中"), "info"), "done": Badge(Text("done", "已完成"), "good"),
    "dropped": Badge(Text("dropped", "已取消"), "quiet"),
}  # fmt: skip
FILTERS = [
    ("open", Text("Open", "未完成")), ("overdue", Text("Overdue", "逾期")), ("carried", Text("Carried over", "已延期")),
    ("mine", Text("Mine", "由我负责")), ("nobody", Text("Owner is no member", "责任人不在名单")),
    ("done", Text("Done", "已完成")), ("dropped", Text("Dropped", "已取消")),
]  # fmt: skip
NONE = Empty(
    Text("No task yet", "尚无任务"),
    Text(
        "A task names what is to be done, where, by whom and until when; without one of these it is refused.",
        "交办任务须具体到事、细化到点、落实到人，并写明时限，缺一不可。",
    ),
    icon="list-check",
)


@dataclass(frozen=True)
class Line:
    """A task as a list shows it. state: overdue and carried say more than open. mine: the reader answers for it. nobody: it is open
    and its owner is on no list of members."""

    task: Task
    state: str
    due: datetime
    owner: str
    area: str
    mine: bool
    nobody: bool

    @property
    def badge(self) -> Badge:
        return BADGES[self.state]

    @property
    def url(self) -> str:
        return reverse("tasks.task", args=[self.task.number])

    @property
    def rank(self) -> tuple[object, ...]:
        return (list(BADGES).index(self.state), self.due, self.task.number)

    @property
    def reason(self) -> str | None:
        """Why it was carried over last."""
        carried = [step.data.get("words", "") for step in self.task.steps if step.data["step"] == "carried_over"]
        return carried[-1] if carried else None

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        open_ = self.task.state == "open"
        return {"open": open_, "mine": self.mine and open_, "nobody": self.nobody, "carried": open_ and self.task.times_carried > 0}.get(
            state, self.state == state
        )


def lines(tasks: Iterable[Task], now: datetime, zone: timezone, member: str = "") -> list[Line]:
    """The tasks with the names of owners and areas, what is overdue first; two statements."""
    every = list(tasks)
    people = names.members(task.owner for task in every)
    areas = Area.objects.names({task.area for task in every})

    def line(task: Task) -> Line:
        open_ = "carried" if task.times_carried else "open"
        state = "overdue" if task.is_overdue(now, zone) else open_ if task.state == "open" else task.state
        mine = bool(member) and task.owner == member
        nobody = open_ and task.owner not in people
        owner = str(NOBODY.format(owner=task.owner)) if nobody else people.get(task.owner, task.owner)
        return Line(task, state, task.due(zone), owner, areas.get(task.area, task.area), mine, nobody)

    return sorted(map(line, every), key=lambda each: each.rank)


LIST = Listing(
    columns=(
        Column("matter", Text("Matter", "事项"), lambda row: row.task.event.data["matter"], phone="title", link=lambda row: row.url,
               sort=lambda row: row.task.event.data["matter"]),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
        Column("where", Text("Place", "地点"), lambda row: row.task.event.data["where"], sort=lambda row: row.task.event.data["where"]),
        Column("owner", Text("Owner", "责任人"), lambda row: row.owner, sort=lambda row: (row.owner, row.rank)),
        Column("due", Text("Due", "完成时限"), lambda row: row.due, sort=lambda row: (row.due, row.task.number)),
        Column("carried", Text("Times carried over", "延期次数"), lambda row: row.task.times_carried or None, number=True,
               sort=lambda row: row.task.times_carried),
        Column("reason", Text("Why carried over", "延期原因"), lambda row: row.reason, phone="wide"),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.task.area, row.rank)),
        Column("source", Text("Follows from", "任务来源"), lambda row: row.task.event.data.get("source"),
               sort=lambda row: row.task.event.data.get("source", "")),
        Column("goal", Text("Goal", "所属目标"), lambda row: row.task.event.data.get("goal"), hidden=True),
        Column("number", Text("Number", "编号"), lambda row: row.task.number, sort=lambda row: row.task.number),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: row.is_in(state)), choices=FILTERS, standing="open"),
        Filter("owner", Text("Owner", "责任人"), where(lambda row, value: value in (row.owner, row.task.owner)), type="text"),
    ),
    search=words_said(lambda row: (row.task.number, row.owner, row.area, *map(row.task.event.data.get, ("matter", "where", "source")))),
)  # fmt: skip


def tasks(request: Request, area: str) -> HttpResponse:
    """The tasks of an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    found = lines(tasks_in(area, until=at.now, as_of=at.as_of), at.now, pack.timezone, request.account.member)
    new = Action(NEW, reverse("tasks.new", args=[area]), "plus", primary=True)
    return LIST.respond(
        request, found, heading=Text("Tasks: {area}", "{area} 任务", area=row.name),
        crumbs=links.above(request.account, row, "tasks.list"), actions=[new] if can(request.account, "tasks.manage") else [],
    )  # fmt: skip
