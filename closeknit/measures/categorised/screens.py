"""GRD-03: who stands on which list of an area, with the reason and the dates: returnees, under control, key people, people in need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.standing import today
from closeknit.campaigns.models import Owing
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Empty
from closeknit.console.records import links, names
from closeknit.console.records.names import Called
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.isolation.kinds import IsolationMeasure, stays
from closeknit.measures.returnees.kinds import Declared, RiskStay
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Person

CATEGORIES = {
    "returnee": Text("Returnee", "返乡人员"), "risk_area": Text("Stay in a risk area", "风险地区旅居"),
    "controlled": Text("Under control", "在管控"), "key": Text("Key population", "重点人群"),
    "tagged": Text("Marked in the register", "底册标签人员"),
}  # fmt: skip
MARKS = {
    "living_alone": Text("lives alone", "独居"), "immobile": Text("cannot move easily", "行动不便"), "key": Text("key person", "重点人员"),
}  # fmt: skip
NONE = Empty(
    Text("Nobody stands on a list here", "本辖区暂无列入台账人员"),
    Text(
        "Returns that are declared, orders of isolation, key populations and marks of the roster fill these lists by themselves.",
        "返乡报备、隔离决定、重点人群和名册标签自动汇入。",
    ),
    icon="tags",
)


@dataclass(frozen=True)
class Listed:
    """Somebody on a list: why, since when, until when where that is known."""

    category: str
    person: str
    area: str
    reason: Text | str
    since: datetime | date | None = None
    until: str = ""


def people(area: str) -> QuerySet[Person]:
    """The persons of the register who live in an area."""
    return Person.objects.current().filter(area__in=Area.objects.below(area).values("code"))


def listed(account: Account, area: str, pack: Policy) -> list[Listed]:
    """Everybody of an area on one of the lists that the reader's role may see; a few statements a list."""
    made: list[Listed] = []
    if can(account, "returnees.view"):
        made += _returnees(area, pack)
    if can(account, "isolation.view") and pack.has("isolation"):
        made += _controlled(area, pack)
    if can(account, "routine.view") and pack.has("testing"):
        made += _key(area, pack)
    return [*made, *_tagged(area)]


def _returnees(area: str, pack: Policy) -> Iterable[Listed]:
    risks = {each.value: each.label for each in RiskStay}
    for event in in_area(standing(Declared), area).exclude(person="").order_by("at"):
        told = event.told()
        reason = Text("from {origin}", "来自{origin}", origin=str(told.get("origin", "")))
        yield Listed("returnee", event.person, event.area, reason, event.at, "")
        stay = event.data.get("risk_stay", "")
        if stay in ("high", "medium") and pack.has("risk_area"):
            yield Listed("risk_area", event.person, event.area, risks[stay], event.at, "")


def _controlled(area: str, pack: Policy) -> Iterable[Listed]:
    words = {each.value: each.label for each in IsolationMeasure}
    for stay in stays(area):
        if stay.order is not None and stay.is_under(clock.now(), pack.timezone):
            reason = Text("{measure}, rule {rule}", "{measure}，依据 {rule}", measure=words[stay.measure], rule=stay.order.data["rule"])
            yield Listed("controlled", stay.person, stay.home or stay.order.area, reason, stay.order.at, str(stay.order.data["until"])[:10])


def _key(area: str, pack: Policy) -> Iterable[Listed]:
    seen = today(area, pack, clock.now(), lent=True)
    homes = dict(people(area).values_list("code", "area"))
    for row in Owing.objects.filter(draw=None, group__in=list(seen.groups)).order_by("group", "person"):
        if row.person in homes:
            held = seen.groups[row.group]
            until = held.group.ends_at.astimezone(pack.timezone).date().isoformat() if held.group.ends_at else ""
            yield Listed("key", row.person, homes[row.person], held.label, row.since, until)


def _tagged(area: str) -> Iterable[Listed]:
    for row in people(area).exclude(tags=[]).order_by("code"):
        words = "、".join(str(MARKS.get(tag, tag)) for tag in row.tags)
        yield Listed("tagged", row.code, row.area, words, row.learned_at.date())


@dataclass(frozen=True)
class Line:
    """A row of the list, with the name of whom it is about."""

    row: Listed
    called: Called | None
    area: str


def _dressed(request: Request, rows: list[Any]) -> list[Line]:
    codes = Person.objects.current().filter(code__in={row.person for row in rows}, area__in=_scope(request)).values_list("code", flat=True)
    called = names.persons(list(codes), full=names.in_full(request.account, "registry.record"))
    areas = Area.objects.names({row.area for row in rows})
    return [Line(row, called.get(row.person), areas.get(row.area, row.area)) for row in rows]


def _scope(request: Request) -> Any:
    return Area.objects.below(request.account.area).values("code")


def categorised(request: Request, area: str) -> HttpResponse:
    """The lists of an area; who is shown is written to the trail."""
    here, pack = Area.objects.current().get(code=area), policy(area)
    rows: list[Any] = listed(request.account, area, pack)
    listing = Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda line: line.called.name if line.called else names.code_words(line.row.person),
                   link=lambda line: links.to("register.person", code=line.row.person) if line.called else "", phone="title"),
            Column("category", Text("List", "台账类别"), lambda line: CATEGORIES[line.row.category],
                   sort=lambda row: (list(CATEGORIES).index(row.category), row.person), phone="end"),
            Column("reason", Text("Reason", "列入原因"), lambda line: line.row.reason, phone="wide"),
            Column("since", Text("Since", "列入时间"), lambda line: line.row.since),
            Column("until", Text("Until", "截止"), lambda line: line.row.until or None, sort=lambda row: (row.until or "9", row.person)),
            Column("area", Text("Area", "所属区域"), lambda line: line.area, sort=lambda row: (row.area, row.person)),
            Column("code", Text("Code", "人员编号"), lambda line: line.row.person, sort=lambda row: row.person, hidden=True),
        ),
        order="category",
        empty=NONE,
        filters=(Filter("category", Text("List", "台账类别"), where(lambda row, value: row.category == value),
                        choices=list(CATEGORIES.items())),) if rows else (),
        search=words_said(lambda row: (row.person, row.reason, CATEGORIES[row.category])),
        search_label=Text("Code or reason", "人员编号、列入原因"),
        codes=lambda line: [line.row.person] if line.called else [],
        dress=partial(_dressed, request),
    )  # fmt: skip
    crumbs = [*links.above(request.account, here, "register.categorised"), (here.name, links.to("register.area", area=area))]
    return listing.respond(request, rows, heading=Text("Lists by category: {area}", "{area} 分类台账", area=here.name), crumbs=crumbs)
