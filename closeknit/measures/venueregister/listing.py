"""The register of venues, a line an entrance: where the code hangs, where one gets in without a phone, what is to be looked at."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.venueregister.entrances import Entrance, entrances, venues
from closeknit.policy.packs import policy
from closeknit.registry.reading.places import category

REGISTER, NEW, POSTERS = Text("Register of venues", "场所登记"), Text("Register a venue", "登记场所"), Text("Posters", "登记码海报")
LOOK, MAIN_ENTRANCE = Text("Looked at", "登记查看"), Text("Main entrance", "主出入口")
POSTED = {
    True: Badge(Text("posted", "已张贴"), "good"), False: Badge(Text("not posted", "未张贴"), "bad"),
    None: Badge(Text("not looked at", "未查看"), "watch"),
}  # fmt: skip
BY_HAND = {
    True: Badge(Text("yes", "有"), "good"), False: Badge(Text("none", "无"), "bad"), None: Badge(Text("not looked at", "未查看"), "watch"),
}  # fmt: skip
NOT_SET = Badge(Text("not in the register", "未登记的出入口"), "bad")
STATES = (
    ("not_posted", Text("Not posted", "未张贴")), ("not_by_hand", Text("No way in without a phone", "未设无手机通道")),
    ("not_seen", Text("Not looked at", "未查看")), ("not_set", Text("Not in the register", "未登记的出入口")),
    ("posted", Text("Posted", "已张贴")),
)  # fmt: skip
NONE = Empty(
    Text("No venue in this area yet", "本辖区尚无登记场所"),
    Text(
        "Register one, or import places; a code is printed for each entrance.",
        "请登记场所或导入名册，再为出入口打印登记码。",
    ),
    icon="building-store",
)


def is_in(each: Entrance, state: str) -> bool:
    """Whether the filter's choice holds an entrance."""
    return {
        "posted": each.is_set and each.posted is True, "not_posted": each.is_set and each.posted is not True,
        "not_by_hand": each.is_set and each.by_hand is False, "not_seen": each.seen_at is None, "not_set": not each.is_set,
    }[state]  # fmt: skip


def _look(request: Request, each: Entrance) -> str:
    asked = {"place": each.place.code, "area": each.place.area, "next": request.get_full_path()}
    named = {"entrance": each.name} if each.name else {}
    return f"{links.to('records.record', kind='venues.entrance_checked')}?{urlencode({**asked, **named})}"


def _columns(request: Request, areas: dict[str, str]) -> Sequence[Column]:
    def look(each: Entrance) -> Action | str:
        return Action(LOOK, _look(request, each), "clipboard-check") if can(request.account, "venues.record") else ""

    return (
        Column("name", Text("Place", "场所"), lambda each: each.place.name, sort=lambda each: (each.place.name, each.place.code, each.name),
               phone="title", link=lambda each: links.to("venues.place", code=each.place.code)),
        Column("entrance", Text("Entrance", "出入口"), lambda each: each.name or MAIN_ENTRANCE, sort=lambda each: each.name),
        Column("posted", Text("Code", "登记码"), lambda each: POSTED[each.posted] if each.is_set else NOT_SET,
               sort=lambda each: (each.posted is True, each.posted is None), phone="end"),
        Column("by_hand", Text("Way in without a phone", "无手机通道"), lambda each: BY_HAND[each.by_hand],
               sort=lambda each: (each.by_hand is True, each.by_hand is None)),
        Column("seen", Text("Last looked at", "最近查看"), lambda each: each.seen_at,
               sort=lambda each: (each.seen_at is not None, each.seen_at or clock.now())),
        Column("category", Text("Category", "类别"), lambda each: category(each.place.category), sort=lambda each: each.place.category),
        Column("area", Text("Area", "地区"), lambda each: areas.get(each.place.area, ""), sort=lambda each: each.place.area),
        Column("code", Text("Code of the place", "场所编号"), lambda each: each.place.code, sort=lambda each: each.place.code, hidden=True),
        Column("look", Text("Next", "下一步"), look, export=lambda each: "", phone="wide"),
    )  # fmt: skip


def register(request: Request, area: str) -> HttpResponse:
    """The entrances of the venues of an area."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    found = entrances(venues(area, pack), clock.now())
    areas = Area.objects.names({each.place.area for each in found})
    present = sorted({each.place.category for each in found})
    listing = Listing(
        columns=_columns(request, areas), order="posted", empty=NONE,
        filters=(
            Filter("state", Text("State", "状态"), where(is_in), choices=STATES),
            Filter("category", Text("Category", "类别"), where(lambda each, value: each.place.category == value),
                   choices=[(code, category(code)) for code in present]),
        ) if found else (),
        search=words_said(lambda each: (each.place.name, each.place.code, each.name)),
    )  # fmt: skip
    heading = Text("Venues: {area}", "{area} 场所登记", area=row.name)
    crumbs = links.above(request.account, row, "venues.register")
    return listing.respond(request, found, heading=heading, crumbs=crumbs, actions=_actions(request, area, found))


def _actions(request: Request, area: str, found: Sequence[Any]) -> list[Action]:
    new = Action(NEW, links.to("venues.new", area=area), "plus", primary=True)
    print_them = Action(POSTERS, links.to("venues.posters", area=area), "printer")
    return [*([new] if can(request.account, "venues.manage") else []), *([print_them] if found else [])]
