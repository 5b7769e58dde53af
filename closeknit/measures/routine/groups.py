"""The groups of an area, and one group: how it stands by class, what was drawn, what has been said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Max, Q
from django.http import Http404, HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.rules import DUE, OVERDUE, categories
from closeknit.campaigns.cadences.standing import Kept, Today, kept, today
from closeknit.campaigns.models import Group, Owing
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Facts, Progress
from closeknit.console.records import links, names
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.routine.words import NO_GROUP, every, part
from closeknit.policy.packs import policy

MOST_SAID = 60
OVER = Badge(Text("Ended", "已结束"))


@dataclass(frozen=True)
class Line:
    """One group as the list shows it."""

    kept: Kept
    area: str
    members: int
    due: int
    overdue: int
    drawn_at: datetime | None

    @property
    def code(self) -> str:
        return self.kept.group.topic

    @property
    def how_often(self) -> Text:
        return rhythm(self.kept)

    @property
    def progress(self) -> Progress | str:
        """Who of the members owes nothing today."""
        return Progress(max(0, self.members - self.due), self.members) if self.members else ""


def rhythm(held: Kept) -> Text:
    """How often, and how many of it."""
    often = every(held.days)
    return Text("{part}, {often}", "{part}，{often}", part=part(held.group.share), often=often) if held.group.share else often


def lines(seen: Today) -> list[Line]:
    """The groups with their numbers: a statement a number, however many groups."""
    areas = Area.objects.names({each.group.area for each in seen.groups.values()})
    members, due, overdue = seen.members(), seen.counts(DUE), seen.counts(OVERDUE)
    draws = Owing.objects.filter(group__in=list(seen.groups)).exclude(draw=None).values_list("group").annotate(last=Max("since"))
    drawn = dict(draws.order_by())
    return [
        Line(held, areas.get(held.group.area, ""), members[code], due[code], overdue[code], drawn.get(code))
        for code, held in seen.groups.items()
    ]


def groups(request: Request, area: str) -> HttpResponse:
    """The key populations of an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    made = lines(today(area, pack, clock.now()))
    way = links.to("routine.persons", area=area)

    def people(line: Line, state: str) -> str:
        return f"{way}?{urlencode({'group': line.code, 'state': state})}"

    listing = Listing(
        columns=(
            Column("label", Text("Group", "人群组"), lambda line: line.kept.label, sort=lambda line: line.kept.label, phone="title",
                   link=lambda line: links.to("routine.group", code=line.code)),
            Column("overdue", Text("Overdue", "逾期未检"), lambda line: line.overdue, sort=lambda line: line.overdue, number=True,
                   link=lambda line: people(line, OVERDUE), phone="end"),
            Column("due", Text("Due", "应检未检"), lambda line: line.due, sort=lambda line: line.due, number=True,
                   link=lambda line: people(line, DUE)),
            Column("members", Text("Members", "人数"), lambda line: line.members, sort=lambda line: line.members, number=True,
                   link=lambda line: people(line, "")),
            Column("progress", Text("In time", "按期"), lambda line: line.progress, phone="wide"),
            Column("category", Text("Category", "人群类别"), lambda line: line.kept.category, sort=lambda line: str(line.kept.category)),
            Column("often", Text("How often", "检测频次"), lambda line: line.how_often, sort=lambda line: line.kept.days),
            Column("drawn", Text("Last drawn", "上次抽检"), lambda line: line.drawn_at),
            Column("area", Text("Area", "地区"), lambda line: line.area, sort=lambda line: line.kept.group.area),
            Column("code", Text("Code", "编号"), lambda line: line.code, sort=lambda line: line.code, hidden=True),
        ),
        order="-overdue",
        empty=NO_GROUP,
        filters=(Filter("category", Text("Category", "人群类别"), where(lambda line, value: line.kept.group.category == value),
                        choices=list(categories(pack).items())),) if made else (),
        search=words_said(lambda line: (line.kept.label, line.code, line.kept.category)),
    )  # fmt: skip
    actions = [
        Action(Text("Who is overdue", "逾期人员"), way, "list-check"),
        Action(Text("Places to swab", "环境采样"), links.to("routine.places", area=area), "building-store"),
    ]
    if can(request.account, "routine.manage"):
        actions.insert(0, Action(Text("New group", "新建人群组"), links.to("routine.new", area=area), "plus", primary=True))
    heading = Text("Key populations: {area}", "{area} 重点人群", area=row.name)
    return listing.respond(request, made, heading=heading, crumbs=links.above(request.account, row, "routine.groups"), actions=actions)


@dataclass(frozen=True)
class ClassLine:
    """One class of a school, or the whole group where it has none."""

    name: str
    members: int
    due: int
    overdue: int
    url: str

    @property
    def progress(self) -> Progress:
        return Progress(max(0, self.members - self.due), self.members)


def classes(seen: Today, code: str, way: str) -> list[ClassLine]:
    """How a group stands class by class; who was drawn counts in the class that they belong to."""
    members = dict(Owing.objects.filter(draw=None, group=code, since__lte=seen.now).values_list("person", "school_class"))
    rows = seen.rows().filter(group=code).order_by()
    states = {state: set(rows.filter(seen.in_state(state)).values_list("person", flat=True)) for state in (DUE, OVERDUE)}
    made = []
    for name in sorted(set(members.values())):
        people = {person for person, of in members.items() if of == name}
        query = urlencode({"group": code, "state": DUE, **({"class": name} if name else {})})
        made.append(ClassLine(name, len(people), len(people & states[DUE]), len(people & states[OVERDUE]), f"{way}?{query}"))
    return made


def group(request: Request, code: str) -> HttpResponse:
    """One group; the buttons for those who keep it."""
    row = Group.objects.filter(topic=code).first()
    if row is None:
        raise Http404
    pack, area, now = policy(row.area), Area.objects.current().get(code=row.area), clock.now()
    held, seen = kept(row, pack), today(row.area, pack, now)
    way = links.to("routine.persons", area=row.area)
    place = names.places([row.place]).get(row.place) if row.place else None
    facts = Facts(
        [
            (Text("Category", "人群类别"), held.category), (Text("How often", "检测频次"), rhythm(held)),
            (Text("From", "起始日期"), row.starts_at.astimezone(pack.timezone).date()), (Text("Area", "地区"), area.name),
            *([(Text("Place", "场所"), place.name)] if place else []),
            *([] if code in seen.groups else [(Text("State", "状态"), OVER)]),
            (Text("Code", "编号"), code),
        ]
    )  # fmt: skip
    context = {
        "facts": facts,
        "classes": classes(seen, code, way) if code in seen.groups else [],
        "draws": [(draw, links.to("routine.draw", event=str(draw.id))) for draw in _said(code, Q(kind="routine.drawn"))],
        "said": list(_history(_said(code, Q(kind="routine.group_set")))),
    }
    crumbs = [*links.above(request.account, area, "routine.groups"), (area.name, links.to("routine.groups", area=row.area))]
    return show(request, "routine/group.html", context, heading=held.label, crumbs=crumbs, actions=_actions(request, held, way))


def _said(code: str, kind: Q) -> list[Event]:
    events = Event.objects.filter(kind, topic=code, superseded_at=None).defer("personal", "digest")
    return list(events.order_by("-at", "-arrival")[:MOST_SAID])


def _history(events: list[Event]) -> Iterable[tuple[str, str]]:
    """Each version of the group in words, and the way to the record."""
    return zip(sentences(events, dated=True), (links.to("register.event", event=str(event.id)) for event in events), strict=True)


def _actions(request: Request, held: Kept, way: str) -> list[Action]:
    code = held.group.topic
    actions = [Action(Text("People", "人员名单"), f"{way}?{urlencode({'group': code, 'state': ''})}", "users")]
    if can(request.account, "routine.record"):
        actions.insert(0, Action(Text("Add people", "加入人员"), links.to("routine.add", code=code), "user-plus", primary=True))
    if can(request.account, "routine.manage"):
        actions.append(Action(Text("Draw by lot", "随机抽检"), links.to("routine.draw_new", code=code), "refresh"))
        actions.append(Action(Text("Change", "修改"), links.to("routine.change", code=code), "pencil"))
    return actions
