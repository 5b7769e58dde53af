"""The items that a village has to verify: what is due next first, with one press for what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, between_days, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice, Pressable
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.doorknock.kinds import Visited
from closeknit.measures.lists.kinds import CONTROLLED, FINAL, OPEN, Colour, Found, How, Item, TakenMeasure, sources, told_of
from closeknit.measures.returnees.kinds import VerifiedSaid
from closeknit.policy.packs import Policy, policy

STATES = {
    "open": (Text("To verify", "待核查"), "watch"), "tried": (Text("Not reached yet", "未联系上"), "watch"),
    "verified": (Text("Verified", "已核查"), "good"), "returned": (Text("Returned", "已退回"), "quiet"),
}  # fmt: skip
OVERDUE = Text("Overdue", "超时")
CHOICES = [
    ("standing", Text("Open", "未办结")),
    ("late", OVERDUE),
    *((name, word) for name, (word, _) in STATES.items()),
    ("all", Text("All", "全部")),
]
BY = {
    "outcome": {each.value: each.label for each in Found}, "measure": {each.value: each.label for each in TakenMeasure},
    "how": {each.value: each.label for each in How}, "colour": {each.value: each.label for each in Colour},
}  # fmt: skip
SEEN = Text("somebody was there {at}; ask again about this", "{at} 有人走访，仍需就本条核实")
SCREENED, CONTROLLED_WORD = Text("screened", "风险已排查"), Text("under control", "人员已管控")
NONE = Empty(
    Text("Nothing was pushed down here yet", "暂无推送名单"),
    Text(
        "The township brings the county's file in; its items then stand here, by village.", "由乡镇导入上级推送的名单，条目按村显示在此。"
    ),
    icon="clipboard-list",
)


@dataclass(frozen=True)
class Presses(Pressable):
    """A row's buttons: one press records what came of a call or a visit."""

    line: "Line"
    template: ClassVar[str] = "lists/presses.html"
    frequent: ClassVar[tuple[Found, ...]] = (Found.NO_ANSWER, Found.ELSEWHERE)  # beside at home, which has a form of its own
    others: ClassVar[list[Found]] = [each for each in Found if each not in (Found.AT_HOME, Found.NO_ANSWER, Found.ELSEWHERE)]

    @property
    def send_to(self) -> str:
        return reverse("lists.verify", args=[self.line.shown_in])

    @property
    def at_home(self) -> str:
        """The form for somebody who was found, which asks what follows; afterwards back to the list."""
        asks = {"item": self.line.item.topic, "outcome": "at_home", "area": self.line.item.area, "next": self.line.back}
        asks |= {"person": self.line.item.person} if self.line.item.person else {}
        return f"{reverse('records.record', args=['lists.verified'])}?{urlencode(asks)}"


@dataclass(frozen=True)
class Line:
    """One item as the list shows it."""

    item: Item
    told: dict[str, Any]
    area_name: str
    source: Text | str
    now: datetime
    full: bool
    shown_in: str
    back: str
    hint: Text | str = ""

    @property
    def name(self) -> str | Text:
        said = str(self.told.get("name", ""))
        return (said if self.full else names.masked(said)) or Text("name not given", "未写姓名")

    @property
    def phone(self) -> str:
        said = str(self.told.get("phone", ""))
        return said if self.full else names.masked_phone(said)

    @property
    def url(self) -> str:
        return reverse("lists.item", args=[self.item.topic])

    @property
    def why(self) -> str | None:
        """Why they are on the list; and that somebody was there since, which answers nothing by itself."""
        said = self.told.get("reason") or self.told.get("category")
        return " · ".join(str(each) for each in (said, self.hint) if each) or None

    @property
    def overdue(self) -> bool:
        return self.item.state in ("open", "tried") and self.item.deadline is not None and self.item.deadline <= self.now

    @property
    def badge(self) -> Badge:
        if self.overdue:
            return Badge(OVERDUE, "bad")
        if self.item.outcome:
            return Badge(BY["outcome"].get(self.item.outcome, self.item.outcome), "good" if self.item.outcome in FINAL else "watch")
        return Badge(*STATES[self.item.state])

    @property
    def control(self) -> Text | None:
        """LST-05: whether the risk is screened and the person under control."""
        if self.item.measure in CONTROLLED:
            return CONTROLLED_WORD
        return SCREENED if self.item.state == "verified" else None

    @property
    def presses(self) -> Presses | None:
        return Presses(self) if self.item.state in ("open", "tried") else None


def hints(items: Iterable[Item]) -> dict[str, Event]:
    """The latest visit to whom an item means, since it was pushed: no answer to it, but somebody was there; one statement."""
    items = [each for each in items if each.person or each.household]
    homes, people = {each.household for each in items} - {""}, {each.person for each in items} - {""}
    seen = standing(Visited, VerifiedSaid).filter(Q(household__in=homes) | Q(person__in=people)).defer("personal", "digest")
    latest: dict[str, Event] = {}
    for event in sorted(seen, key=lambda event: event.order):
        latest |= {code: event for code in (event.household, event.person) if code}
    found = ((each, latest.get(each.person) or latest.get(each.household)) for each in items)
    return {each.topic: event for each, event in found if event and event.at >= each.pushed_at}


def dressed(request: Request, now: datetime, shown_in: str, items: list[Item]) -> list[Line]:
    """The items of one page with names, hints and what a press needs; a few statements, however many."""
    told, visits, words = told_of(items), hints(items), sources(policy(shown_in))
    areas = Area.objects.names({each.area for each in items})
    full, back = names.in_full(request.account, "lists.record"), request.get_full_path()
    return [
        Line(each, told.get(each.topic, {}), areas.get(each.area, each.area), words.get(each.source, each.source), now, full, shown_in,
             back,
             SEEN.format(at=localtime(visits[each.topic].at).strftime("%m-%d %H:%M")) if each.topic in visits else "")
        for each in items
    ]  # fmt: skip


def in_state(now: datetime, rows: QuerySet[Item], state: str) -> QuerySet[Item]:
    """A filter's `narrow`."""
    if state == "standing":
        return rows.filter(state__in=OPEN)
    if state == "late":
        return rows.filter(state__in=OPEN, deadline__lte=now)
    return rows.filter(state=state) if state in STATES else rows


def _columns(pack: Policy, may_record: bool, asks_control: bool) -> tuple[Column, ...]:
    control = Column("control", Text("Screened, controlled", "排查管控"), lambda row: row.control, hidden=not asks_control)
    colour = Column("colour", Text("Colour", "颜色"), lambda row: BY["colour"].get(row.item.colour, row.told.get("colour")), hidden=True)
    measure = Column("measure", Text("Measure", "管理措施"), lambda row: BY["measure"].get(row.item.measure), hidden=True)
    press = Column("presses", Text("What came of it", "登记结果"), lambda row: row.presses, export=lambda row: "", phone="wide")
    return (
        Column("name", Text("Name", "姓名"), lambda row: row.name, link=lambda row: row.url, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=("state", "deadline", "topic"), phone="end",
               export=lambda row: row.badge.label),
        Column("deadline", Text("By", "核查时限"), lambda row: row.item.deadline, sort=("deadline", "topic")),
        Column("phone", Text("Telephone", "联系电话"), lambda row: row.phone,
               link=lambda row: f"tel:{row.phone}" if row.full and row.phone else ""),
        Column("address", Text("Address", "地址"), lambda row: row.told.get("address") if row.full else None, phone="wide"),
        Column("area", Text("Area", "地区"), lambda row: row.area_name, sort=("area", "deadline", "topic")),
        Column("list", Text("List", "名单"), lambda row: row.item.list, sort=("list", "deadline", "topic"), hidden=True),
        Column("source", Text("Sort of list", "名单类型"), lambda row: row.source, hidden=True),
        Column("reason", Text("Why", "推送原因"), lambda row: row.why, phone="wide"),
        Column("times", Text("Times pushed", "推送次数"), lambda row: row.item.times, sort=("times", "topic"), number=True, hidden=True),
        Column("how", Text("In the register", "名册比对"), lambda row: BY["how"].get(row.item.how), hidden=True),
        control, *((measure,) if pack.has("isolation") else ()), *((colour,) if pack.has("health_code") else ()),
        *((press,) if may_record else ()),
    )  # fmt: skip


def items(request: Request, area: str) -> HttpResponse:
    """The items of an area; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    held = Item.objects.filter(area__in=Area.objects.below(area).values("code"))
    may_record = can(request.account, "lists.record")
    words = sources(pack)
    listing = Listing(
        columns=_columns(pack, may_record, bool(request.GET.get("source"))),
        order="deadline",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), partial(in_state, at.now), choices=CHOICES, standing="standing"),
            Filter("source", Text("Sort of list", "名单类型"), equals("source"), choices=list(words.items())),
            Filter("pushed", Text("Pushed", "推送日期"), between_days("pushed_at"), type="days"),
        ),
        search=words_in("list", "topic", "person"),
        search_label=Text("List or code", "名单或编号"),
        codes=lambda line: [line.item.person or f"item:{line.item.topic}"],
        dress=partial(dressed, request, at.now, area),
    )  # fmt: skip
    if not held.exists():
        listing = replace(listing, filters=())
    heading = Text("Pushed lists: {area}", "{area} 推送名单", area=row.name)
    return listing.respond(
        request, held, template="lists/items.html", context={"at": at, "notices": _notices(request, held, area)}, heading=heading,
        crumbs=links.above(request.account, row, "lists.items"), actions=_actions(area),
    )  # fmt: skip


def _actions(area: str) -> list[Action]:
    ways = (
        (Text("Day's end", "日清日结"), links.to("lists.day", area=area), "calendar", False),
        (Text("Bring a list in", "导入名单"), links.to("lists.bring"), "upload", True),
    )
    return [Action(word, url, icon, primary=primary) for word, url, icon, primary in ways if url]


def _notices(request: Request, held: QuerySet[Item], area: str) -> list[Notice]:
    """What waits for a person before anybody can go."""
    waiting = held.filter(state__in=OPEN, how="doubtful").count()
    if not waiting or not can(request.account, "lists.manage"):
        return []
    way = Action(Text("Compare", "去比对"), links.to("lists.pairs", area=area))
    return [
        Notice(
            Text("{n} may be somebody of the register: a person decides.", "{n} 条疑似在册，请人工判定。", n=waiting), "watch", action=way
        )
    ]
