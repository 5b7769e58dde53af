"""A list of rows as a page, as a file, or on paper."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.console.lists.columns import Column, Filter, Rows, Words
from closeknit.console.lists.files import as_csv, as_xlsx
from closeknit.console.lists.state import State, read
from closeknit.console.page import show
from closeknit.console.parts import Empty
from closeknit.console.screens import Request
from closeknit.kit.text import Text

PER_PAGE = 50
MOST_PRINTED = 2_000
EXPORT = "exports.record"
SEARCH = Text("Search this list", "在本列表中搜索")
NOTHING_FOUND = Empty(
    Text("Nothing matches.", "没有符合条件的记录。"), Text("Take a filter away or change the words.", "请减少筛选条件或更换关键词。")
)


@dataclass(frozen=True)
class Listing:
    """A declared list. order: the column it is sorted by at first, `-name` for downwards. search: gives the rows that match words.

    codes: the persons or households whom a row shows, for the trail; what: what they are. empty: what the page says where there is
    nothing at all. dress: adds to a page's rows what is only needed where they are shown (names, last words), in one query.
    """

    columns: Sequence[Column]
    order: str
    empty: Empty
    filters: Sequence[Filter] = ()
    search: Callable[[Any, str], Any] | None = None
    codes: Callable[[Any], Iterable[str]] | None = None
    what: str = "person"
    search_label: Words = SEARCH
    dress: Callable[[list[Any]], list[Any]] | None = None
    per_page: int = PER_PAGE

    def respond(self, request: Request, rows: Rows, **page: Any) -> HttpResponse:
        """The list as the request asks for it: `?as=xlsx`, `?as=csv`, `?as=print`, else a page. `page` is what `show` takes:
        heading, crumbs, actions, template (one that includes console/list/list.html), context."""
        state = read(request.GET, self.columns, self.filters, order=self.order)
        shape = request.GET.get("as", "")
        found = self.found(rows, state)
        if shape in ("xlsx", "csv"):
            return self._file(request, found, shape, page.get("heading") or request.screen.title)
        if shape == "print":
            return self._paper(request, found, state, **page)
        return self._page(request, found, state, rows, **page)

    def found(self, rows: Rows, state: State) -> Rows:
        """The rows that remain, in order."""
        for one in self.filters:
            if state.filters.get(one.name):
                rows = one.narrow(rows, state.filters[one.name])
        if state.words and self.search:
            rows = self.search(rows, state.words)
        return self._sorted(rows, state.sort)

    def _sorted(self, rows: Rows, sort: str) -> Rows:
        column = next((each for each in self.columns if each.name == sort.lstrip("-")), None)
        if column is None or column.sort is None:
            return rows
        down = sort.startswith("-")
        if isinstance(rows, QuerySet):
            fields = [column.sort] if isinstance(column.sort, str) else list(column.sort)  # type: ignore[arg-type]
            return rows.order_by(*(_turned(name) if down else name for name in fields))
        key = column.sort if callable(column.sort) else column.value
        return sorted(rows, key=key, reverse=down)

    def _shown(self, state: State) -> list[Column]:
        on_page = [column for column in self.columns if not column.file_only]
        if state.columns:
            return [column for column in on_page if column.name in state.columns]
        return [column for column in on_page if not column.hidden]

    def _dressed(self, rows: Iterable[Any]) -> list[Any]:
        listed = list(rows)
        return self.dress(listed) if self.dress else listed

    def _read(self, request: Request, rows: Iterable[Any], purpose: str) -> None:
        if self.codes:
            codes = [code for row in rows for code in self.codes(row)]
            trail.read(request.account, request.screen.name, codes, what=self.what, purpose=purpose, path=request.path)

    def _file(self, request: Request, found: Rows, shape: str, title: Words) -> HttpResponse:
        if not can(request.account, EXPORT):
            raise PermissionDenied
        rows = self._dressed(found)
        self._read(request, rows, f"export {shape}")
        make = as_xlsx if shape == "xlsx" else as_csv
        return make([column for column in self.columns if column.heading], rows, str(title), request.account.username)

    def _paper(self, request: Request, found: Rows, state: State, **page: Any) -> HttpResponse:
        total = _count(found)
        rows = self._dressed(found[:MOST_PRINTED])
        self._read(request, rows, "print")
        view = View(self, state, self._shown(state), rows, None, total, request)
        page.pop("template", None)
        context = {**page.pop("context", {}), "list": view, "cut": total > len(rows), "most": MOST_PRINTED}
        return show(request, "console/list/paper.html", context, **{**page, "actions": ()})

    def _page(self, request: Request, found: Rows, state: State, all_rows: Rows, **page: Any) -> HttpResponse:
        pages = Paginator(found, self.per_page)
        one: Page[Any] = pages.get_page(state.page)
        rows = self._dressed(one.object_list)
        self._read(request, rows, "")
        view = View(self, replace(state, page=one.number), self._shown(state), rows, one, pages.count, request)
        if not pages.count and not state.is_narrowed and not _count(all_rows):
            view.empty = self.empty
        context = {**page.pop("context", {}), "list": view}
        return show(request, page.pop("template", "console/list/page.html"), context, **page)


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _count(rows: Rows) -> int:
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


@dataclass
class View:
    """What the templates read."""

    listing: Listing
    state: State
    columns: list[Column]
    rows: list[Any]
    page: Page[Any] | None
    total: int
    request: Request
    empty: Empty = field(default=NOTHING_FOUND)

    @property
    def cells(self) -> Iterable[list[dict[str, Any]]]:
        """Each row's cells: column, value, link. On paper a cell says what it says in a file: nobody presses a button there."""
        on_paper = self.page is None
        for row in self.rows:
            yield [
                {
                    "column": column,
                    "value": column.export(row) if on_paper and column.export else column.value(row),
                    "link": column.link(row) if column.link else "",
                }
                for column in self.columns
            ]

    @property
    def headings(self) -> Iterable[dict[str, Any]]:
        """Each heading with its way to sort and how it is sorted now."""
        for column in self.columns:
            sorted_by = self.state.sort.lstrip("-") == column.name
            down = sorted_by and self.state.sort.startswith("-")
            first = f"-{column.name}" if column.number else column.name
            turned = (column.name if down else f"-{column.name}") if sorted_by else first
            yield {
                "column": column,
                "url": self.state.query(sort=turned) if column.sort is not None else "",
                "aria": ("descending" if down else "ascending") if sorted_by else "",
            }

    @property
    def searches(self) -> bool:
        """Whether the list can be searched. A template that named the search itself would call it."""
        return self.listing.search is not None

    @property
    def tools(self) -> Iterable[dict[str, Any]]:
        """Each filter with what is chosen."""
        for one in self.listing.filters:
            yield {"filter": one, "chosen": self.state.filters.get(one.name, ""), "options": one.options() if one.type == "choice" else ()}

    @property
    def is_asked(self) -> bool:
        """Whether words or filters differ from what stands where the URL says nothing."""
        standing = {one.name: one.standing for one in self.listing.filters if one.standing}
        return bool(self.state.words) or self.state.filters != standing

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the filter form must carry on: the screen's own parameters, order and columns."""
        own = (("sort", self.state.sort if self.state.sort != self.listing.order else ""), ("cols", ",".join(self.state.columns)))
        return [*self.state.others, *((name, value) for name, value in own if value)]

    @property
    def filter_pairs(self) -> list[tuple[str, str]]:
        """The filters as hidden fields carry them."""
        return [(name, value) for name, value in self.state.flat().items() if value]

    @property
    def choosable(self) -> list[dict[str, Any]]:
        """The columns that can be chosen, and whether they are shown."""
        shown = {column.name for column in self.columns}
        return [{"column": each, "shown": each.name in shown} for each in self.listing.columns if not each.file_only]

    @property
    def kept_query(self) -> str:
        """The query of a view that is kept: without words, which may be somebody's name, and without the page."""
        return self.state.query(q="", page=1).lstrip("?")

    @property
    def may_export(self) -> bool:
        """Whether the reader may take the list out of the house."""
        return can(self.request.account, EXPORT)

    def link(self, **changes: Any) -> str:
        """The same list, changed."""
        return self.state.query(**changes)

    @property
    def as_xlsx(self) -> str:
        """The list as a workbook."""
        return self._as("xlsx")

    @property
    def as_csv(self) -> str:
        """The list as text."""
        return self._as("csv")

    @property
    def as_paper(self) -> str:
        """The list to print."""
        return self._as("print")

    def _as(self, shape: str) -> str:
        query = self.state.query(page=1)
        return f"{query}{'' if query == '?' else '&'}as={shape}"

    @property
    def next_url(self) -> str:
        """The next page."""
        return self.state.query(page=self.page.next_page_number()) if self.page and self.page.has_next() else ""

    @property
    def previous_url(self) -> str:
        """The page before."""
        return self.state.query(page=self.page.previous_page_number()) if self.page and self.page.has_previous() else ""

    @property
    def cleared_url(self) -> str:
        """The list without words and filters."""
        plain = State(sort=self.state.sort, columns=self.state.columns, others=self.state.others)
        return plain.query()
