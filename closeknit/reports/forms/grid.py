"""A sheet as a page shows it: merged cells, widths, what is said of each cell, and what would be written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from closeknit.kit.text import Text
from closeknit.reports.forms.anchors import cells
from closeknit.reports.forms.books import Seen, address
from closeknit.reports.forms.filling import Put

PIXELS = 7.5  # a character's width, as spreadsheets count a column's
NARROWEST, WIDEST = 44, 320
STANDARD = 9.0


@dataclass(frozen=True)
class Cell:
    """One cell: where, what stands there, over how many columns and rows, and what it is."""

    address: str
    words: str
    columns: int
    rows: int
    strong: bool
    label: bool
    formula: bool
    marked: Text | str = ""
    unknown: bool = False
    here: bool = False


@dataclass(frozen=True)
class Grid:
    """The whole sheet."""

    widths: list[int]
    letters: list[str]
    lines: list[tuple[int, list[Cell]]]


def grid(sheet: Seen, puts: Iterable[Put], said: dict[tuple[int, int], Text], here: str = "") -> Grid:
    """The sheet with what is written into it (puts) and what is said of its cells (said)."""
    written = {(put.row, put.column): put for put in puts if put.sheet == sheet.title}
    spans = _spans(sheet)
    lines: dict[int, list[Cell]] = {row: [] for row in range(1, sheet.rows + 1)}
    for row, column in cells(sheet):
        put, (down, across) = written.get((row, column)), spans.get((row, column), (1, 1))
        at = address(row, column)
        value = sheet.words(row, column) if put is None else "" if put.value is None else str(put.value)
        font = sheet.sheet.cell(row, column).font
        lines[row].append(
            Cell(
                at, value, across, down, bool(font and font.bold), bool(sheet.label(row, column)), sheet.is_formula(row, column),
                said.get((row, column), ""), put is not None and put.value is None, at == here,
            )
        )  # fmt: skip
    letters = [get_column_letter(number) for number in range(1, sheet.columns + 1)]
    return Grid([_width(sheet.sheet, letter) for letter in letters], letters, list(lines.items()))


def _spans(sheet: Seen) -> dict[tuple[int, int], tuple[int, int]]:
    return {
        (each.min_row, each.min_col): (each.max_row - each.min_row + 1, each.max_col - each.min_col + 1)
        for each in sheet.sheet.merged_cells.ranges
    }


def _width(sheet: Any, letter: str) -> int:
    held = sheet.column_dimensions.get(letter)
    return int(min(WIDEST, max(NARROWEST, (held.width if held and held.width else STANDARD) * PIXELS)))
