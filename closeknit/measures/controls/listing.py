"""The controls of an area and the page of one; the squares and who looked after them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse

from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Facts, Tab, Tabs
from closeknit.console.records import links
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.controls.control import Control, all_controls, last_guarded, squares, touching, unguarded
from closeknit.measures.controls.kinds import Guarding, Sort
from closeknit.measures.zones.kinds import STATES, begins, ends, label, related
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

SORTS = {each.value: each.label for each in Sort}
WAYS = {each.value: each.label for each in Guarding}
MOST = 40
NONE = Empty(
    Text("Nothing is suspended or controlled here", "本辖区无活动暂停和交通管制"),
    Text(
        "A control begins with an order: what, where, by which law, until when it goes on again. Everybody can read it without an account.",
        "管制从一份决定开始：写明事项、范围、法律依据和恢复时间。群众无须账户即可查看。",
    ),
    icon="ban",
)
NO_SQUARES = Empty(
    Text("No square in this area", "本辖区无广场"),
    Text(
        "Import places of the category square; who stands there or comes by then stands here.",
        "导入类别为 square 的场所后，在此登记值守巡逻。",
    ),
    icon="map-pin",
)


@dataclass(frozen=True)
class Line:
    """A control as a list shows it."""

    control: Control
    order: Event
    state: str
    what: Text | str
    area: str

    @property
    def badge(self) -> Badge:
        return Badge(*STATES[self.state])


def lines(found: list[Control], pack: Policy, now: datetime) -> list[Line]:
    """The controls as lists show them, what is in force first, the nearest end first."""
    orders = {each.number: each.shown(now) for each in found}
    names = Area.objects.names({order.area for order in orders.values()})
    made = [
        Line(each, order := orders[each.number], each.state(now), label(pack, f"controls.{order.data['sort']}", str(order.data["what"])),
             names.get(order.area, order.area))
        for each in found
    ]  # fmt: skip
    return sorted(made, key=lambda line: (list(STATES).index(line.state), ends(line.order), line.control.number))


CONTROLS = Listing(
    columns=(
        Column("what", Text("What", "事项"), lambda row: row.what, sort=lambda row: (str(row.what), row.control.number), phone="title",
               link=lambda row: links.to("controls.control", control=row.control.number)),
        Column("state", Text("State", "状态"), lambda row: row.badge, phone="end",
               sort=lambda row: (list(STATES).index(row.state), ends(row.order), row.control.number)),
        Column("where", Text("Where", "范围"), lambda row: row.order.data["where"]),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.area, row.control.number)),
        Column("from", Text("From", "开始"), lambda row: begins(row.order), sort=lambda row: (begins(row.order), row.control.number)),
        Column("until", Text("Goes on again", "恢复时间"), lambda row: ends(row.order),
               sort=lambda row: (ends(row.order), row.control.number)),
        Column("sort", Text("Sort", "类别"), lambda row: SORTS[row.order.data["sort"]]),
        Column("rules", Text("What holds instead", "替代措施"), lambda row: "；".join(row.order.data.get("rules", ())) or None,
               phone="wide"),
        Column("number", Text("Number", "编号"), lambda row: row.control.number, sort=lambda row: row.control.number, hidden=True),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("sort", Text("Sort", "类别"), where(lambda row, value: row.order.data["sort"] == value), choices=list(SORTS.items())),
        Filter("state", Text("State", "状态"),
               where(lambda row, value: value == "all" or row.state == value or (value == "open" and row.state != "over")),
               choices=[("open", Text("In force or coming", "生效和未开始")), *((name, word) for name, (word, _) in STATES.items()),
                        ("all", Text("All", "全部"))], standing="open"),
    ),
    search=words_said(lambda row: (row.what, row.order.data["where"], row.area, row.control.number)),
)  # fmt: skip


def tabs(area: str, here: str) -> Tabs:
    """The pages of controls."""
    ways = (("controls.list", Text("Controls", "管制决定")), ("controls.squares", Text("Squares", "广场值守巡逻")))
    return Tabs([Tab(word, links.to(name, area=area), name == here) for name, word in ways])


def controls(request: Request, area: str) -> HttpResponse:
    """The controls that hold in an area, around it or somewhere in it."""
    row, now = Area.objects.current().get(code=area), clock.now()
    made = lines(touching(area, now), policy(area), now)
    actions = [Action(Text("What everybody reads", "公开页面"), links.to("controls.public"), "world")]
    if can(request.account, "controls.manage"):
        actions.append(Action(Text("New control", "发布管制"), links.to("controls.order", area=area), "plus", primary=True))
    listing = CONTROLS if made else replace(CONTROLS, filters=())
    return listing.respond(
        request, made, template="controls/controls.html", context={"tabs": tabs(area, "controls.list")}, actions=actions,
        heading=Text("Controls and closures: {area}", "{area} 交通管制与活动限制", area=row.name),
        crumbs=links.above(request.account, row, "controls.list"),
    )  # fmt: skip


def control_of(account: Account, number: str) -> Control:
    """The control, where it touches the account's area. Raises Http404 where there is none."""
    control = all_controls().get(number)
    if control is not None and account.area:
        area = control.shown(clock.now()).area
        paths = dict(Area.objects.current().filter(code__in=[area, account.area]).values_list("code", "path"))
        if related(area, account.area, paths):
            return control
    raise Http404


def control(request: Request, control: str) -> HttpResponse:
    """One control: what holds until when and why, and what was said of it."""
    now = clock.now()
    held = control_of(request.account, control)
    order = held.shown(now)
    data, pack = order.data, policy(order.area)
    place = Place.objects.current().filter(code=order.place).values_list("name", flat=True).first() if order.place else None
    pairs: list[tuple[Text, Any]] = [
        (Text("Sort", "类别"), SORTS[data["sort"]]), (Text("Where", "范围"), data["where"]), (Text("Place", "场所"), place),
        (Text("Area", "地区"), Area.objects.names([order.area]).get(order.area, order.area)),
        (Text("From", "开始"), begins(order)), (Text("Goes on again", "恢复时间"), ends(order)),
        (Text("What holds instead", "替代措施"), "；".join(data.get("rules", ()))),
        (Text("Exceptions", "例外情形"), "；".join(data.get("exceptions", ()))),
        (Text("Legal basis", "法律依据"), data["basis"]), (Text("Who orders it", "决定机关"), data["authority"]),
        (Text("Order number", "文书编号"), data.get("order_no")),
        (Text("Why it was extended or changed", "延长或变更理由"), data.get("why")),
    ]  # fmt: skip
    events = list(
        Event.objects.filter(kind__in=("controls.ordered", "controls.lifted"), topic=control).order_by("-at", "-received_at")[:MOST]
    )
    context = {
        "badge": Badge(*STATES[held.state(now)]),
        "facts": Facts([(word, value) for word, value in pairs if value]),
        "timeline": [
            (text, links.to("register.event", event=str(event.id)))
            for event, text in zip(events, sentences(events, dated=True), strict=True)
        ],
    }
    actions = []
    if can(request.account, "controls.manage") and in_scope(request.account, order.area):
        actions.append(Action(Text("Extend or change", "延长或变更"), links.to("controls.change", control=control), "hourglass"))
        if held.state(now) != "over":
            actions.append(Action(Text("Lift", "解除"), links.to("controls.lift", control=control), "circle-check"))
    row = Area.objects.current().get(code=request.account.area)
    crumbs = [*links.above(request.account, row, "controls.list"), (row.name, links.to("controls.list", area=row.code))]
    heading = label(pack, f"controls.{data['sort']}", str(data["what"]))
    return show(request, "controls/control.html", context, heading=heading, crumbs=crumbs, actions=actions)


@dataclass(frozen=True)
class Square:
    """A square: who looked after it last, and whether it is left alone where gatherings are suspended."""

    place: Place
    area: str
    ways: dict[str, Event]
    alone: bool
    recent: datetime

    def last(self, way: str) -> datetime | None:
        return self.ways[way].at if way in self.ways else None

    @property
    def badge(self) -> Badge:
        if self.alone:
            return Badge(Text("nobody there", "无人值守"), "bad")
        seen = any(event.at > self.recent for event in self.ways.values())
        return Badge(Text("guarded", "有人值守"), "good") if seen else Badge(Text("not needed now", "暂无须值守"), "quiet")


def guarded(request: Request, area: str) -> HttpResponse:
    """The squares of an area, those that nobody looks after first."""
    row, pack, now = Area.objects.current().get(code=area), policy(area), clock.now()
    places = squares(area, pack)
    ways, alone = last_guarded(places), {each.code for each in unguarded(area, now, pack)}
    names, recent = Area.objects.names({each.area for each in places}), now - timedelta(hours=float(pack.get("controls.guard_every_h")))
    made = [Square(each, names.get(each.area, each.area), ways.get(each.code, {}), each.code in alone, recent) for each in places]
    may = can(request.account, "controls.record")
    url = links.to("records.record", kind="controls.guarded")

    def act(one: Square) -> Action:
        query = f"?place={one.place.code}&area={one.place.area}&next={links.to('controls.squares', area=area)}"
        return Action(Text("Record", "登记值守"), f"{url}{query}", "shield-check")

    listing = Listing(
        columns=(
            Column("name", Text("Square", "广场"), lambda one: one.place.name, sort=lambda one: one.place.code, phone="title"),
            Column("state", Text("State", "状态"), lambda one: one.badge, sort=lambda one: (not one.alone, one.place.code), phone="end"),
            *(Column(way, word, partial(Square.last, way=way)) for way, word in WAYS.items()),
            Column("people", Text("People on duty", "值守人数"), number=True,
                   value=lambda one: max(one.ways.values(), key=lambda event: event.order).data["people"] if one.ways else None),
            Column("area", Text("Area", "地区"), lambda one: one.area, sort=lambda one: (one.area, one.place.code)),
            *((Column("act", Text("Next", "下一步"), act, export=lambda one: "", phone="wide"),) if may else ()),
        ),
        order="state",
        empty=NO_SQUARES,
        search=words_said(lambda one: (one.place.name, one.area)),
    )  # fmt: skip
    return listing.respond(
        request, made, template="controls/controls.html", context={"tabs": tabs(area, "controls.squares")},
        crumbs=links.above(request.account, row, "controls.squares"),
    )  # fmt: skip
