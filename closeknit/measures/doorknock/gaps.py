"""The gap list: every door that is left, by name, with one press for what came of the visit; on the screen, on paper, as a file."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.lists.columns import Column
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty, Notice, Tab, Tabs
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit.folding import fold
from closeknit.kit.text import Text
from closeknit.measures.doorknock.coverage_page import KIND, NONE
from closeknit.measures.doorknock.doors import COLUMNS, STATES, Door, doors, shown
from closeknit.measures.doorknock.kinds import Outcome
from closeknit.registry.models import Found, Person
from closeknit.registry.reading.names import told_of
from closeknit.registry.searching import search_persons

MOST_FOUND, ON_A_SHEET = 50, 300
WALK = ("area", "order", "code")
SAID = ("name", "landmark", "address")  # of a family that was found
NOT_NOW = Text("This sweep is {state}: a visit of this moment does not count for it.", "本次行动{state}，现在登记的走访不计入。")
KEPT_BACK = Text(
    "{n} household{n:s} refused finally. Who they are stays in the village; nobody calls on them again for this sweep.",
    "另有 {n} 户多次拒绝，本次行动不再上门；名单仅村内可见。",
)
NO_DOOR = Empty(
    Text("No door is left here", "本辖区已清零"), Text("Every household that is due is settled.", "应走访户均已落实。"), icon="circle-check"
)
PAPER_IS_FULL = Text("The first {n} doors. Choose a village or a grid for the rest.", "仅列前 {n} 户，其余请按村或网格打印。")
FIND = Text("Code, name, end of the ID", "户编号、姓名、证件号末位")
DOORS = (
    Column("door", Text("Door", "户"), lambda door: door.name, WALK, lambda door: door.url, phone="title"),
    Column("code", Text("Code", "户编号"), lambda door: door.code, file_only=True),
    Column("tries", Text("Tries", "上门次数"), lambda door: door.tries or "", ("tries", *WALK), number=True, phone="end"),
    Column("address", Text("Address", "地址"), lambda door: door.where, export=lambda door: door.address, phone="wide"),
    Column("area", Text("Area", "地区"), lambda door: door.area_name, hidden=True),
    Column(
        "last", Text("Last word", "最近结果"), lambda door: door.last_word, ("last", *WALK), export=lambda door: door.badge, phone="wide"
    ),
    Column("at", Text("When", "时间"), lambda door: door.last, file_only=True),
    Column("member", Text("By", "走访人"), lambda door: door.member, file_only=True),
    Column("refusals", Text("Refusals", "拒绝次数"), lambda door: door.refusals or "", ("refusals", *WALK), number=True, hidden=True),
)
PRESSES = Column("presses", Text("What came of it", "登记结果"), lambda door: door.presses, export=lambda door: "", phone="wide")


def _rows(seen: Asked) -> QuerySet[Any]:
    """The rows that the address asks for, unfetched: its state and its words are applied to each part before they are joined."""
    query = seen.request.GET
    state, words = query.get("state", ""), query.get("q", "").strip()[:80]
    parts = [_searched(rows, words).order_by().values(*COLUMNS) for rows in doors(seen, state if state in STATES else "left")]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _searched(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The doors whose code, or one of whose people, answers to the words; of a family that no list knew what was said of it."""
    if not words:
        return rows
    if rows.model is Found:
        return rows.filter(Q(code__icontains=words) | Q(code__in=_found_by(rows, fold(words))))
    people = search_persons(words, Person.objects.current().filter(area__in=rows.values("area")), most=MOST_FOUND)
    return rows.filter(Q(code__icontains=words) | Q(code__in=[person.household for person in people]))


def _found_by(rows: QuerySet[Found], words: str) -> list[str]:
    told = told_of(rows)
    return [code for code, said in told.items() if words and any(words in fold(said.get(name, "")) for name in SAID)]


def _listing(seen: Asked, *, may_record: bool) -> Listing:
    full = names.in_full(seen.account, "doorknock.record")
    return Listing(
        columns=(*DOORS, PRESSES) if may_record else DOORS,
        order="door",
        empty=NO_DOOR,
        search=lambda rows, words: rows,  # `_rows` has searched: rows that are joined cannot be filtered any more
        search_label=FIND,
        codes=lambda door: [door.code],
        what="household",
        dress=lambda rows: shown(seen, rows, full=full),
    )


def gaps(request: Request, area: str) -> HttpResponse:
    """The doors of an area, those that are left first of all."""
    seen = asked(request, KIND, area)
    crumbs = [*seen.crumbs("doorknock.coverage"), (seen.area.name, seen.url("doorknock.coverage"))]
    heading = Text("Doors: {name}", "走访清单：{name}", name=seen.area.name)
    if seen.campaign is None:
        return show(request, "doorknock/gaps.html", {"asked": seen, "none": NONE}, heading=heading, crumbs=crumbs)
    may_record = seen.runs and can(request.account, "doorknock.record")
    context = {"asked": seen, "tabs": _tabs(seen), "notices": _notices(seen), "may_record": may_record}
    actions = [*_found(seen), _paper(seen)]
    frame: dict[str, Any] = {"template": "doorknock/gaps.html", "heading": heading, "crumbs": crumbs, "actions": actions}
    return _listing(seen, may_record=may_record).respond(request, _rows(seen), context=context, **frame)


def _paper(seen: Asked) -> Action:
    state = seen.request.GET.get("state", "")
    return Action(Text("On paper", "走访登记表"), seen.url("doorknock.sheet", **({"state": state} if state else {})), "printer")


def _found(seen: Asked) -> list[Action]:
    """The way for a family at a door that no list knows."""
    to = links.to("register.add") if seen.runs and can(seen.account, "registry.record") else ""
    asks = urlencode({"what": "household", "area": seen.area.code})
    return [Action(Text("A family in no list", "登记名册外户"), f"{to}?{asks}", "user-plus")] if to else []


def _tabs(seen: Asked) -> Tabs:
    """The states with their numbers; finally refused doors only where the reader may see them."""
    assert seen.live is not None
    total, state = seen.live.total, seen.request.GET.get("state", "")
    hidden = 0 if seen.sees_final else total.final
    numbers = {
        "left": total.left - hidden, "never": total.never, "absent": total.words["absent"], "refused": total.words["refused"] - hidden,
        "final": total.final, "settled": total.reached, "due": total.due - hidden,
    }  # fmt: skip
    wanted = [name for name in STATES if name != "final" or (seen.sees_final and total.final)]
    now = state if state in STATES else "left"
    return Tabs(
        [Tab(STATES[name], seen.url("doorknock.gaps", state=name), name == now, numbers[name]) for name in wanted], Text("State", "状态")
    )


def _notices(seen: Asked) -> list[Notice]:
    notices = [] if seen.runs else [Notice(NOT_NOW.format(state=seen.state), "watch")]
    final = seen.live.total.final if seen.live and not seen.sees_final else 0
    return [*notices, *([Notice(KEPT_BACK.format(n=final))] if final else [])]


def sheet(request: Request, area: str) -> HttpResponse:
    """The same doors on paper: a row each, with boxes for what comes of the visit and a place for the signature."""
    seen = asked(request, KIND, area)
    if seen.campaign is None:
        return gaps(request, area)
    found = _rows(seen).order_by(*WALK)
    rows: list[Door] = shown(seen, found[:ON_A_SHEET], full=names.in_full(request.account, "doorknock.record"))
    trail.read(request.account, request.screen.name, [row.code for row in rows], what="household", purpose="paper", path=request.path)
    cut = PAPER_IS_FULL.format(n=ON_A_SHEET) if found.count() > ON_A_SHEET else ""
    state = STATES.get(request.GET.get("state", ""), STATES["left"])
    context = {"asked": seen, "rows": rows, "outcomes": list(Outcome), "cut": cut, "state": state}
    heading = Text("Visits on paper: {name}", "入户走访登记表：{name}", name=seen.area.name)
    crumbs = [(seen.area.name, seen.url("doorknock.gaps"))]
    return show(request, "doorknock/sheet.html", context, heading=heading, crumbs=crumbs)
