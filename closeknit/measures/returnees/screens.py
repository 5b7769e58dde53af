"""Who has come back: those not yet verified first; names are masked here and whole on the household's page."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, between_days, equals
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.records import links
from closeknit.console.records.names import masked
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area
from closeknit.measures.command.kinds import Moment, moment
from closeknit.measures.returnees.classes import Followed, followed
from closeknit.measures.returnees.kinds import MeasureTaken, RiskStay, Verified, Way, day_of
from closeknit.measures.returnees.returns import declared, verified_of
from closeknit.measures.returnees.rules import is_late, risk_class
from closeknit.policy.packs import Policy, policy

ENDED_WITHIN = 60  # days: an order lasts no longer
RISK_AREAS, AWAY = Text("Risk areas", "风险地区"), Text("Residents elsewhere", "在外人员")
DECLARE = Text("Declare a return", "登记返乡报备")
VERIFY = Text("Verify", "核查")
STATES = [
    ("open", Text("To verify", "待核查")), ("late", Text("Not verified in time", "超时未核查")), ("verified", Text("Verified", "已核查")),
    ("today", Text("Declared today", "今日报备")), ("all", Text("All", "全部")),
]  # fmt: skip
NONE = Empty(
    Text("Nobody has been declared yet", "暂无返乡报备"),
    Text(
        "A return is declared before or on arrival, by form, by telephone, in person or at the door.",
        "返乡前或抵达时，可填报、电话、当面或入户登记。",
    ),
    icon="home-2",
)
TONES = {Verified.CONFIRMED.value: "good", Verified.NOT_FOUND.value: "watch", Verified.ALREADY_LEFT.value: "quiet"}
CONTROL: dict[str, tuple[Text, Badge | None]] = {
    "under": (Text("Under a measure", "管理中"), Badge(Text("Under a measure", "管理中"), "info")),
    "ended": (Text("Ended", "已到期解除"), Badge(Text("Ended by itself", "已到期自动解除"), "good")),
    "none": (Text("No measure", "无需管理"), None),
}
WHY = Text("{rule} ({n} record{n:s})", "{rule}（依据 {n} 条记录）")
BY_CLASS = Text("class by stay: {level}", "旅居风险：{level}")  # where the pack has no words for the rule
ENDED = Text("{n} measure{n:s} ended by themselves since yesterday: tell the families, nothing is to be pressed.",
             "昨日以来有 {n} 人的管理措施到期自动解除，请告知本人，无需操作。")  # fmt: skip
BY_THEMSELVES = Text("{n} declared by themselves, and nobody has been there yet.", "{n} 人自主填报，尚未上门核查。")
BY = {
    "outcome": {each.value: each.label for each in Verified}, "measure": {each.value: each.label for each in MeasureTaken},
    "way": {each.value: each.label for each in Way}, "stay": {each.value: each.label for each in RiskStay},
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One declaration with what became of it."""

    event: Event
    said: dict[str, Any]
    area: str
    verified: Event | None
    late: bool
    stay: str
    verify_url: str
    follows: Followed
    pack: Policy

    @property
    def name(self) -> str:
        return masked(str(self.said.get("name", "")))

    @property
    def url(self) -> str:
        """The household's or person's page, where everything is whole and every reading is kept."""
        if self.event.household:
            return links.to("register.household", code=self.event.household)
        return links.to("register.person", code=self.event.person) if self.event.person else ""

    @property
    def badge(self) -> Badge:
        if self.verified is not None:
            outcome = self.verified.data.get("outcome", "")
            return Badge(BY["outcome"].get(outcome, outcome), TONES.get(outcome, "quiet"))
        return Badge(Text("Not in time", "超时未核查"), "bad") if self.late else Badge(Text("To verify", "待核查"), "watch")

    @property
    def measure(self) -> Text | None:
        return BY["measure"].get(self.follows.measure)

    @property
    def control(self) -> Badge | None:
        """How the measure stands: it ends by itself with its last day."""
        return CONTROL[self.follows.state][1]

    @property
    def why(self) -> str:
        """The rule, and the records on which the class rests."""
        classed = self.follows.classed
        if not classed.level:
            return ""
        words = self.pack.get(f"isolation.rules.{classed.rule}") or {}
        rule = Text(words["en"], words["zh"]) if words else BY_CLASS.format(level=BY["stay"].get(classed.level, classed.level))
        return str(WHY.format(rule=rule, n=len(classed.evidence)))

    @property
    def tests(self) -> str:
        """The days on which the class asks for a test."""
        return "、".join(each.strftime("%m-%d") for each in self.follows.classed.tests)

    @property
    def evidence(self) -> str:
        """Where the record stands by which the class was found last."""
        return links.to("register.event", event=self.follows.classed.evidence[-1]) if self.follows.classed.evidence else ""

    @property
    def action(self) -> Action | None:
        """The way to the form, while nobody has verified it."""
        return Action(VERIFY, self.verify_url) if self.verify_url and self.verified is None else None


def _columns(pack: Policy, may_record: bool) -> tuple[Column, ...]:
    risk = (
        Column("stay", Text("Class by stay", "旅居风险"), lambda row: BY["stay"].get(row.stay)),
        Column("why", Text("By which rule", "依据规则"), lambda row: row.why or None, link=lambda row: row.evidence, phone="wide"),
        *((Column("tests", Text("Days of tests", "检测日"), lambda row: row.tests or None, hidden=True),) if pack.has("testing") else ()),
    )
    measure = (
        Column("measure", Text("Measure", "管理措施"), lambda row: row.measure),
        Column("until", Text("Until", "管理至"), lambda row: row.follows.until if row.follows.state != "none" else None),
        Column("control", Text("Stands", "管理状态"), lambda row: row.control, export=lambda row: row.control.label if row.control else ""),
    )
    act = Column("act", Text("Next", "下一步"), lambda row: row.action, export=lambda row: "", phone="wide")
    return (
        Column("name", Text("Name", "姓名"), lambda row: row.name or row.event.household, link=lambda row: row.url, phone="title"),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=("is_verified", "at", "id"), phone="end"),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=("area", "is_verified", "at", "id")),
        Column("at", Text("Declared", "报备时间"), lambda row: row.event.at, sort=("at", "id")),
        Column("arrived", Text("Arrived", "抵达"), lambda row: str(row.said.get("arrived_at", ""))[:10] or None),
        Column("way", Text("How", "报备方式"), lambda row: BY["way"].get(row.event.data.get("way", "")), hidden=True),
        *(risk if pack.has("risk_area") else ()),
        Column("verified", Text("Verified", "核查时间"), lambda row: row.verified.at if row.verified else None, hidden=True),
        *(measure if pack.has("isolation") else ()),
        *((act,) if may_record else ()),
    )


def _in_state(at: Moment, pack: Policy, rows: QuerySet[Event], state: str) -> QuerySet[Event]:
    within = timedelta(hours=float(pack.get("returnees.verify_within_h")))
    begin = at.now.astimezone(pack.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "open": rows.filter(is_verified=False),
        "late": rows.filter(is_verified=False, at__lt=at.now - within),
        "verified": rows.filter(is_verified=True),
        "today": rows.filter(at__gte=begin),
    }.get(state, rows)


def _dressed(request: Request, area: str, pack: Policy, now: datetime, events: list[Event]) -> list[Line]:
    areas = Area.objects.names({event.area for event in events})
    done = verified_of(events)
    within = timedelta(hours=float(pack.get("returnees.verify_within_h")))
    may_record = can(request.account, "returnees.record")
    today, lookback = now.astimezone(pack.timezone).date(), int(pack.get("returnees.lookback_days"))
    follows = followed(area, events, done, pack, today)
    made = []
    for event in events:
        follow = follows[event.id]
        said = follow.said
        stay = risk_class(follow.classed.level, day_of(said["arrived_at"]), today, lookback)
        back = {"person": event.person, "household": event.household, "area": event.area, "next": request.get_full_path()}
        url = f"{reverse('records.record', args=['returnees.verified'])}?{urlencode({k: v for k, v in back.items() if v})}"
        named = may_record and bool(event.person or event.household)
        late = is_late(event.at, now, within)
        made.append(
            Line(event, said, areas.get(event.area, event.area), done.get(event.id), late, stay, url if named else "", follow, pack)
        )
    return made


def _followed(area: str, pack: Policy, now: datetime, rows: QuerySet[Event]) -> dict[UUID, Followed]:
    events = list(rows.defer("digest"))
    return followed(area, events, verified_of(events), pack, now.astimezone(pack.timezone).date())


def _in_control(area: str, pack: Policy, now: datetime, rows: QuerySet[Event], state: str) -> QuerySet[Event]:
    return rows.filter(id__in=[number for number, each in _followed(area, pack, now, rows).items() if each.state == state])


def _of_class(area: str, pack: Policy, now: datetime, rows: QuerySet[Event], level: str) -> QuerySet[Event]:
    return rows.filter(id__in=[number for number, each in _followed(area, pack, now, rows).items() if each.classed.level == level])


def _notices(area: str, pack: Policy, now: datetime, rows: QuerySet[Event]) -> list[Notice]:
    """What ended by itself, and who declared themselves and waits."""
    recent = rows.filter(at__gte=now - timedelta(days=ENDED_WITHIN))
    today = now.astimezone(pack.timezone).date()
    over = [each for each in _followed(area, pack, now, recent).values() if each.state == "ended" and each.until]
    ended = sum(1 for each in over if each.until and today - each.until <= timedelta(days=2)) if pack.has("isolation") else 0
    own = rows.filter(data__way=Way.SELF.value, is_verified=False).count()
    return [*([Notice(ENDED.format(n=ended))] if ended else []), *([Notice(BY_THEMSELVES.format(n=own), "watch")] if own else [])]


def returnees(request: Request, area: str) -> HttpResponse:
    """The declarations of an area; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    may_record = can(request.account, "returnees.record")
    listing = Listing(
        columns=_columns(pack, may_record),
        order="at",
        empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), partial(_in_state, at, pack), choices=STATES, standing="open"),
            Filter("way", Text("How", "报备方式"), equals("data__way"), choices=list(BY["way"].items())),
            *((Filter("level", Text("Class by stay", "旅居风险"), partial(_of_class, area, pack, at.now),
                      choices=list(BY["stay"].items())),)
              if pack.has("risk_area") else ()),
            *((Filter("control", Text("Measure", "管理状态"), partial(_in_control, area, pack, at.now),
                      choices=[(name, word) for name, (word, _) in CONTROL.items()]),) if pack.has("isolation") else ()),
            Filter("day", Text("Declared", "报备日期"), between_days("at"), type="days"),
        ),
        codes=lambda line: [line.event.person or line.event.household or f"event:{line.event.id}"],
        dress=partial(_dressed, request, area, pack, at.now),
    )  # fmt: skip
    back = urlencode({"area": area, "next": request.path})
    declare = Action(DECLARE, f"{reverse('records.record', args=['returnees.declared'])}?{back}", "plus", primary=True)
    ways = (
        (RISK_AREAS, links.to("riskareas.list") if pack.has("risk_area") else "", "map-pin"),
        (AWAY, links.to("away.list", area=area), "route"),
    )
    actions = [Action(word, url, icon) for word, url, icon in ways if url] + ([declare] if may_record else [])
    heading = Text("Returnees: {area}", "{area} 返乡人员", area=row.name)
    crumbs = links.above(request.account, row, "returnees.list")
    rows = in_area(declared(), area)
    if not rows.exists():  # nothing is to be narrowed
        listing = replace(listing, filters=())
    return listing.respond(
        request, rows, template="returnees/list.html", context={"at": at, "notices": _notices(area, pack, at.now, rows)}, heading=heading,
        crumbs=crumbs, actions=actions,
    )  # fmt: skip
