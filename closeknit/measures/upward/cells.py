"""Saying what a form's cells hold: the sheet as it looks, a panel for the chosen cell, and what the headings suggest."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from openpyxl.utils.cell import coordinate_to_tuple  # type: ignore[import-untyped]

from closeknit.campaigns.models import Campaign
from closeknit.console.forms import Form as Asking
from closeknit.console.forms import FormField
from closeknit.console.page import show
from closeknit.console.parts import Tab, Tabs
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.folding import fold
from closeknit.kit.text import Text
from closeknit.measures.upward import actions, words
from closeknit.measures.upward.forms import HEADING, one
from closeknit.reports.forms import books
from closeknit.reports.forms.anchors import Places, anchor_of, heading_anchor, sheet_of
from closeknit.reports.forms.books import Seen
from closeknit.reports.forms.grid import grid
from closeknit.reports.forms.marks import CAMPAIGN, OWN, Anchor, Holding, Mark
from closeknit.reports.forms.suggesting import Suggestion, suggested
from closeknit.reports.forms.values import Choice, Day, choices
from closeknit.reports.windows import day_of

SURE_FROM = 90
OF_A_ROW = ("area", "number", "state")
FORMULA = Text("This cell holds a formula, which stays. Choose another.", "该单元格为公式，将予保留。请选择其他单元格。")
NO_HEADING = Text("No heading stands above this cell. Say what this cell alone holds.", "该单元格上方没有表头，只能指定此单元格。")
NO_WORDS = Text("No words stand beside or above this cell, so it could not be found again.", "该单元格左侧和上方均无文字，以后无法识别。")
NO_FIGURE = Text(
    "There is no figure of this name. Type a part of it and choose one that is offered.", "没有此数据项。请输入部分名称后从提示中选择。"
)
NO_WORD = Text("Write what always stands there.", "请填写固定内容。")
ONLY_IN_ROWS = Text(
    "This belongs to the rows of a list: choose “A list from here downward” or “This column”.",
    "该内容用于逐行填写：请选择“逐行列出”或“本列各行”。",
)


class Table:
    """One form, opened for saying what its cells hold."""

    def __init__(self, request: Request, form: UUID) -> None:
        self.request, self.form = request, one(form)
        self.book = self.form.book()
        self.sheets = books.seen(self.book)
        self.marks, self.titles = self.form.marked()
        self.day = Day(self.form.area, day_of(self.form.area, clock.now()), request.account.shown_name)
        self.figures = choices(self.form.area, self.day.frame.start, self.day.frame.end)
        self.number = self._number(request.GET.get("sheet", "0"))
        self.places = Places(self.sheet)
        self.at = self._cell(request.GET.get("cell", ""))

    def _number(self, asked: str) -> int:
        if not asked.isdigit() or int(asked) >= len(self.sheets):
            raise Http404
        return int(asked)

    @property
    def sheet(self) -> Seen:
        return self.sheets[self.number]

    def _cell(self, asked: str) -> tuple[int, int] | None:
        if not asked:
            return None
        try:
            row, column = coordinate_to_tuple(asked.upper()[:8])
        except ValueError:
            raise Http404 from None
        if row > self.sheet.rows or column > self.sheet.columns:
            raise Http404
        return self.sheet.origin(row, column)

    @property
    def labels(self) -> dict[str, Text]:
        return {each.name: each.label for each in self.figures}

    def here(self) -> list[tuple[int, Mark, tuple[int, int] | None]]:
        """The marks of this sheet by their number, each with its cell; None where that is not found again."""
        placed = []
        for number, mark in enumerate(self.marks):
            if sheet_of(self.sheets, mark.anchor, self.titles) is self.sheet:
                heading = None if mark.spread == "one" else self.places.heading(mark.anchor)
                cell = self.places.cell(mark.anchor) if mark.spread == "one" else (heading.row, heading.column) if heading else None
                placed.append((number, mark, self.sheet.origin(*cell) if cell else None))
        return placed

    def said_there(self) -> Mark | None:
        """What is said of the chosen cell or of its column already."""
        if self.at is None:
            return None
        keys = {Mark(anchor, Holding("unit"), spread).key: spread for spread in ("one", "rows") if (anchor := self.anchor(spread))}  # type: ignore[arg-type]
        return next((mark for mark in self.marks if mark.key in keys), None)

    def anchor(self, spread: str) -> Anchor | None:
        assert self.at is not None
        if spread == "one":
            return anchor_of(self.sheet, *self.at)
        below = heading_anchor(self.sheet, *self.at)
        return below or (heading_anchor(self.sheet, self.at[0] + 1, self.at[1]) if self.sheet.label(*self.at) else None)

    def suggestions(self) -> list[Suggestion]:
        return suggested(self.sheet, self.figures, self.day, self.marks)


def cells(request: Request, form: UUID) -> HttpResponse:
    """The sheet, the panel, and what was said so far."""
    table = Table(request, form)
    asking = _asking(table) if table.at else None
    if request.method == "POST":
        answer = _posted(request, table, asking)
        if answer is not None:
            return answer
    placed = table.here()
    said = {cell: words.held(mark.holding, table.labels, table.day.names) for _, mark, cell in placed if cell}
    here = books.address(*table.at) if table.at else ""
    context = {
        "form": table.form,
        "grid": grid(table.sheet, (), said, here),
        "number": table.number,
        "tabs": Tabs([Tab(sheet.title, f"?sheet={place}", place == table.number) for place, sheet in enumerate(table.sheets)]),
        "asking": {each.field.name: each for each in asking.asked} if asking else None,
        "errors": list(asking.errors.values()) if asking else [],
        "here": here,
        "formula": FORMULA if table.at and table.sheet.is_formula(*table.at) else None,
        "figures": table.figures,
        "marks": [(number, words.told(mark, table.labels, table.day.names), cell is not None) for number, mark, cell in placed],
        "suggestions": [(words.told(each.mark, table.labels, table.day.names), each.fits >= SURE_FROM) for each in table.suggestions()],
    }
    crumbs = [(HEADING, reverse("upward.list")), (table.form.name, reverse("upward.form", args=[form]))]
    heading = Text("What the cells hold: {name}", "单元格设置：{name}", name=table.form.name)
    status = 422 if asking and asking.errors else 200
    return show(request, "upward/cells.html", context, heading=heading, crumbs=crumbs, status=status)


def _asking(table: Table) -> Asking:
    row_areas = [(code, name) for code, name in table.day.names.items() if code != table.form.area]
    plans = Campaign.objects.current().filter(area__in=[table.form.area, *table.day.names]).order_by("-starts_at")[:50]
    windows = [*words.WINDOWS.items(), *((f"{CAMPAIGN}{each.code}", each.name or each.code) for each in plans)]
    fields = [
        FormField("what", Text("What stands there", "填写内容"), "choice", required=True, choices=list(words.WHAT.items())),
        FormField("figure", Text("Figure", "数据项"), help=Text("Type a part of its name and choose.", "输入部分名称后选择。")),
        FormField(
            "area",
            Text("Whose figure", "数据所属地区"),
            "choice",
            choices=[("own", words.AREAS[OWN]), ("row", words.AREAS["row"]), *row_areas],
        ),
        FormField("window", Text("Of what time", "统计时段"), "choice", choices=windows),
        FormField("words", Text("Fixed words", "固定内容"), maximum=200),
        FormField("pattern", Text("How the date is written", "日期格式"), "choice", choices=list(words.PATTERNS.items())),
        FormField("spread", Text("For which cells", "适用范围"), "choice", required=True, choices=list(words.SPREADS.items())),
    ]
    mark = table.said_there()
    held = mark.holding if mark else Holding("figure")
    initial = {
        "what": held.what, "figure": str(table.labels.get(held.figure, held.figure)), "area": held.area or "own", "window": held.window,
        "words": held.words if held.what == "constant" else "", "pattern": held.words if held.what == "date" else "long",
        "spread": mark.spread if mark else "one",
    }  # fmt: skip
    posted = table.request.POST if table.request.POST.get("do") == "say" else None
    return Asking(fields, posted, initial)


def _posted(request: Request, table: Table, asking: Asking | None) -> HttpResponse | None:
    marks, do = list(table.marks), request.POST.get("do", "")
    if do == "forget":
        number = request.POST.get("number", "")
        if not number.isdigit() or int(number) >= len(marks):
            raise Http404
        del marks[int(number)]
    elif do == "suggested":
        taken = set(request.POST.getlist("take"))
        marks += [each.mark for number, each in enumerate(table.suggestions()) if str(number) in taken]
    elif do == "say" and asking is not None:
        mark = _mark(table, asking)
        if mark is None:
            return None
        marks = [each for each in marks if each.key != mark.key] + [mark]
    else:
        raise Http404
    actions.say(table.form, marks, by=author(request.account))
    tell(request, Text("Kept. It holds for every file with these headings.", "已保存，对相同表头的文件均有效。"))
    return redirect(f"{reverse('upward.cells', args=[table.form.id])}?sheet={table.number}")


def _mark(table: Table, asking: Asking) -> Mark | None:
    """What the panel says, as a mark; None where it cannot be, which then stands in the form's errors."""
    said, at = asking.values, table.at
    assert at is not None
    spread, what = said.get("spread", ""), said.get("what", "")
    anchor = table.anchor(spread) if asking.valid() else None
    if asking.valid() and table.sheet.is_formula(*at):
        asking.refuse("", FORMULA)
    elif asking.valid() and anchor is None:
        asking.refuse("spread", NO_HEADING)
    elif anchor and not (anchor.row or anchor.column):
        asking.refuse("spread", NO_WORDS)
    elif what in OF_A_ROW and spread == "one":
        asking.refuse("spread", ONLY_IN_ROWS)
    holding = _holding(table, asking)
    if asking.errors or anchor is None or holding is None:
        return None
    return Mark(anchor, holding, spread)


def _holding(table: Table, asking: Asking) -> Holding | None:
    said = asking.values
    what: Any = said.get("what", "")
    if what == "figure":
        chosen = figure_named(said.get("figure", ""), table.figures)
        if chosen is None:
            asking.refuse("figure", NO_FIGURE)
            return None
        area = said.get("area") or "own"
        return Holding(what, chosen.name, OWN if area == "own" else area, said.get("window") or "day")
    if what == "constant" and not said.get("words"):
        asking.refuse("words", NO_WORD)
        return None
    return Holding(what, words={"constant": said.get("words", ""), "date": said.get("pattern") or "long"}.get(what, ""))


def figure_named(typed: str, figures: list[Choice]) -> Choice | None:
    """The figure that somebody typed or chose: by its name of the contract, or by its label in either language, if only one has it."""
    plain = fold(typed)
    same = [each for each in figures if typed.strip() == each.name or plain in each.said]
    return same[0] if len(same) == 1 else None
