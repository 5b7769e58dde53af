"""The cold stores of an area: those whose chiefs do not hold first, then those that nobody has checked in time."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from closeknit.areas.models import Area
from closeknit.campaigns.cadences.places import plan
from closeknit.campaigns.cadences.rules import OVERDUE
from closeknit.campaigns.cadences.standing import today
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.coldchain.kinds import Chief
from closeknit.measures.stores import words
from closeknit.measures.stores.standing import Store, stores
from closeknit.measures.surfaces.kinds import PLAN
from closeknit.policy.packs import Policy, policy

STATES = [
    ("doubt", Text("Chiefs not valid", "库长不合规")), ("late", Text("Check overdue", "逾期未查")),
    ("notice", Text("Notice not posted", "未公示")), ("workers", Text("Workers' tests overdue", "人员逾期未检")),
    ("swabs", Text("Swabs overdue", "环境逾期未采")),
]  # fmt: skip
SWABBED, NOT_SWABBED = Badge(Text("In time", "按期"), "good"), Badge(Text("Overdue", "逾期未采"), "bad")


@dataclass(frozen=True)
class Line:
    """One store. workers: how many of the groups kept at it are overdue; swabs: whether its surfaces are (None: not in the plan)."""

    store: Store
    area: str
    workers: int
    swabs: bool | None

    @property
    def badge(self) -> Badge:
        return words.INVALID if self.store.faults else words.VALID

    @property
    def why(self) -> str:
        """What is wrong, in words."""
        return str(words.ALSO).join(str(words.fault(each)) for each in self.store.faults)

    @property
    def swabbed(self) -> Badge | None:
        return None if self.swabs is None else NOT_SWABBED if self.swabs else SWABBED

    @property
    def rank(self) -> tuple[Any, ...]:
        return (not self.store.faults, not self.store.late, self.store.has_notice, self.store.place.code)

    def is_in(self, state: str) -> bool:
        """Whether the filter's choice holds it."""
        return {
            "doubt": bool(self.store.faults), "late": self.store.late, "notice": not self.store.has_notice, "workers": self.workers > 0,
            "swabs": bool(self.swabs),
        }.get(state, True)  # fmt: skip


def lines(area: str, pack: Policy) -> list[Line]:
    """The stores with what concerns their workers and surfaces."""
    now = clock.now()
    found = stores(area, pack, now)
    names = Area.objects.names({each.place.area for each in found})
    workers: dict[str, int] = {}
    swabs: dict[str, bool] = {}
    if pack.has("testing"):
        kept = today(area, pack, now)
        counts = kept.counts(OVERDUE) if kept.groups else {}
        for code, each in kept.groups.items():
            workers[each.group.place] = workers.get(each.group.place, 0) + counts[code]
        swabs = {each.place.code: each.is_late for each in plan(PLAN, area, pack, now)}
    return [
        Line(each, names.get(each.place.area, each.place.area), workers.get(each.place.code, 0), swabs.get(each.place.code))
        for each in found
    ]


def _columns(pack: Policy) -> list[Column]:
    def chief(role: Chief) -> Column:
        return Column(role.value, role.label, lambda row: str(words.AND).join(row.store.names(role)) or None)

    with_testing = (
        Column("workers", Text("Workers overdue", "人员逾期未检"), lambda row: row.workers, number=True, sort=lambda row: row.workers),
        Column("swabs", Text("Swabs", "环境采样"), lambda row: row.swabbed),
    )
    return [
        Column("name", Text("Cold store", "冷库"), lambda row: row.store.place.name, sort=lambda row: row.store.place.name,
               link=lambda row: links.to("stores.store", code=row.store.place.code), phone="title"),
        Column("state", Text("Chiefs", "库长"), lambda row: row.badge, sort=lambda row: row.rank, phone="end"),
        Column("why", Text("What is wrong", "存在问题"), lambda row: row.why or None, phone="wide"),
        *map(chief, Chief),
        Column("check", Text("Check", "检查"), lambda row: words.check(row.store)),
        Column("checked", Text("Last checked", "末次检查"), lambda row: row.store.last.at if row.store.last else None,
               sort=lambda row: (row.store.last is not None, row.store.last.at if row.store.last else 0), hidden=True),
        Column("notice", Text("Notice", "公示牌"), lambda row: words.notice(row.store)),
        *(with_testing if pack.has("testing") else ()),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: row.store.place.area),
        Column("code", Text("Code", "编号"), lambda row: row.store.place.code, sort=lambda row: row.store.place.code, hidden=True),
    ]  # fmt: skip


def listed(request: Request, area: str) -> HttpResponse:
    """The stores of an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    made = lines(area, pack)
    states = [each for each in STATES if pack.has("testing") or each[0] not in ("workers", "swabs")]
    listing = Listing(
        columns=_columns(pack),
        order="state",
        empty=words.NONE,
        filters=(Filter("state", Text("State", "状态"), where(lambda line, value: line.is_in(value)), choices=states),) if made else (),
        search=words_said(lambda line: (line.store.place.name, line.store.place.code, line.area, line.why, *line.store.members.values())),
    )
    ways = [
        Action(Text("Goods", "货物批次"), links.to("goods.batches", area=area), "package"),
        Action(Text("Posts and duty", "查验点和值班"), links.to("coldposts.roster", area=area), "barrier-block"),
        Action(Text("Workers' tests", "人员检测"), links.to("routine.groups", area=area), "users"),
        Action(Text("Swabs", "环境采样"), links.to("routine.places", area=area), "test-pipe"),
    ]
    heading = Text("Cold stores: {area}", "{area} 冷库", area=row.name)
    crumbs = links.above(request.account, row, "stores.list")
    return listing.respond(request, made, heading=heading, crumbs=crumbs, actions=[each for each in ways if each.url])
