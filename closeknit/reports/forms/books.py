"""Opening a workbook that somebody handed in, and seeing its sheets as cells with words."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from closeknit.kit import citizen_id
from closeknit.kit.folding import fold
from closeknit.kit.text import Refusal, Text

LARGEST, UNPACKED = 5_000_000, 60_000_000  # bytes
MOST_ROWS, MOST_COLUMNS = 400, 40
BELOW = 3  # rows that are shown below the last used one: a list may begin there
OLD = b"\xd0\xcf\x11\xe0"
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
DATES = re.compile(r"(\d{2,4}年)?\d{1,2}月(\d{1,2}[日号])?(\d{1,2}[时点])?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
EDGES = " :：*＊、.。"


class Unfit(Refusal):
    """A file that cannot be a form; `text` says why and what to do."""


NOT_XLSX = Text(
    "This is no .xlsx workbook. Open it in the spreadsheet program, choose “Save as” and the type .xlsx, and bring that file.",
    "不是 .xlsx 文件。请用表格软件打开，另存为 .xlsx 后重新上传。",
)
PROTECTED = Text(
    "This is an old .xls file, or the workbook has a password. Open it, take the password off, save it as .xlsx and bring that file.",
    "这是旧版 .xls 文件或设有密码。请打开后取消密码，另存为 .xlsx 后重新上传。",
)
TOO_LARGE = Text(
    "A form has at most {rows} rows, {columns} columns and 5 MB. A list of persons is imported under “Imports” instead.",
    "报表最多 {rows} 行、{columns} 列、5 MB。人员名单请在“名册导入”中上传。",
    rows=MOST_ROWS,
    columns=MOST_COLUMNS,
)
MACROS = Text(
    "The workbook holds macros. Save it as .xlsx, without macros, and bring that file.", "文件含宏。请另存为不含宏的 .xlsx 后上传。"
)
PICTURES = Text(
    "Pictures and charts of the form are not kept in the filled file: {names}. Cells, colours, borders, formulas and print settings are.",
    "填好的文件不保留原表中的图片和图表（{names}）；单元格、颜色、边框、公式和打印设置均保留。",
)


@dataclass
class Seen:
    """A sheet as somebody sees it: rows and columns count from 1; a merged range is one cell with the words of its first."""

    sheet: Worksheet
    rows: int
    columns: int
    origins: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.sheet.title)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the range that the cell belongs to; itself where it is not merged."""
        return self.origins.get((row, column), (row, column))

    def value(self, row: int, column: int) -> Any:
        return self.sheet.cell(*self.origin(row, column)).value

    def is_formula(self, row: int, column: int) -> bool:
        return bool(self.sheet.cell(*self.origin(row, column)).data_type == "f")

    def label(self, row: int, column: int) -> str:
        """The folded words of a cell that holds words; empty for numbers, dates, formulas and blanks."""
        return self._labels.get(self.origin(row, column), "")

    @cached_property
    def _labels(self) -> dict[tuple[int, int], str]:
        found = {}
        for line in self.sheet.iter_rows(max_row=self.rows, max_col=self.columns):
            for cell in line:
                if isinstance(cell.value, str) and cell.data_type != "f" and (words := folded(cell.value)):
                    found[(cell.row, cell.column)] = words
        return found

    @cached_property
    def titles(self) -> frozenset[int]:
        """The rows above the first heading that one cell has for itself: titles, or a line of words across the form."""
        found = set()
        for row in range(1, self.rows + 1):
            origins = {self.origin(row, column) for column in range(1, self.columns + 1)}
            labels = [origin for origin in origins if self.label(*origin)]
            if len(labels) > 1:
                break
            if labels and all(self.value(*origin) is None for origin in origins if origin != labels[0]):
                found.add(row)
        return frozenset(found)

    def words(self, row: int, column: int) -> str:
        """What stands in the cell, as it stands there."""
        value = self.value(row, column)
        return "" if value is None else str(value).strip()


def folded(text: str) -> str:
    """A label for comparison: dates in it, which change every day, and what stands at its edges are left out."""
    plain = DATES.sub("", fold(text)).strip(EDGES)
    return plain if re.search(r"[^\W\d_]", plain) else ""


def opened(content: bytes) -> Any:
    """The workbook with styles and formulas. Raises Unfit where it cannot be a form."""
    _check(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:  # what a broken workbook raises is anything
        raise Unfit(NOT_XLSX) from error
    sheets = seen(book)
    if not sheets or any(sheet.rows > MOST_ROWS + BELOW or sheet.columns > MOST_COLUMNS for sheet in sheets):
        raise Unfit(TOO_LARGE)
    return book


def _check(content: bytes) -> None:
    if content[:4] == OLD:
        raise Unfit(PROTECTED)
    if len(content) > LARGEST:
        raise Unfit(TOO_LARGE)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise Unfit(NOT_XLSX)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > UNPACKED:
            raise Unfit(TOO_LARGE)
        if any(part.filename.endswith("vbaProject.bin") for part in parts):
            raise Unfit(MACROS)
        if any(b"<!DOCTYPE" in packed.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
            raise Unfit(NOT_XLSX)


def seen(book: Any) -> list[Seen]:
    """The sheets that can be seen."""
    return [_seen(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _seen(sheet: Worksheet) -> Seen:
    origins = {}
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                origins[(row, column)] = (merged.min_row, merged.min_col)
    used = [(cell.row, cell.column) for line in sheet.iter_rows() for cell in line if _is_used(cell)] + list(origins)
    last = max((row for row, _ in used), default=1), max((column for _, column in used), default=1)
    return Seen(sheet, last[0] + BELOW, last[1], origins)


def _is_used(cell: Any) -> bool:
    border = cell.border
    return cell.value is not None or any(side is not None and side.style for side in (border.bottom, border.right))


def left_behind(content: bytes) -> list[str]:
    """What a filled file will lack of this one: the names of its pictures and charts."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return sorted(name.rsplit("/", 1)[-1] for name in packed.namelist() if name.startswith(("xl/media/", "xl/charts/chart")))


def without_numbers_of_persons(book: Any) -> list[str]:
    """Empties every cell that holds an ID or a mobile number, and says which: a form has no use for them."""
    emptied = []
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                text = "" if cell.value is None or cell.data_type == "f" else str(cell.value)
                if PHONE.search(text) or citizen_id.read(text).number:
                    cell.value = None
                    emptied.append(f"{sheet.title} {address(cell.row, cell.column)}")
    return emptied


def saved(book: Any) -> bytes:
    """The workbook as a file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def address(row: int, column: int) -> str:
    """The cell as a spreadsheet names it: B5."""
    return f"{get_column_letter(column)}{row}"
