"""Meetings and visits of leaders, the latest first, each with its decisions and how many of its tasks are done."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Progress
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import end_of
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.meetings.kinds import Decided, Held, Visited
from closeknit.measures.tasks.kinds import Task, tasks_from
from closeknit.policy.packs import policy

HEADING = Text("Meetings and visits", "会议与督导")
HOLD, VISIT = Text("Record a meeting", "登记会议"), Text("Record a visit", "登记领导督导")
BADGES = {"meetings.held": Badge(Text("meeting", "会议"), "info"), "meetings.visited": Badge(Text("visit", "督导"), "quiet", "user")}
NONE = Empty(
    Text("No meeting and no visit yet", "尚无会议和督导记录"),
    Text(
        "Record a meeting with its decisions, or a leader's visit with the instructions; each task set there names its owner.",
        "登记会议及其决定、领导督导及其指示，并由此交办任务，落实到人。",
    ),
    icon="message-2",
)


@dataclass(frozen=True)
class Line:
    """A meeting or a visit as the list shows it."""

    event: Event
    area: str
    who: str
    decisions: int
    tasks: list[Task]

    @property
    def title(self) -> str:
        return str(self.event.data.get("title") or self.event.data["where"])

    @property
    def badge(self) -> Badge:
        return BADGES[self.event.kind]

    @property
    def url(self) -> str:
        return reverse("meetings.one", args=[self.event.topic])

    @property
    def at(self) -> datetime:
        said = self.event.data.get("began_at") or self.event.data.get("came_at")
        return end_of(said, policy(self.event.area).timezone) if said else self.event.at

    @property
    def progress(self) -> Progress | None:
        return Progress(sum(task.state != "open" for task in self.tasks), len(self.tasks)) if self.tasks else None


def lines(events: list[Event]) -> list[Line]:
    """These meetings and visits as lines; six statements."""
    latest = {topic: steps[-1] for topic, steps in grouped(events, "topic").items()}
    decisions = Counter(standing(Decided).filter(topic__in=latest).values_list("topic", flat=True))
    tasks: dict[str, list[Task]] = {}
    for task in tasks_from(latest):
        tasks.setdefault(task.event.data["origin"], []).append(task)
    areas = Area.objects.names({event.area for event in latest.values()})
    leaders = {topic: event.data.get("chair") or event.data.get("leader", "") for topic, event in latest.items()}
    people = names.members(leaders.values())
    return [
        Line(event, areas.get(event.area, event.area), people.get(leaders[topic], leaders[topic]), decisions[topic], tasks.get(topic, []))
        for topic, event in latest.items()
    ]


LIST = Listing(
    columns=(
        Column("title", Text("Meeting or place", "会议或地点"), lambda row: row.title, link=lambda row: row.url, phone="title",
               sort=lambda row: row.title),
        Column("what", Text("What", "类别"), lambda row: row.badge, sort=lambda row: row.event.kind, phone="end"),
        Column("at", Text("When", "时间"), lambda row: row.at, sort=lambda row: (row.at, row.event.topic)),
        Column("who", Text("Led by", "主持（带队）"), lambda row: row.who or None, sort=lambda row: row.who),
        Column("decisions", Text("Decisions", "决定"), lambda row: row.decisions or None, sort=lambda row: row.decisions, number=True),
        Column("tasks", Text("Tasks done", "任务完成"), lambda row: row.progress,
               sort=lambda row: (row.progress.percent if row.progress else 101, row.title)),
        Column("words", Text("Summary or instructions", "要点或指示"), lambda row: row.event.data.get("summary") or
               row.event.data.get("instruction"), phone="wide"),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.event.area, row.at)),
    ),
    order="-at",
    empty=NONE,
    filters=(
        Filter("what", Text("What", "类别"), where(lambda row, value: row.event.kind == value),
               choices=[(kind, badge.label) for kind, badge in BADGES.items()]),
        Filter("open", Text("With open tasks", "仅看任务未完成"), type="flag",
               narrow=where(lambda row, value: any(task.state == "open" for task in row.tasks))),
    ),
    search=words_said(lambda row: (row.title, row.who, row.area, *map(row.event.data.get, ("summary", "instruction")))),
)  # fmt: skip


def meetings(request: Request, area: str) -> HttpResponse:
    """The meetings and visits of an area and below it."""
    row = Area.objects.current().get(code=area)
    at = moment(request, policy(area))
    events = in_area(standing(Held, Visited, as_of=at.as_of), area, at.as_of).filter(at__lt=at.now).defer("personal", "digest")
    actions = [
        Action(VISIT, reverse("meetings.visit", args=[area]), "user"),
        Action(HOLD, reverse("meetings.hold", args=[area]), "plus", primary=True),
    ]
    return LIST.respond(
        request, lines(list(events)), heading=Text("Meetings and visits: {area}", "{area} 会议与督导", area=row.name),
        crumbs=links.above(request.account, row, "meetings.list"),
        actions=actions if can(request.account, "headquarters.record") else [],
    )  # fmt: skip
