"""The list of zones, and the households that live in one."""

from dataclasses import dataclass, replace

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty, Tile
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.zonedesk.lines import Line, lines
from closeknit.measures.zones.kinds import STATES, begins, zone_of
from closeknit.policy.packs import policy

FILTERS: dict[str, tuple[Text, str]] = {
    "open": (Text("What is open", "生效和待办"), "quiet"),
    "over_untold": (Text("Over: tell them", "到期待告知"), "bad"),
    "untold": (Text("Not announced", "变更未告知"), "bad"),
    "late_objections": (Text("Objections late", "异议逾期"), "bad"),
    "liftable": (Text("May be lifted", "达到解除条件"), "watch"),
    "ending": (Text("Ends soon", "即将到期"), "watch"),
    "objections": (Text("Objections open", "异议待处理"), "watch"),
    **STATES,
    "all": (Text("All", "全部"), "quiet"),
}
DRAW = Text("Draw a zone", "划定管控区")
NONE = Empty(
    Text("No zone here", "本辖区无管控区"),
    Text(
        "A zone begins with an order: choose who it covers, by which law, until when, what stays allowed and what lifts it.",
        "管控区从一份决定开始：选定范围，写明法律依据、截止时间、例外情形和解除条件。",
    ),
    icon="map-pin",
)
LISTING = Listing(
    columns=(
        Column("name", Text("Zone", "管控区"), lambda row: row.name, sort=lambda row: (row.name, row.zone.number), phone="title",
               link=lambda row: links.to("zones.zone", zone=row.zone.number)),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.urgency, phone="end"),
        Column("measure", Text("Measure", "措施"), lambda row: row.measure, sort=lambda row: (str(row.measure), row.zone.number)),
        Column("from", Text("From", "开始"), lambda row: begins(row.order), sort=lambda row: (begins(row.order), row.zone.number)),
        Column("until", Text("Until", "截止"), lambda row: row.ends_at, sort=lambda row: (row.ends_at, row.zone.number)),
        Column("households", Text("Households", "户数"), lambda row: row.households, number=True, sort=lambda row: row.households),
        Column("persons", Text("People", "人数"), lambda row: row.persons, number=True, sort=lambda row: row.persons),
        Column("met", Text("Conditions met", "已达到解除条件"), lambda row: row.met, sort=lambda row: (len(row.unmet), row.zone.number)),
        Column("authority", Text("Ordered by", "决定机关"), lambda row: row.order.data["authority"]),
        Column("order_no", Text("Order number", "文书编号"), lambda row: row.order.data.get("order_no") or None, hidden=True),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: state == "all" or state in row.states),
               choices=[(name, word) for name, (word, _) in FILTERS.items()], standing="open"),
    ),
    search=words_said(lambda row: (row.name, row.zone.number, row.measure, row.order.data["authority"], row.order.data.get("order_no"))),
)  # fmt: skip


def zones(request: Request, area: str) -> HttpResponse:
    """The zones that touch an area."""
    row = Area.objects.current().get(code=area)
    found = lines(area, policy(area), clock.now())
    draw = Action(DRAW, links.to("zones.draw", area=area), "plus", primary=True) if can(request.account, "zones.manage") else None
    listing = replace(LISTING, empty=replace(NONE, action=draw))
    if not found:
        listing = replace(listing, filters=())
    actions = [Action(Text("Announcements for everybody", "公开通告"), links.to("controls.public"), "world")]
    if draw:
        actions.append(draw)
    return listing.respond(
        request, found, template="zonedesk/zones.html", context={"tiles": _tiles(found, area)},
        heading=Text("Zones: {area}", "{area} 管控区", area=row.name), crumbs=links.above(request.account, row, "zones.list"),
        actions=[each for each in actions if each.url],
    )  # fmt: skip


def _tiles(found: list[Line], area: str) -> list[Tile]:
    url = links.to("zones.list", area=area)
    numbers = {state: sum(state in each.states for each in found) for state in FILTERS}
    shown = [state for state in FILTERS if state != "all" and (numbers[state] or state == "in_force")]
    return [Tile(numbers[state], FILTERS[state][0], f"{url}?state={state}", tone=FILTERS[state][1]) for state in shown] if found else []


@dataclass(frozen=True)
class Home:
    """A household of a zone, with the way to what it is handed."""

    called: names.Called
    notice: Action


PEOPLE = Listing(
    columns=(
        Column("door", Text("Door", "门牌"), lambda row: row.called.address or str(names.code_words(row.called.code)),
               sort=lambda row: (row.called.address, row.called.code), phone="title",
               link=lambda row: links.to("register.household", code=row.called.code)),
        Column("name", Text("Name", "户主"), lambda row: row.called.name or None, sort=lambda row: (row.called.name, row.called.code)),
        Column("phone", Text("Telephone", "电话"), lambda row: row.called.phone or None),
        Column("notice", Text("Notice", "告知单"), lambda row: row.notice, export=lambda row: "", phone="end"),
        Column("code", Text("Code", "编号"), lambda row: row.called.code, sort=lambda row: row.called.code, hidden=True),
    ),
    order="door",
    empty=Empty(Text("Nobody of your area lives in this zone", "本辖区无人居住在此管控区"), icon="home"),
    search=words_said(lambda row: (row.called.address, row.called.name, row.called.code)),
    codes=lambda row: [row.called.code],
    what="household",
)  # fmt: skip


def people(request: Request, zone: str) -> HttpResponse:
    """The households that live in a zone, as far as they lie in the reader's area; who is shown is written to the trail."""
    held, lives = zone_of(request.account, zone, clock.now())
    called = names.households(lives.households[zone], full=names.in_full(request.account, "registry.record"))
    notice = Text("Notice", "告知单")
    rows = [
        Home(called.get(code, names.Called(code, "")), Action(notice, links.to("zones.household", zone=zone, code=code), "printer"))
        for code in sorted(lives.households[zone])
    ]
    name = str(held.shown(clock.now()).data["name"])
    heading = Text("Who lives in it: {name}", "{name} 住户", name=name)
    return PEOPLE.respond(request, rows, heading=heading, crumbs=[(name, links.to("zones.zone", zone=zone))])
