"""The headquarters, task forces and groups of an area: who leads each, what it answers for, from when until when."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.access.scope import areas_of, can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Tab, Tabs
from closeknit.console.records import links, names
from closeknit.console.records.asking import Asking, fields, respond, said, workers
from closeknit.console.records.saving import Entry, guard
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.command.kinds import moment
from closeknit.measures.headquarters.said import BodyType
from closeknit.measures.headquarters.standing import Body, bodies
from closeknit.measures.workforce.kinds import of_our_own
from closeknit.policy.packs import policy

FORMED = "headquarters.formed"
HEADING, FORM, TAKE = Text("Headquarters", "指挥体系"), Text("Form a body", "组建专班"), Text("Take a template", "套用模板")
DONE = Text("Recorded.", "已登记。")
NOT_OURS = Text("No area of yours has this code: {codes}.", "辖区内无此地区代码：{codes}。")
TYPES = {each.value: each.label for each in BodyType}
MOST_BOXES = 60
NO_LEADER = Badge(Text("no leader yet", "负责人待定"), "watch")
STANDS, OVER = Badge(Text("at work", "运行中"), "good"), Badge(Text("ended", "已结束"), "quiet")
NONE = Empty(
    Text("Nothing is set up here yet", "尚未组建"),
    Text(
        "Take a template, which brings its task forces, goals and measures; or form a headquarters with its leader and members.",
        "可套用模板，一次生成专班、目标和措施；也可自行组建指挥部、专班，确定负责人和成员。",
    ),
    icon="building-community",
)


@dataclass(frozen=True)
class Line:
    """A body as the list shows it."""

    body: Body
    area: str
    leader: str
    liaison: str

    @property
    def data(self) -> dict[str, Any]:
        return dict(self.body.event.data)

    @property
    def badge(self) -> Badge:
        return OVER if not self.body.stands else STANDS if self.body.leader else NO_LEADER

    @property
    def rank(self) -> tuple[object, ...]:
        return (not self.body.stands, list(TYPES).index(self.data["type"]), self.body.area, self.body.name)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        stands = self.body.stands
        return {"standing": stands, "leaderless": stands and not self.body.leader, "ended": not stands}.get(state, True)


LIST = Listing(
    columns=(
        Column("body", Text("Name", "名称"), lambda row: row.body.name, sort=lambda row: row.body.name, phone="title",
               link=lambda row: links.to("liaison.body", area=row.body.area, body=row.body.name)),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
        Column("type", Text("Type", "类型"), lambda row: TYPES[row.data["type"]], sort=lambda row: row.rank),
        Column("leader", Text("Leader", "负责人"), lambda row: row.leader or None, sort=lambda row: row.leader),
        Column("size", Text("People", "人数"), lambda row: len(row.body.people), sort=lambda row: len(row.body.people), number=True),
        Column("units", Text("Agencies", "成员单位"), lambda row: "、".join(row.data.get("units", ())) or None),
        Column("liaison", Text("Liaison", "联络员"), lambda row: row.liaison or None, sort=lambda row: row.liaison),
        Column("scope", Text("Scope", "职责范围"), lambda row: row.data.get("scope"), phone="wide"),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.body.area, row.rank)),
        Column("since", Text("From", "起"), lambda row: row.data.get("since"), sort=lambda row: row.data.get("since", "")),
        Column("until", Text("Until", "止"), lambda row: row.data.get("until"), sort=lambda row: row.data.get("until", "")),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: row.is_in(state)), standing="standing",
               choices=(("standing", STANDS.label), ("leaderless", NO_LEADER.label), ("ended", OVER.label))),
        Filter("type", Text("Type", "类型"), where(lambda row, value: row.data["type"] == value), choices=list(TYPES.items())),
        Filter("joint", Text("Of several agencies", "仅看多单位联合"), where(lambda row, value: len(row.data.get("units", ())) > 1),
               type="flag"),
    ),
    search=words_said(lambda row: (row.body.name, row.leader, row.area, row.data.get("scope", ""), *row.data.get("units", ()))),
)  # fmt: skip


def ways(area: str, here: str) -> Tabs:
    """The two lists of how an area is organised."""
    pages = (
        ("headquarters.list", Text("Headquarters and task forces", "指挥部与专班")),
        ("headquarters.posts", Text("Posts", "岗位责任人")),
    )
    return Tabs([Tab(word, reverse(name, args=[area]), name == here) for name, word in pages])


def listed(request: Request, area: str) -> HttpResponse:
    """The bodies of an area and those below it."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    found = bodies(area, at.now.astimezone(pack.timezone).date(), until=at.now, as_of=at.as_of)
    people = names.members(code for body in found for code in (body.leader, body.liaison))
    areas = Area.objects.names({body.area for body in found})
    lines = [
        Line(body, areas.get(body.area, body.area), people.get(body.leader, body.leader), people.get(body.liaison, body.liaison))
        for body in found
    ]
    return LIST.respond(
        request, lines, template="headquarters/list.html", context={"tabs": ways(area, "headquarters.list")},
        heading=Text("Headquarters: {area}", "{area} 指挥体系", area=row.name), actions=_actions(request, area),
        crumbs=links.above(request.account, row, "headquarters.list"),
    )  # fmt: skip


def _actions(request: Request, area: str) -> list[Action]:
    if not can(request.account, "headquarters.record"):
        return []
    made = [Action(FORM, reverse("headquarters.form", args=[area]), "plus", primary=True)]
    take = links.to("schemes.list", area=area)
    return [Action(TAKE, take, "list-check"), *made] if take else made


def form(request: Request, area: str) -> HttpResponse:
    """Forms a body, or changes one that `?body=` names."""
    row, today = Area.objects.current().get(code=area), moment(request, policy(area)).now.date()
    held = next((body for body in bodies(area, today) if body.area == area and body.name == request.GET.get("body")), None)
    one = workers(request.account, area)
    several = {"choices": one["choices"], "help": ""} if len(one.get("choices", ())) in range(1, MOST_BOXES) else {}
    asked = fields(
        FORMED, "body", "type", "leader", "liaison", "members", "units", "covers", "scope", "since", "until",
        leader=one, liaison=one, members=several, scope={"type": "long_text"}, covers=_areas(area),
    )  # fmt: skip
    kept = {"template": held.event.data["template"]} if held and held.event.data.get("template") else {}

    def entries(values: dict[str, Any], form_id: UUID) -> list[Entry]:
        return [Entry(form_id, FORMED, area, said(FORMED, values, area) | kept)]

    given = {"since": today.isoformat(), "type": "task_force"} if held is None else dict(held.event.data)
    back = links.ours(request.GET.get("next", ""), reverse("headquarters.list", args=[area]))
    crumbs = [*links.above(request.account, row, "headquarters.list"), (row.name, reverse("headquarters.list", args=[area]))]
    return respond(request, Asking(asked, entries, DONE, back), initial=given, heading=FORM, crumbs=crumbs)


def _areas(area: str) -> dict[str, Any]:
    """What makes the question for the areas that it cuts across a choice by name; by code where there are too many."""
    rows = list(Area.objects.below(area).exclude(code=area).order_by("path").values_list("code", "name")[: MOST_BOXES + 1])
    return {"choices": rows, "help": ""} if 0 < len(rows) <= MOST_BOXES else {}


def of_ours(account: Account, entry: Entry, *, single: tuple[str, ...]) -> None:
    """Raises `Invalid` where a body or post names somebody whom the account's area does not have."""
    of_our_own(account, entry.data.get("members", ()), "members")
    for field in single:
        of_our_own(account, [str(entry.data.get(field, ""))], field)
    covers = set(entry.data.get("covers", ()))
    if unknown := covers - set(areas_of(account).filter(code__in=covers).values_list("code", flat=True)):
        raise Invalid("data.covers", "outside", NOT_OURS.format(codes="、".join(sorted(unknown))))


guard(FORMED, partial(of_ours, single=("leader", "liaison")))
guard("headquarters.appointed", partial(of_ours, single=("worker",)))
