"""The rooms of an area's isolation sites: free, occupied, closed, and who lives in them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.isolation.kinds import SITE, Room, rooms, stays
from closeknit.registry.models import Place

STATES = {
    "free": (Text("Free", "空闲"), "good"), "some": (Text("A bed is free", "有空床"), "info"),
    "full": (Text("Occupied", "已住满"), "watch"),
    "closed": (Text("Closed", "停用"), "quiet"),
}  # fmt: skip
NO_SITE = Empty(
    Text("No isolation site in this area", "本辖区无隔离场所"),
    Text("Sites come with the register's places, category isolation_site.", "隔离场所随场所名册导入，类别为 isolation_site。"),
    icon="door-enter",
)
NO_ROOM = Empty(
    Text("No room set up yet", "尚未设置房间"), Text("Set up each room with its beds.", "请逐间登记房号和床位。"), icon="door-enter"
)


@dataclass(frozen=True)
class Line:
    """A room as the board shows it."""

    room: Room
    site: str
    people: tuple[str, ...]
    url: str

    @property
    def state(self) -> str:
        if self.room.closed:
            return "closed"
        return "full" if not self.room.free else "some" if self.people else "free"

    @property
    def badge(self) -> Badge:
        return Badge(*STATES[self.state])


def _listing(empty: Empty) -> Listing:
    return Listing(
        columns=(
            Column("room", Text("Room", "房号"), lambda row: row.room.number, sort=lambda row: (row.site, row.room.number), phone="title",
                   link=lambda row: row.url),
            Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: (row.state, row.room.number), phone="end"),
            Column("site", Text("Site", "隔离场所"), lambda row: row.site, sort=lambda row: (row.site, row.room.number)),
            Column("beds", Text("Beds", "床位"), lambda row: row.room.beds, number=True, sort=lambda row: row.room.beds),
            Column("free", Text("Free", "空床"), lambda row: row.room.free, number=True, sort=lambda row: row.room.free),
            Column("people", Text("Who lives there", "入住人员"), lambda row: "、".join(row.people) or None, phone="wide"),
            Column("reason", Text("Reason", "原因"), lambda row: row.room.reason or None, phone="wide"),
        ),
        order="room",
        empty=empty,
        filters=(
            Filter("state", Text("State", "状态"), where(lambda row, state: row.state == state),
                   choices=[(name, word) for name, (word, _) in STATES.items()]),
        ),
        search=words_said(lambda row: (row.room.number, row.site, *row.people)),
        codes=lambda row: row.room.persons,
    )  # fmt: skip


def board(request: Request, area: str) -> HttpResponse:
    """Every room of the sites of an area."""
    row = Area.objects.current().get(code=area)
    sites = Place.objects.current().filter(category=SITE, area__in=Area.objects.below(area).values("code"))
    called = dict(sites.order_by("code").values_list("code", "name"))
    held = rooms(called, stays(area) if called else [])
    people = names.persons([code for room in held for code in room.persons], full=names.in_full(request.account, "isolation.record"))
    records = can(request.account, "isolation.record")
    lines = [
        Line(room, called[room.place], tuple(people[code].name if code in people else code for code in room.persons),
             _set(room.place, area, request.path, room=room.number, beds=str(room.beds)) if records else "")
        for room in held
    ]  # fmt: skip
    actions = [
        Action(Text("Set up a room: {site}", "设置房间：{site}", site=name), _set(code, area, request.path), "plus", primary=not number)
        for number, (code, name) in enumerate(called.items())
    ]
    crumbs = [*links.above(request.account, row, "isolation.rooms"), (row.name, links.to("isolation.desk", area=area))]
    return _listing(NO_ROOM if called else NO_SITE).respond(
        request, lines, heading=Text("Rooms: {area}", "{area} 隔离房间", area=row.name), crumbs=crumbs, actions=actions if records else [],
    )  # fmt: skip


def _set(place: str, area: str, back: str, **given: str) -> str:
    query = urlencode({"place": place, "area": area, "next": back, "state": "in_use", **given})
    return f"{links.to('records.record', kind='isolation.room_set')}?{query}"
