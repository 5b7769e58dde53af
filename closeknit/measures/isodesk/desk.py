"""The desk of an area or a site: what is open today, and everybody who isolates here."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Empty, Tile
from closeknit.console.records import links
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import moment
from closeknit.measures.isodesk.people import Line, people
from closeknit.measures.isolation.kinds import Period
from closeknit.policy.packs import policy

STATES: dict[str, tuple[Text, str]] = {
    "open": (Text("All who are here", "在管人员"), "quiet"),
    "over": (Text("Free to go: tell them", "到期待告知"), "bad"),
    "late_moving": (Text("Transfers that take too long", "转运超时"), "bad"),
    "fever": (Text("Fever or symptoms today", "今日发热或有症状"), "bad"),
    "late_objections": (Text("Objections late", "异议逾期"), "bad"),
    "objections": (Text("Objections open", "异议待处理"), "watch"),
    "unread": (Text("Not read yet", "未测体温"), "watch"),
    "flagged": (Text("To be looked at", "待核查"), "watch"),
    "moving": (Text("Transfers under way", "转运中"), "watch"),
    "due_today": (Text("Release due today", "今日到期"), "info"),
    "arrived": (Text("Arrived today", "今日入住"), "quiet"),
    "left": (Text("Released today", "今日解除"), "quiet"),
    "needs": (Text("With needs", "有特殊需要"), "info"),
    "under": (Text("Under an order", "隔离期内"), "quiet"),
    "all": (Text("All that is kept", "全部记录"), "quiet"),
}
PERIODS = {each.value: each.label for each in Period}
NONE = Empty(
    Text("Nobody isolates here", "暂无隔离人员"),
    Text(
        "Begin with an order to somebody, by a rule and on a record; or with whoever arrives at a site of this area.",
        "请先对人员下达隔离通知（写明规则和依据），或登记到达本辖区隔离场所的人员。",
    ),
    icon="bed",
)


def _read(row: Line) -> str:
    """The readings of today: the temperature, or what is still due."""
    said = []
    for period, label in PERIODS.items():
        if period in row.readings:
            temperature = row.readings[period].data.get("temperature")
            said.append(f"{label} {temperature if temperature is not None else '✓'}")
        elif period in row.due:
            said.append(f"{label} …")
    return " · ".join(said)


LISTING = Listing(
    columns=(
        Column("name", Text("Name", "姓名"), lambda row: row.name, sort=lambda row: row.stay.person, phone="title",
               link=lambda row: links.to("isolation.person", code=row.stay.person)),
        Column("state", Text("State", "状态"), lambda row: row.badge, sort=lambda row: row.urgency, phone="end"),
        Column("until", Text("Until", "截止"), lambda row: row.end,
               sort=lambda row: (row.end is None, str(row.end), row.stay.person)),
        Column("where", Text("Site and room", "场所、房间"), lambda row: row.where or None, sort=lambda row: (row.where, row.stay.person)),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.stay.home, row.stay.person)),
        Column("readings", Text("Readings today", "今日监测"), lambda row: _read(row) or None),
        Column("needs", Text("Needs", "特殊需要"), lambda row: row.needs or None, phone="wide"),
        Column("troubles", Text("To be looked at", "待核查"), lambda row: " ".join(map(str, row.troubles)) or None, phone="wide"),
        Column("since", Text("Transfer since", "转运起"), lambda row: row.stay.trip[row.stay.stage].at if row.stay.stage else None),
        Column("code", Text("Code", "编号"), lambda row: row.stay.person, hidden=True),
    ),
    order="state",
    empty=NONE,
    filters=(
        Filter("state", Text("State", "状态"), where(lambda row, state: state == "all" or state in row.states),
               choices=[(name, word) for name, (word, _) in STATES.items()], standing="open"),
        Filter("site", Text("Site", "隔离场所"), where(lambda row, value: value in (row.stay.place, row.site)), type="text"),
    ),
    search=words_said(lambda row: (row.name, row.where, row.stay.person, row.area)),
    codes=lambda row: [row.stay.person],
)  # fmt: skip


def desk(request: Request, area: str) -> HttpResponse:
    """The people of an area and of its sites; who is shown is written to the trail."""
    row, pack = Area.objects.current().get(code=area), policy(area)
    at = moment(request, pack)
    found = people(request.account, area, pack, at.now)
    listing = LISTING if found else replace(LISTING, filters=())  # where there is nobody, nothing is to be narrowed
    return listing.respond(
        request, found, template="isodesk/desk.html", context={"at": at, "tiles": _tiles(found, area)},
        heading=Text("Isolation desk: {area}", "{area} 隔离管理", area=row.name),
        crumbs=links.above(request.account, row, "isolation.desk"), actions=_actions(request, area),
    )  # fmt: skip


def _tiles(found: list[Line], area: str) -> list[Tile]:
    url = links.to("isolation.desk", area=area)
    numbers = {state: sum(state in each.states for each in found) for state in STATES}
    shown = [state for state in STATES if state != "all" and (numbers[state] or state == "open")]
    return [Tile(numbers[state], STATES[state][0], f"{url}?state={state}", tone=STATES[state][1]) for state in shown] if found else []


def _actions(request: Request, area: str) -> list[Action]:
    rooms = Action(Text("Rooms", "房间"), links.to("isolation.rooms", area=area), "door-enter")
    if not can(request.account, "isolation.record"):
        return [rooms]
    pages: tuple[Any, ...] = (
        (Text("Readings", "测温登记"), "isolation.readings", "temperature", True),
        (Text("Order somebody", "下达隔离通知"), "isolation.begin", "file-text", False),
        (Text("Somebody arrives", "人员到达"), "isolation.arrive", "plus", False),
    )  # fmt: skip
    made = [Action(label, links.to(name, area=area), icon, primary=main) for label, name, icon, main in pages]
    return [*(each for each in made if each.url), rooms]
