"""RET-05: who leaves and asks for a test before they do, and whether they were tested since."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.returnees.kinds import Leaving
from closeknit.measures.testing.kinds import Sampled
from closeknit.policy.packs import policy

NONE = Empty(
    Text("Nobody has said that they leave", "暂无外出报备"),
    Text("Whoever leaves may tell where to, and ask for a test.", "外出人员可报备去向，并可申请自愿检测。"),
    icon="arrow-right",
)
STATES = {
    "": None, "wanted": Badge(Text("Asks for a test", "待检测"), "watch"), "tested": Badge(Text("Tested", "已检测"), "good"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """Somebody who leaves."""

    event: Event
    said: dict[str, Any]
    name: str
    area: str
    state: str


def _lines(request: Request, area: str) -> list[Line]:
    events = sorted(in_area(standing(Leaving), area).defer("digest"), key=lambda event: event.order, reverse=True)
    full = names.in_full(request.account, "returnees.record")
    called = names.persons([each.person for each in events if each.person], full=full)
    homes = names.households([each.household for each in events if not each.person], full=full)
    areas = Area.objects.names({each.area for each in events})
    tested: dict[str, Any] = dict(standing(Sampled).filter(person__in=[each.person for each in events if each.person])
                                  .order_by("at").values_list("person", "at"))  # fmt: skip
    return [
        Line(each, each.told(), (called.get(each.person) or homes[each.household]).name if each.person in called or each.household in homes
             else each.person or each.household, areas.get(each.area, each.area), _state(each, tested))
        for each in events
    ]  # fmt: skip


def _state(event: Event, tested: dict[str, Any]) -> str:
    if not event.data.get("test_wanted"):
        return ""
    return "tested" if event.person in tested and tested[event.person] >= event.at else "wanted"


def leaving(request: Request, area: str) -> HttpResponse:
    """Who leaves, the latest first; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    made = _lines(request, area)
    test = Column("test", Text("Test", "自愿检测"), lambda line: STATES[line.state], sort=lambda line: line.state, phone="end")
    asked = Filter("state", Text("Test", "自愿检测"), where(lambda line, value: line.state == value),
                   choices=[(name, badge.label) for name, badge in STATES.items() if badge])  # fmt: skip
    listing = Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda line: line.name, sort=lambda line: line.name, phone="title"),
            Column("where", Text("Goes to", "前往何地"), lambda line: line.said["where"]),
            Column("leaves", Text("Leaves", "出发时间"), lambda line: line.said["leaves_at"][:16],
                   sort=lambda line: line.said["leaves_at"]),
            Column("area", Text("Area", "地区"), lambda line: line.area),
            Column("at", Text("Told", "报备时间"), lambda line: line.event.at, sort=lambda line: line.event.order),
            *((test,) if pack.has("testing") else ()),
        ),
        order="-at",
        empty=NONE,
        filters=(asked,) if made and pack.has("testing") else (),
        search=words_said(lambda line: (line.name,)),
        codes=lambda line: [line.event.person or line.event.household],
    )  # fmt: skip
    back = urlencode({"area": area, "next": request.path})
    url = f"{reverse('records.record', args=['returnees.leaving'])}?{back}"
    actions = [Action(Text("Somebody leaves", "登记外出"), url, "plus", primary=True)] if can(request.account, "returnees.record") else []
    crumbs = [
        *links.above(request.account, row, "away.leaving"),
        (Text("Residents elsewhere", "在外人员"), reverse("away.list", args=[area])),
    ]
    return listing.respond(
        request, made, heading=Text("Who leaves: {area}", "{area} 外出人员", area=row.name), crumbs=crumbs, actions=actions
    )
