"""Who is at which post now, which posts stand empty, and how many people worked where."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.workforce.kinds import SignedIn, SignedOut
from closeknit.measures.workforce.rules import empty_posts, on_duty, too_long
from closeknit.policy.packs import policy
from closeknit.registry.models import Member, Place

BACK = timedelta(days=3)  # a sign-in older than this was forgotten, nobody stands that long
NONE = Empty(
    Text("Nobody is signed in", "当前无人在岗签到"),
    Text(
        "Whoever takes up a post signs in and, at the end, signs out; then it is known here who stands where.",
        "到岗签到、离岗签退后，此处显示谁在哪个岗位。",
    ),
    icon="users",
)
STANDS_EMPTY = Text("Nobody is signed in at: {names}", "以下卡点无人在岗：{names}")


@dataclass(frozen=True)
class OnDuty:
    """Somebody at a post."""

    event: Event
    name: str
    unit: str
    where: str
    too_long: bool

    @property
    def badge(self) -> Badge:
        return Badge(Text("too long", "超时在岗"), "watch") if self.too_long else Badge(Text("on duty", "在岗"), "good")


NOW = Listing(
    columns=(
        Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (not row.too_long, row.event.at), phone="end"),
        Column(
            "post", Text("Post", "岗位"), lambda row: row.event.data.get("post") or None, sort=lambda row: row.event.data.get("post", "")
        ),
        Column("where", Text("Where", "地点"), lambda row: row.where, sort=lambda row: row.where),
        Column("unit", Text("Unit", "单位"), lambda row: row.unit or None, sort=lambda row: row.unit),
        Column("since", Text("Since", "到岗时间"), lambda row: row.event.at, sort=lambda row: row.event.at),
    ),
    order="where",
    empty=NONE,
    filters=(Filter("long", Text("Too long only", "仅看超时"), where(lambda row, value: row.too_long), type="flag"),),
    search=words_said(lambda row: (row.name, row.unit, row.where, row.event.data.get("post", ""))),
)


def _names(events: list[Event]) -> tuple[dict[str, Member], dict[str, str]]:
    members = {row.code: row for row in Member.objects.current().filter(code__in={event.member for event in events})}
    places = dict(Place.objects.current().filter(code__in={event.place for event in events}).values_list("code", "name"))
    areas = Area.objects.names({event.area for event in events})
    return members, {**areas, **places}


def now(request: Request, area: str) -> HttpResponse:
    """Who is at which post."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    steps = in_area(standing(SignedIn, SignedOut), area).filter(at__gt=at.now - BACK, at__lte=at.now).defer("personal", "digest")
    present: list[Event] = on_duty(steps.order_by("at", "received_at", "seq", "id"))  # type: ignore[assignment]
    members, wheres = _names(present)
    most = float(pack.get("duty.most_hours_a_day"))
    lines = [_on_duty(event, members.get(event.member), wheres, too_long(event.at, at.now, most)) for event in present]
    posts = dict(
        Place.objects.current().filter(category="checkpoint", area__in=Area.objects.below(area).values("code")).values_list("code", "name")
    )
    empty = empty_posts(sorted(posts), {event.place for event in present}, bool(present))
    notices = [Notice(STANDS_EMPTY.format(names="、".join(posts[code] for code in empty)), "bad")] if empty else []
    actions = [Action(Text("By day", "按日统计"), reverse("workforce.days", args=[area]), "calendar")]
    if url := links.to("workforce.members", area=area):
        actions.append(Action(Text("Telephones", "联系电话"), url, "phone"))
    if can(request.account, "workforce.record"):
        back = urlencode({"area": area, "next": request.path})
        actions.append(
            Action(Text("Sign in", "到岗签到"), f"{reverse('records.record', args=['workforce.signed_in'])}?{back}", "plus", primary=True)
        )
    heading = Text("People on duty: {area}", "{area} 在岗力量", area=row.name)
    context = {"at": at, "notices": notices}
    crumbs = links.above(request.account, row, "workforce.now")
    return NOW.respond(request, lines, template="workforce/now.html", context=context, heading=heading, crumbs=crumbs, actions=actions)


def _on_duty(event: Event, member: Member | None, wheres: dict[str, str], long: bool) -> OnDuty:
    unit = event.data.get("unit") or (member.unit if member else "")
    return OnDuty(event, member.name if member else event.member, unit, wheres.get(event.place) or wheres.get(event.area, event.area), long)


@dataclass(frozen=True)
class Day:
    """One unit's people at one place on one day."""

    day: date
    where: str
    unit: str
    people: int


DAYS = Listing(
    columns=(
        Column("day", Text("Day", "日期"), lambda row: row.day, sort=lambda row: row.day, phone="title"),
        Column("where", Text("Where", "地点"), lambda row: row.where, sort=lambda row: (row.where, row.day)),
        Column("unit", Text("Unit", "单位"), lambda row: row.unit or None, sort=lambda row: (row.unit, row.day)),
        Column("people", Text("People", "人数"), lambda row: row.people, sort=lambda row: row.people, number=True, phone="end"),
    ),
    order="-day",
    empty=NONE,
    filters=(Filter("unit", Text("Unit", "单位"), where(lambda row, value: value == row.unit), type="text"),),
    search=words_said(lambda row: (row.where, row.unit, row.day)),
)


def days(request: Request, area: str) -> HttpResponse:
    """People and person-times by day, place and unit, of the last month; each member once a place and day."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    events = list(in_area(standing(SignedIn), area).filter(at__gt=at.now - timedelta(days=31), at__lte=at.now).defer("personal", "digest"))
    members, wheres = _names(events)
    groups: dict[tuple[date, str, str], set[str]] = defaultdict(set)
    for event in events:
        unit = event.data.get("unit") or getattr(members.get(event.member), "unit", "")
        groups[_day(event.at, pack.timezone), event.place or event.area, unit].add(event.member)
    lines = [Day(day, wheres.get(where_, where_), unit, len(people)) for (day, where_, unit), people in groups.items()]
    times = len({(event.member, event.place or event.area, _day(event.at, pack.timezone)) for event in events})
    context = {"people": len({event.member for event in events}), "times": times}
    crumbs = [*links.above(request.account, row, "workforce.now"), (row.name, reverse("workforce.now", args=[area]))]
    return DAYS.respond(request, lines, template="workforce/days.html", context=context, crumbs=crumbs)


def _day(moment_: datetime, zone: object) -> date:
    return moment_.astimezone(zone).date()  # type: ignore[arg-type]
