"""Load: hours and doors of each member today and in the last seven days, against the limits of the pack. Of persons nothing else."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, moment, watch
from closeknit.measures.doorknock.kinds import Visited
from closeknit.measures.hours.rules import Load, state
from closeknit.measures.workforce.kinds import hours_by_day, stood
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Member

DAYS = 7
STATES = {
    "over": Badge(Text("over the limit: relieve", "超负荷，请替换"), "bad"), "full": Badge(Text("at the limit", "已到上限"), "watch"),
    "within": Badge(Text("within the limits", "正常"), "good"),
}  # fmt: skip
NONE = Empty(
    Text("Nobody has worked here today", "今日尚无在岗或走访"),
    Text(
        "Hours come from sign-ins and sign-outs, doors from visits: as soon as somebody signs in they stand here.",
        "工时取自签到签退，户数取自入户走访。有人签到后即列于此。",
    ),
    icon="scale",
)


@dataclass(frozen=True)
class Line:
    """A member's load."""

    code: str
    name: str
    unit: str
    area: str
    load: Load
    state: str
    hours_week: float
    days_week: int


def loads(area: str, now: datetime, pack: Policy, as_of: datetime | None = None) -> list[Line]:
    """The load of everybody who worked in the area in the last seven days; five statements, however many they are."""
    zone = pack.timezone
    today = now.astimezone(zone).date()
    begins = datetime.combine(today, time(), zone)
    every = stood(area, begins - timedelta(days=DAYS + 1), now, as_of=as_of)
    hours = hours_by_day(every, zone, now)
    visits = in_area(standing(Visited, as_of=as_of), area, as_of).filter(at__gte=begins, at__lte=now)
    doors = dict(visits.values_list("member").annotate(Count("household", distinct=True)))
    week: dict[str, float] = defaultdict(float)
    served: Counter[str] = Counter()
    for (member, day), number in hours.items():
        if 0 <= (today - day).days < DAYS:
            week[member] += number
            served[member] += 1
    members = {row.code: row for row in Member.objects.current().filter(code__in={*served, *doors})}
    return [_line(code, members.get(code), hours.get((code, today), 0.0), doors.get(code, 0), pack, week[code], served[code])
            for code in sorted({*served, *doors})]  # fmt: skip


def _line(code: str, member: Member | None, hours: float, doors: int, pack: Policy, week: float, days: int) -> Line:
    load = Load(round(hours, 1), doors)
    limits = Load(float(pack.get("duty.most_hours_a_day")), int(pack.get("duty.most_doors_a_day")))
    name, unit, area = (member.name, member.unit, member.area) if member else (code, "", "")
    return Line(code, name, unit, area, load, state(load, limits), round(week, 1), days)


LIST = Listing(
    columns=(
        Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.name, phone="title"),
        Column("state", Text("State", "状态"), lambda row: STATES[row.state],
               sort=lambda row: (("over", "full", "within").index(row.state), -row.load.hours, -row.load.doors), phone="end"),
        Column("unit", Text("Unit", "单位"), lambda row: row.unit or None, sort=lambda row: row.unit),
        Column("hours", Text("Hours today", "今日工时"), lambda row: row.load.hours, sort=lambda row: row.load.hours, number=True),
        Column("doors", Text("Doors today", "今日户数"), lambda row: row.load.doors, sort=lambda row: row.load.doors, number=True),
        Column("week", Text("Hours in 7 days", "近7天工时"), lambda row: row.hours_week, sort=lambda row: row.hours_week, number=True),
        Column("days", Text("Days in 7 days", "近7天出勤天数"), lambda row: row.days_week, sort=lambda row: row.days_week, number=True),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, value: row.state == value),
               choices=[(name, each.label) for name, each in STATES.items()]),
    ),
    search=words_said(lambda row: (row.name, row.unit)),
)  # fmt: skip


def load(request: Request, area: str) -> HttpResponse:
    """Who works how much, those over the limits first."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    context = {"at": at, "hours": pack.get("duty.most_hours_a_day"), "doors": pack.get("duty.most_doors_a_day")}
    crumbs = [*links.above(request.account, row, "workforce.now"), (row.name, reverse("workforce.now", args=[area]))]
    lines = loads(area, at.now, pack, at.as_of)
    return LIST.respond(request, lines, template="hours/load.html", context=context, crumbs=crumbs)


@watch(
    Rule(
        "hours.over", 200, "watch", "deployment.view",
        Text("People over the hours or doors of a day: {n}", "{n} 人超时或超量工作"),
        Text("Hours and load", "工时与负荷"),
        Text("Relieve them: tired people make mistakes and fall ill.", "请安排替换：疲劳易出错、易生病。"),
    )
)  # fmt: skip
def over(look: Look) -> Watched:
    """Members who have worked more hours today, or knocked at more doors, than the pack allows."""
    lines = [each for each in loads(look.area.code, look.now, look.policy, look.as_of) if each.state == "over"]
    lines.sort(key=lambda each: (-each.load.hours, -each.load.doors, each.code))
    note = Text("{hours} h, {doors} doors", "{hours} 小时，{doors} 户")
    cases = [Case(each.name, each.area, member=each.code, note=note.format(hours=each.load.hours, doors=each.load.doors)) for each in lines]
    return Watched(cases, f"{links.to('hours.load', area=look.area.code)}?state=over")
