"""A member's own page: my shifts and my grids, each with "pass on" and "I cannot"; and the grids of an area with who works them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.handover.holders import GRID, SHIFT, WALKED, doors_open, holders_of
from closeknit.measures.shifts.kinds import Planned, grid_holds, shifts_of
from closeknit.measures.workforce.kinds import hours_by_day, post_words, stood
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Member

AHEAD = timedelta(days=7)
PASS = Text("Pass on", "移交")
WAITS = Badge(Text("waits for somebody", "待移交"), "watch")
ON, COMING = Badge(Text("on now", "当班"), "good"), Badge(Text("coming", "待班"), "info")
CANNOT = Text("I cannot", "我无法到岗")
SURE = Text("Say that you cannot? Nobody asks why.", "确认无法到岗？无须说明原因。")
NO_MEMBER = Empty(
    Text("Your account belongs to no member", "账户未关联人员"),
    Text("Ask the administrator to enter your member code in your account.", "请管理员在账户中填写您的人员编号。"),
    icon="user",
)
NOTHING = Empty(
    Text("No shifts in the next days, and no grid of your own", "近日无班次，也无负责网格"),
    Text("Who plans shifts puts you on the roster; it stands here at once.", "排班后即时显示于此。"),
    icon="calendar",
)
NO_GRIDS = Empty(
    Text("No grids here", "本辖区无网格"), Text("Import the areas with their grids first.", "请先导入地区及网格。"), icon="map-pin"
)


@dataclass(frozen=True)
class Own:
    """One of my shifts or grids."""

    what: str
    code: str
    name: Text | str
    note: str
    badge: Badge
    cannot: bool

    @property
    def actions(self) -> list[Action]:
        asked = urlencode({"next": reverse("handover.mine")})
        on = Action(PASS, f"{reverse('handover.pass', args=[self.what, self.code])}?{asked}", "arrow-right")
        no = Action(CANNOT, f"{reverse('handover.cannot', args=[self.what, self.code])}?{asked}", "circle-x", method="post", confirm=SURE)
        return [on] if self.cannot else [on, no]


def mine(request: Request) -> HttpResponse:
    """What is mine to do, with today's hours."""
    member = Member.objects.current().filter(code=request.account.member).first() if request.account.member else None
    if member is None:
        return show(request, "handover/mine.html", {"empty": NO_MEMBER})
    pack, now = policy(member.area), clock.now()
    things = [*_shifts(member, now, pack), *_grids(member)]
    hours = hours_by_day(stood("", now - timedelta(days=3), now, member=member.code), pack.timezone, now)
    today = round(hours.get((member.code, now.astimezone(pack.timezone).date()), 0.0), 1)
    context = {"things": things, "empty": None if things else NOTHING, "hours": today, "most": pack.get("duty.most_hours_a_day")}
    return show(request, "handover/mine.html", context, heading=Text("My duty: {name}", "我的任务：{name}", name=member.name))


def _shifts(member: Member, now: datetime, pack: Policy) -> list[Own]:
    coming = shifts_of(member.code, now, now + AHEAD)
    places = names.places(shift.place for shift in coming)

    def own(shift: Planned) -> Own:
        name = f"{places[shift.place].name if shift.place in places else shift.place} {post_words(shift.post, pack)}"
        when = f"{shift.starts_at.astimezone(pack.timezone):%m-%d %H:%M} – {shift.ends_at.astimezone(pack.timezone):%H:%M}"
        badge = WAITS if shift.cannot_at else ON if shift.starts_at <= now else COMING
        return Own(SHIFT, shift.topic, name, when, badge, bool(shift.cannot_at))

    return [own(shift) for shift in coming]


def _grids(member: Member) -> list[Own]:
    """The grid or village of the register, unless it was given away, and what was taken over."""
    held = {grid: hold for (grid, _), hold in grid_holds(member=member.code).items()}
    codes = {code for code, (holds, _) in held.items() if holds} | ({member.area} if member.area not in held else set())
    areas = Area.objects.current().filter(code__in=codes, level__in=WALKED).order_by("path")
    made = []
    for row in areas:
        cannot, left = bool(held.get(row.code, (True, None))[1]), doors_open(row.code)
        badge = WAITS if cannot else Badge(Text("mine", "负责"), "good")
        made.append(Own(GRID, row.code, row.name, str(Text("{n} door{n:s} open", "未落实 {n} 户", n=left)), badge, cannot))
    return made


@dataclass(frozen=True)
class Line:
    """A grid and who works it."""

    area: Area
    who: tuple[str, ...]
    waits: bool

    @property
    def badge(self) -> Badge:
        if self.waits:
            return Badge(Text("pass it on", "待移交"), "bad")
        return Badge(Text("worked", "有人负责"), "good") if self.who else Badge(Text("nobody", "无人负责"), "watch")


GRIDS = Listing(
    columns=(
        Column("name", Text("Grid", "网格"), lambda row: row.area.name, sort=lambda row: row.area.path, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (not row.waits, bool(row.who), row.area.path),
               phone="end"),
        Column("who", Text("Who works it", "负责人"), lambda row: "、".join(row.who) or None, sort=lambda row: row.who),
        Column("code", Text("Code", "编号"), lambda row: row.area.code, sort=lambda row: row.area.code, hidden=True),
    ),
    order="state",
    empty=NO_GRIDS,
    filters=(
        Filter("none", Text("Nobody works it, or cannot", "仅看无人负责或待移交"), where(lambda row, value: row.waits or not row.who),
               type="flag"),
    ),
    search=words_said(lambda row: (row.area.name, row.area.code, *row.who)),
)  # fmt: skip


def grids(request: Request, area: str) -> HttpResponse:
    """The villages and grids of an area, each with those who work it now."""
    row = Area.objects.current().get(code=area)
    rows = list(Area.objects.below(area).filter(level__in=WALKED).order_by("path"))
    held = holders_of(each.code for each in rows)
    people = names.members(code for codes in held.values() for code in codes)
    waiting = {grid for (grid, _), (holds, cannot) in grid_holds(grids=held).items() if holds and cannot}
    lines = [Line(each, tuple(people.get(code, code) for code in held[each.code]), each.code in waiting) for each in rows]
    listing = GRIDS
    if can(request.account, "deployment.record"):
        act = Column("act", Text("Next", "下一步"), _pass, export=lambda line: "", phone="wide")
        listing = replace(GRIDS, columns=(*GRIDS.columns, act))
    crumbs = [*links.above(request.account, row, "shifts.roster"), (row.name, reverse("shifts.roster", args=[area]))]
    return listing.respond(request, lines, crumbs=crumbs)


def _pass(line: Line) -> Action | str:
    return Action(PASS, reverse("handover.pass", args=[GRID, line.area.code]), primary=line.waits) if line.who else ""
