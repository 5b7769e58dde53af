"""The gap list: every door that is left, by name, with one press for what came of the visit; on the screen, on paper, as a file."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.console.coverage.asked import Asked, asked
from closeknit.console.page import show
from closeknit.console.parts import Notice, Tab, Tabs
from closeknit.console.records import names
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.doorknock.coverage_page import KIND, NONE
from closeknit.measures.doorknock.doors import COLUMNS, STATES, Door, doors, shown
from closeknit.measures.doorknock.kinds import Outcome
from closeknit.measures.doorknock.sheets import doors_file
from closeknit.registry.models import Person
from closeknit.registry.searching import search_persons

ON_A_PAGE, ON_A_SHEET, IN_A_FILE = 50, 300, 5000
ORDERS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "": (Text("Walking order", "走访顺序"), ("area", "order", "code")),
    "last": (Text("Longest ago first", "上次走访最早"), ("last", "area", "order", "code")),
    "tries": (Text("Most tries first", "上门次数最多"), ("-tries", "area", "order", "code")),
}
PRESSES = tuple((number, each) for number, each in enumerate(Outcome, 1) if each is not Outcome.MET)
NOT_NOW = Text("This sweep is {state}: a visit of this moment does not count for it.", "本次行动{state}，现在登记的走访不计入。")
KEPT_BACK = Text(
    "{n} households refused finally. Who they are stays in the village; nobody calls on them again for this sweep.",
    "另有 {n} 户多次拒绝，本次行动不再上门；名单仅村内可见。",
)
NO_DOOR = Text("No door answers to this. Choose another state or clear the search.", "没有符合条件的户，可换一种状态或清空搜索。")
PAPER_IS_FULL = Text("The first {n} doors. Choose a village or a grid for the rest.", "仅列前 {n} 户，其余请按村或网格打印。")


@dataclass(frozen=True)
class Gaps:
    """The list as the address asks for it: state, words, order and page; all of it stands in the query."""

    seen: Asked
    query: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        return self.query.get("state", "") if self.query.get("state") in STATES else "left"

    @property
    def words(self) -> str:
        return self.query.get("q", "").strip()[:80]

    @property
    def order(self) -> str:
        return self.query.get("sort", "") if self.query.get("sort") in ORDERS else ""

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows that are asked for, unfetched and in order."""
        parts = [_searched(rows, self.words).order_by().values(*COLUMNS) for rows in doors(self.seen, self.state)]
        joined = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        ordered: QuerySet[Any] = joined.order_by(*ORDERS[self.order][1])
        return ordered

    @cached_property
    def count(self) -> int:
        return self.rows.count()

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ON_A_PAGE))

    @property
    def page(self) -> int:
        """The page asked for, within those that there are: after the last row of a page has left, the one before it."""
        asked_for = self.query.get("page", "1")
        return min(int(asked_for), self.pages) if asked_for.isdecimal() and asked_for != "0" else 1

    def shown(self, first: int, last: int, *, full: bool) -> list[Door]:
        return shown(self.seen, self.rows[first:last], full=full)

    def url(self, **changes: str) -> str:
        """This list with something changed; a change begins at the first page."""
        pairs = {**self.query, "page": "", **changes}
        kept = urlencode(
            {name: value for name, value in pairs.items() if value and name in ("state", "q", "sort", "page", "campaign", "format")}
        )
        return f"{self.seen.request.path}?{kept}" if kept else self.seen.request.path

    @property
    def here(self) -> str:
        return self.url(page=self.query.get("page", ""))

    @property
    def saved_query(self) -> str:
        """What is kept of a view: without search words, which may be somebody's name."""
        return self.url(q="").partition("?")[2]


def _searched(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The doors whose code, or one of whose people, answers to the words."""
    if not words:
        return rows
    people = search_persons(words, Person.objects.current().filter(area__in=rows.values("area")), most=ON_A_PAGE)
    return rows.filter(Q(code__icontains=words) | Q(code__in=[person.household for person in people]))


def gaps(request: Request, area: str) -> HttpResponse:
    """The doors of an area, those that are left first of all."""
    seen = asked(request, KIND, area)
    crumbs = [*seen.crumbs("doorknock.coverage"), (seen.area.name, seen.url("doorknock.coverage"))]
    heading = Text("Doors: {name}", "走访清单：{name}", name=seen.area.name)
    if seen.campaign is None:
        return show(request, "doorknock/gaps.html", {"asked": seen, "none": NONE}, heading=heading, crumbs=crumbs)
    listed = Gaps(seen, request.GET.dict())
    full = names.in_full(request.account, "doorknock.record")
    if request.GET.get("format"):
        return _file(request, listed, full=full)
    first = (listed.page - 1) * ON_A_PAGE
    rows = listed.shown(first, first + ON_A_PAGE, full=full)
    trail.read(request.account, request.screen.name, [row.code for row in rows], what="household", path=request.path)
    context = {
        "asked": seen, "listed": listed, "rows": [*zip(rows, [*rows[1:], None], strict=True)],
        "before": listed.url(page=str(listed.page - 1)), "after": listed.url(page=str(listed.page + 1)),
        "tabs": _tabs(listed), "orders": [(name, label) for name, (label, _) in ORDERS.items()], "presses": PRESSES, "none_here": NO_DOOR,
        "may_record": seen.runs and can(request.account, "doorknock.record"), "notices": _notices(seen),
        "paper": _paper(listed), "may_export": can(request.account, "exports.record"),
    }  # fmt: skip
    return show(request, "doorknock/gaps.html", context, heading=heading, crumbs=crumbs)


def _paper(listed: Gaps) -> str:
    kept = listed.url().partition("?")[2]
    return listed.seen.url("doorknock.sheet").partition("?")[0] + (f"?{kept}" if kept else "")


def _tabs(listed: Gaps) -> Tabs:
    """The states with their numbers; finally refused doors only where the reader may see them."""
    assert listed.seen.live is not None
    total = listed.seen.live.total
    hidden = 0 if listed.seen.sees_final else total.final
    numbers = {
        "left": total.left - hidden, "never": total.never, "absent": total.words["absent"], "refused": total.words["refused"] - hidden,
        "final": total.final, "settled": total.reached, "due": total.due - hidden,
    }  # fmt: skip
    wanted = [name for name in STATES if name != "final" or (listed.seen.sees_final and total.final)]
    tabs = [Tab(STATES[name], listed.url(state="" if name == "left" else name), name == listed.state, numbers[name]) for name in wanted]
    return Tabs(tabs, Text("State", "状态"))


def _notices(seen: Asked) -> list[Notice]:
    notices = [] if seen.runs else [Notice(NOT_NOW.format(state=seen.state), "watch")]
    final = seen.live.total.final if seen.live and not seen.sees_final else 0
    return [*notices, *([Notice(KEPT_BACK.format(n=final))] if final else [])]


def sheet(request: Request, area: str) -> HttpResponse:
    """The same doors on paper: a row each, with boxes for what comes of the visit and a place for the signature."""
    seen = asked(request, KIND, area)
    if seen.campaign is None:
        return gaps(request, area)
    listed = Gaps(seen, request.GET.dict())
    rows = listed.shown(0, ON_A_SHEET, full=names.in_full(request.account, "doorknock.record"))
    trail.read(request.account, request.screen.name, [row.code for row in rows], what="household", purpose="paper", path=request.path)
    cut = PAPER_IS_FULL.format(n=ON_A_SHEET) if listed.count > ON_A_SHEET else ""
    context = {"asked": seen, "rows": rows, "outcomes": list(Outcome), "cut": cut, "state": STATES[listed.state]}
    heading = Text("Visits on paper: {name}", "入户走访登记表：{name}", name=seen.area.name)
    crumbs = [(seen.area.name, seen.url("doorknock.gaps"))]
    return show(request, "doorknock/sheet.html", context, heading=heading, crumbs=crumbs)


def _file(request: Request, listed: Gaps, *, full: bool) -> HttpResponse:
    if not can(request.account, "exports.record"):
        raise PermissionDenied
    rows = listed.shown(0, IN_A_FILE, full=full)
    trail.read(request.account, request.screen.name, [row.code for row in rows], what="household", purpose="export", path=request.path)
    name = f"doors-{listed.seen.area.code}-{listed.state}"
    return doors_file(request.GET["format"], rows, name)
