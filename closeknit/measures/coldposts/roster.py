"""The posts and the roster: who goes round them on which day, how many vehicles were checked, and who is missing."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.coldposts.standing import Checks, Rota, checks, rota
from closeknit.policy.packs import policy

BACK, AHEAD = 14, 14
AND = Text(", ", "、")
SET = Text("Set the officers", "排定值班")
NOBODY, NOT_YET = Badge(Text("Nobody", "无人值班"), "bad"), Badge(Text("Not set yet", "尚未排定"), "quiet")
NONE = Empty(
    Text("No cold-chain post lies here", "本辖区暂无冷链查验点"),
    Text(
        "Posts come with places.csv, category coldchain_post. Then set an officer for each day.",
        "查验点随 places.csv 导入（类别 coldchain_post），导入后逐日排定值班。",
    ),
    icon="barrier-block",
)
STATES = [
    ("missing", Text("Without an officer", "无人值班")),
    ("past", Text("Past days", "已过日期")),
    ("coming", Text("From today", "今日起")),
    ("all", Text("All", "全部")),
]


@dataclass(frozen=True)
class Line:
    """One day of the roster."""

    day: date
    today: date
    officers: list[str]
    missing: list[str]
    checks: Checks

    @property
    def who(self) -> str | Badge:
        """The officers; that nobody was set, which is an alarm only once the day has come."""
        return str(AND).join(self.officers) or (NOT_YET if self.day > self.today else NOBODY)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        return {"all": True, "missing": bool(self.missing), "past": self.day < self.today, "coming": self.day >= self.today}[state]


def _lines(kept: Rota, made: dict[date, Checks], days: list[date], today: date) -> list[Line]:
    called = names.members({code for day in days for code in kept.officers(day)})
    return [
        Line(
            day, today, [called.get(code, code) for code in kept.officers(day)],
            [post.name for post in kept.without(day)], made.get(day, Checks()),
        )
        for day in days
    ]  # fmt: skip


LISTING = Listing(
    columns=(
        Column("day", Text("Day", "日期"), lambda line: line.day, sort=lambda line: line.day, phone="title"),
        Column("officer", Text("Officer", "执法人员"), lambda line: line.who, phone="end",
               sort=lambda line: line.officers),
        Column("missing", Text("Posts without one", "无人值班的查验点"), lambda line: str(AND).join(line.missing) or None, phone="wide"),
        Column("number", Text("Vehicles", "查验车辆"), lambda line: line.checks.number, number=True, sort=lambda line: line.checks.number),
        Column("stopped", Text("Turned away or referred", "劝返、转交"), lambda line: line.checks.stopped, number=True,
               sort=lambda line: line.checks.stopped),
        Column("uncertified", Text("Without certificates", "证明不全"), lambda line: line.checks.uncertified, number=True,
               sort=lambda line: line.checks.uncertified),
    ),
    order="day",
    empty=NONE,
    filters=(Filter("state", Text("State", "状态"), where(lambda line, state: line.is_in(state)), choices=STATES, standing="coming"),),
    search=words_said(lambda line: (line.day, *line.officers, *line.missing)),
)  # fmt: skip


def roster(request: Request, area: str) -> HttpResponse:
    """The last two weeks and the next two, by day."""
    row, pack, now = Area.objects.current().get(code=area), policy(area), clock.now()
    today = now.astimezone(pack.timezone).date()
    days = [today + timedelta(days=number) for number in range(-BACK, AHEAD + 1)]
    kept = rota(area, days, now)
    made = checks(kept.posts, days[0], today, pack)
    lines = _lines(kept, made, days, today) if kept.posts else []
    called = names.members({kept.officer(post, today) for post in kept.posts})
    posts = [
        (post.name, called.get(officer, officer), made.get(today, Checks()).by_post[post.code])
        for post in kept.posts
        for officer in (kept.officer(post, today),)
    ]
    actions = []
    if can(request.account, "coldchain.manage") and kept.posts:
        actions.append(Action(SET, links.to("coldposts.plan", area=area), "calendar", primary=True))
    if can(request.account, "coldchain.record") and kept.posts:
        way = f"{links.to('records.record', kind='coldchain.vehicle_checked')}?next={request.path}"
        actions.append(Action(Text("Record a vehicle", "登记车辆"), way, "plus"))
    heading = Text("Cold-chain posts: {area}", "{area} 冷链查验点", area=row.name)
    crumbs = [*links.above(request.account, row, "coldposts.roster"), (row.name, links.to("stores.list", area=area))]
    return LISTING.respond(
        request, lines, template="coldposts/roster.html", context={"posts": posts}, heading=heading, crumbs=crumbs, actions=actions
    )
