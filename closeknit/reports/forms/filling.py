"""What is written where on a day, and the workbook with it: what is not known stays empty and yellow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.styles import PatternFill  # type: ignore[import-untyped]

from closeknit.kit.text import Text
from closeknit.reports.forms.anchors import Heading, Places, column_words, row_words, sheet_of, speaks
from closeknit.reports.forms.books import MOST_ROWS, Seen, seen
from closeknit.reports.forms.marks import OF_ROW, Mark
from closeknit.reports.forms.values import Day, Value

YELLOW = PatternFill("solid", start_color="FFFF00", end_color="FFFF00")
GONE = Text("“{words}” was not found in this file.", "文件中找不到“{words}”。")
FORMULA = Text("“{words}” is a formula in this file; it was left as it is.", "“{words}”在文件中是公式，已保留。")
ROOM = Text(
    "“{words}”: {n} rows are needed and {room} are there. Add rows to the form and bring it again.",
    "“{words}”需要 {n} 行，表中只有 {room} 行。请在表中增加行后重新上传。",
)


@dataclass(frozen=True)
class Put:
    """A value for one cell; None where it is not known."""

    sheet: str
    row: int
    column: int
    value: Value
    mark: Mark


@dataclass
class Plan:
    """All that is written; and in words what could not be placed."""

    puts: list[Put] = field(default_factory=list)
    lost: list[Text] = field(default_factory=list)

    @property
    def unknown(self) -> list[Put]:
        """The cells that stay yellow."""
        return [put for put in self.puts if put.value is None]


def planned(book: Any, marks: Iterable[Mark], day: Day, titles: list[str]) -> Plan:
    """What the marks write on the day. titles: those of the sheets of the file on which the marks were made."""
    sheets = seen(book)
    places: dict[str, Places] = {}
    plan = Plan()
    for mark in marks:
        sheet = sheet_of(sheets, mark.anchor, titles)
        if sheet is None:
            plan.lost.append(GONE.format(words=mark.anchor.words or mark.anchor.sheet))
            continue
        if sheet.title not in places:
            places[sheet.title] = Places(sheet)
        _place(plan, mark, places[sheet.title], day)
    return plan


def _place(plan: Plan, mark: Mark, places: Places, day: Day) -> None:
    sheet = places.sheet
    if mark.spread == "one":
        cell = places.cell(mark.anchor)
        at = [(*cell, _row_area(sheet, *cell, day) if mark.holding.area == OF_ROW else "", 1)] if cell else None
    else:
        heading = places.heading(mark.anchor)
        if mark.spread == "rows":
            at = list(_rows(sheet, heading, day)) if heading else None
        else:
            at = _list(plan, mark, sheet, heading, day) if heading else None
    if at is None:
        plan.lost.append(GONE.format(words=mark.anchor.words))
        return
    for row, column, area, number in at:
        if sheet.is_formula(row, column):
            if mark.spread == "one":
                plan.lost.append(FORMULA.format(words=mark.anchor.words))
            continue
        plan.puts.append(Put(sheet.title, *sheet.origin(row, column), day.value(mark.holding, area, number), mark))


def _row_area(sheet: Seen, row: int, column: int, day: Day) -> str:
    """The area that a label left of a cell names; "" where none does."""
    return next((area for words in row_words(sheet, row, column)[0] if (area := day.area_named(words))), "")


def _rows(sheet: Seen, heading: Heading, day: Day) -> Iterator[tuple[int, int, str, int]]:
    """The cells of a column in the rows that have a label; those whose label names no area come with none."""
    number = 0
    for row in range(heading.row + 1, sheet.rows + 1):
        is_row = row_words(sheet, row, heading.column)[0] and not speaks(sheet, row, heading.column)
        if is_row and column_words(sheet, row, heading.column) == heading.words and not sheet.label(row, heading.column):
            number += 1
            yield row, heading.column, _row_area(sheet, row, heading.column, day), number


def _list(plan: Plan, mark: Mark, sheet: Seen, heading: Heading, day: Day) -> list[tuple[int, int, str, int]]:
    """The cells of a column filled downward, a row an area; nothing where there is no room for all."""
    areas = day.below()
    first = heading.row + 1
    room = next((row for row in range(first, sheet.rows + 1) if _is_taken(sheet, row, heading)), MOST_ROWS) - first
    if room < len(areas):
        plan.lost.append(ROOM.format(words=mark.anchor.words, n=len(areas), room=room))
        return []
    return [(first + place, heading.column, area, place + 1) for place, area in enumerate(areas)]


def _is_taken(sheet: Seen, row: int, heading: Heading) -> bool:
    """Whether a list cannot go on here: something is reckoned, or the row has a label of its own such as a total."""
    return any(sheet.label(row, column) for column in range(1, sheet.columns + 1)) or sheet.is_formula(row, heading.column)


def filled(book: Any, plan: Plan) -> Any:
    """The workbook with the plan's values, in its own look."""
    for put in plan.puts:
        cell = book[put.sheet].cell(put.row, put.column)
        cell.value = put.value
        if put.value is None:
            cell.fill = YELLOW
        elif isinstance(put.value, str):
            cell.data_type = "s"  # also where it begins with =
    book.calculation.fullCalcOnLoad = True
    return book
