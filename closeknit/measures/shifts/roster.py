"""The roster of a day: who is planned where, hours that nobody is planned for, shifts that nobody has."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice, Tab, Tabs
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.shifts.models import GridHold, Shift
from closeknit.measures.shifts.rules import Span, gaps
from closeknit.measures.staffing.kinds import needs
from closeknit.measures.workforce.kinds import post_words
from closeknit.policy.packs import Policy, policy

PASS = Text("Pass on", "移交")
NOBODY_AT = Text("Nobody is planned at {place}: {hours}", "{place} 无人排班时段：{hours}")
NONE = Empty(
    Text("Nobody is planned on this day", "当日尚未排班"),
    Text(
        "Open a place and plan its shifts round the clock; relief and rest are kept within the limits.",
        "请先打开场所排班：昼夜轮换，替岗与休息按规定时长安排。",
    ),
    icon="calendar",
)


@dataclass(frozen=True)
class Line:
    """A shift as the roster shows it."""

    shift: Shift
    name: str
    place: str
    post: Text | str
    state: str

    @property
    def badge(self) -> Badge:
        return STATES[self.state]

    @property
    def hours(self) -> float:
        return round(Span(self.shift.starts_at, self.shift.ends_at).hours, 1)


STATES = {
    "open": Badge(Text("cannot: pass it on", "无法到岗，待移交"), "bad"), "now": Badge(Text("on now", "当班"), "good"),
    "coming": Badge(Text("coming", "待班"), "info"), "over": Badge(Text("over", "已结束"), "quiet"),
}  # fmt: skip


def state(shift: Shift, now: datetime) -> str:
    """How a shift stands."""
    if shift.ends_at <= now:
        return "over"
    return "open" if shift.cannot_at else "now" if shift.starts_at <= now else "coming"


def day_asked(request: Request, pack: Policy) -> date:
    """The day of the address, else today."""
    try:
        return clock.read_day(request.GET.get("day", ""))
    except ValueError:
        return clock.now().astimezone(pack.timezone).date()


def lines_of(shifts: list[Shift], now: datetime, pack: Policy) -> list[Line]:
    """The shifts with the names of people and places; two statements."""
    people, places = names.members(each.worker for each in shifts), names.places(each.place for each in shifts)
    return [
        Line(
            each, people.get(each.worker, each.worker), places[each.place].name if each.place in places else each.place,
            post_words(each.post, pack), state(each, now),
        )
        for each in shifts
    ]  # fmt: skip


def _pass(row: Line) -> Action | str:
    if row.state == "over":
        return ""
    return Action(PASS, reverse("handover.pass", args=["shift", row.shift.topic]), primary=row.state == "open")


COLUMNS = (
    Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
    Column("state", Text("State", "状态"), lambda row: row.badge, phone="end",
           sort=lambda row: (list(STATES).index(row.state), row.shift.starts_at)),
    Column("place", Text("Place", "场所"), lambda row: row.place, sort=lambda row: (row.place, row.shift.starts_at),
           link=lambda row: links.to("shifts.plan", code=row.shift.place)),
    Column("post", Text("Post", "岗位"), lambda row: row.post),
    Column("from", Text("From", "起"), lambda row: row.shift.starts_at, sort=lambda row: row.shift.starts_at),
    Column("to", Text("To", "止"), lambda row: row.shift.ends_at, sort=lambda row: row.shift.ends_at),
    Column("hours", Text("Hours", "时长"), lambda row: row.hours, sort=lambda row: row.hours, number=True),
)  # fmt: skip
LIST = Listing(
    columns=COLUMNS,
    order="from",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, value: row.state == value),
               choices=[(name, each.label) for name, each in STATES.items()]),
    ),
    search=words_said(lambda row: (row.name, row.place, row.post)),
)  # fmt: skip
DAY = FormField("day", Text("Day", "日期"), "date")


def roster(request: Request, area: str) -> HttpResponse:
    """The shifts of a day in an area: `?day=`; today where it says none."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    day, now = day_asked(request, pack), clock.now()
    begins = datetime.combine(day, time(), pack.timezone)
    ends = begins + timedelta(days=1)
    below = Area.objects.below(area).values("code")
    shifts = list(Shift.objects.filter(area__in=below, starts_at__lt=ends, ends_at__gt=begins).order_by("starts_at", "id"))
    lines = lines_of(shifts, now, pack)
    act = Column("act", Text("Next", "下一步"), _pass, export=lambda line: "", phone="wide")
    may = can(request.account, "deployment.record")
    listing = replace(LIST, columns=(*COLUMNS, act)) if may else LIST
    tabs = Tabs([Tab(f"{each:%m-%d}", f"{request.path}?day={each}", each == day) for each in (day + timedelta(n) for n in (-1, 0, 1, 2))])
    context = {"tabs": tabs, "notices": _unplanned(lines, begins, ends, pack, _asked(area, pack, begins, ends)), "day": day}
    heading = Text("Shifts: {area}, {day}", "{area} {day} 排班", area=row.name, day=day.isoformat())
    actions = [Action(Text("Grids", "网格责任人"), reverse("handover.grids", args=[area]), "map-pin")]
    if may:
        asked = urlencode({"next": links.here(request)})  # the shift lies where its place does
        one = f"{reverse('records.record', args=['deployment.shift_planned'])}?{asked}"
        actions.append(Action(Text("Plan one shift", "排一个班"), one, "plus", primary=True))
    crumbs = links.above(request.account, row, "shifts.roster")
    return listing.respond(request, lines, template="shifts/roster.html", context=context, heading=heading, crumbs=crumbs, actions=actions)


def _asked(area: str, pack: Policy, begins: datetime, ends: datetime) -> dict[str, list[Span]]:
    """Of each place with a need the hours of the day in which somebody is needed."""
    found: dict[str, list[Span]] = {}
    for need in needs(area, pack, ends):
        span = Span(begins + timedelta(hours=need.from_hour), begins + timedelta(hours=need.to_hour))
        found.setdefault(need.place, []).append(span)
    return found


def _unplanned(lines: list[Line], begins: datetime, ends: datetime, pack: Policy, asked: dict[str, list[Span]]) -> list[Notice]:
    """Of each place that has a roster on this day the hours for which nobody is planned, or whoever was cannot; where the place has a
    need, only of the hours in which somebody is needed."""
    by_place: dict[tuple[str, str], list[Span]] = {}
    for line in lines:
        code = line.shift.place
        spans = by_place.setdefault((line.place, code), gaps(begins, ends, asked[code]) if code in asked else [])
        if not line.shift.cannot_at:
            spans.append(Span(line.shift.starts_at, line.shift.ends_at))
    made = []
    for (place, _), spans in sorted(by_place.items(), key=lambda each: each[0]):
        found = [f"{each.starts.astimezone(pack.timezone):%H:%M}–{each.ends.astimezone(pack.timezone):%H:%M}" for each in
                 gaps(begins, ends, spans)]  # fmt: skip
        if found:
            made.append(Notice(NOBODY_AT.format(place=place, hours="、".join(found)), "watch"))
    return made


@watch(
    Rule(
        "shifts.open", 180, "watch", "workforce.view",
        Text("Shifts and grids that nobody has: {n}", "{n} 个班次、网格待接手"),
        Text("Shifts", "排班"),
        Text("Who had them cannot; nobody has taken over yet.", "原负责人无法到岗，尚无人接手。"),
    )
)  # fmt: skip
def open_(look: Look) -> Watched:
    """Shifts and grids whose holder has said "I cannot" and that nobody has taken over."""
    below = Area.objects.below(look.area.code).values("code")
    shifts = list(Shift.objects.filter(area__in=below, cannot_at__lte=look.now, ends_at__gt=look.now).order_by("starts_at", "id"))
    cases = [
        Case(Text("{place}, {name}", "{place} {name}", place=line.place, name=line.name), line.shift.area, line.shift.cannot_at,
             url=reverse("handover.pass", args=["shift", line.shift.topic]))
        for line in lines_of(shifts, look.now, look.policy)
    ]  # fmt: skip
    grids = list(GridHold.objects.filter(topic__in=below, holds=True, cannot_at__lte=look.now).order_by("cannot_at", "id"))
    called, people = Area.objects.names(row.topic for row in grids), names.members(row.member for row in grids)
    cases += [
        Case(Text("{place}, {name}", "{place} {name}", place=called.get(row.topic, row.topic), name=people.get(row.member, row.member)),
             row.topic, row.cannot_at, url=reverse("handover.pass", args=["grid", row.topic]))
        for row in grids
    ]  # fmt: skip
    return Watched(cases, f"{links.to('shifts.roster', area=look.area.code)}?state=open")
