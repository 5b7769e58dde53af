"""Hands a roster file back with two more columns: what became of each row, and why."""

import csv
import gzip
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

import xlsxwriter  # type: ignore[import-untyped]

from closeknit.registry.roster.headings import CAUSE, RESULT
from closeknit.registry.roster.read import Table, is_workbook, read_sheets, table_of
from closeknit.registry.roster.text_files import Lines
from closeknit.registry.roster.verdict import CURES, REASONS, STATUSES, Verdict
from closeknit.registry.roster.workbooks import Sheet

_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?[\d\s.()-]*")
_COUNT = re.compile(r"[1-9]\d{0,5}|0")
_WIDTHS = {"id_no": 22, "code": 26, "household": 24, "address": 30, "phone": 14, RESULT: 18, CAUSE: 60}


class Mark(NamedTuple):
    """What is written beside a row."""

    result: str
    cause: str = ""


def mark(verdict: Verdict, language: str = "zh-hans") -> Mark:
    """A verdict in the words of the file's reader."""
    result = STATUSES[verdict.status].of(language)
    if not verdict.reason:
        return Mark(result)
    cure = (verdict.cure or CURES[verdict.reason]).of(language)
    return Mark(result, f"{REASONS[verdict.reason].of(language)}{': ' if language == 'en' else '：'}{cure}")


def returned_name(name: str) -> str:
    """The name for the file when it goes back: 名册.csv.gz becomes 名册-结果.csv.gz, an old workbook a new one."""
    stem, dot, suffix = name.partition(".")
    return f"{stem}-{RESULT}{dot}{suffix if 'csv' in suffix or 'tsv' in suffix else 'xlsx'}"


def write_returned(
    source: Path,
    target: Path,
    marks: Mapping[tuple[str | None, int], Mark],
    *,
    mapping: Mapping[str, str] | None = None,
    others: Mark | None = None,
) -> None:
    """Writes `source` again with the columns 结果 and 原因, row by row in bounded memory, each row at its number. `marks` holds what is to
    be said by sheet and row; `others` is for the rows of persons that are not in it (accepted). The cells of columns that are dropped
    go back empty. A workbook becomes .xlsx, a text file .csv or .tsv in UTF-8 with a byte order mark (.gz: compressed)."""
    if is_workbook(source) and target.suffix != ".xlsx":
        raise ValueError("A workbook goes back as .xlsx: a text file holds only one sheet.")
    write_sheets(source.name, read_sheets(source, mapping), target, marks, mapping=mapping, others=others)


def write_sheets(
    name: str,
    sheets: Iterable[Sheet],
    target: Path,
    marks: Mapping[tuple[str | None, int], Mark],
    *,
    mapping: Mapping[str, str] | None = None,
    others: Mark | None = None,
) -> None:
    """The same for sheets that were read before, of a file of this name."""
    default = others or Mark(STATUSES["accepted"].of("zh-hans"))
    with (_workbook if target.suffix == ".xlsx" else _text)(target) as writer:
        for sheet in sheets:
            lines, again = itertools.tee(sheet.rows)
            table = table_of(name, sheet._replace(rows=again), mapping)
            writer.sheet(sheet.name, table)
            for number, cells in _marked(table, lines, marks, default):
                writer.row(number, cells)


def guarded(text: str) -> str:
    """The text for a csv cell so that a spreadsheet takes it for no formula; numbers and phones stay as they are."""
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def _marked(table: Table | None, lines: Lines, marks: Mapping[tuple[str | None, int], Mark], default: Mark) -> Lines:
    if table is None or table.columns is None:
        yield from lines
        return
    persons = (row.number for row in table.rows())
    due = next(persons, 0)
    for number, cells in lines:
        said = Mark(RESULT, CAUSE) if number == table.header_row else marks.get((table.sheet, number))
        if number == due:
            said = marks.get((table.sheet, number), default)
            cells = ["" if place in table.columns.dropped_places else cell for place, cell in enumerate(cells)]
            due = next(persons, 0)
        yield number, _with_mark(cells, table.columns.headings, said)


def _mark_places(headings: Sequence[str]) -> tuple[int, int]:
    """Where the two columns stand: where an earlier return put them, else behind the last heading."""
    if {RESULT, CAUSE} <= set(headings):
        return headings.index(RESULT), headings.index(CAUSE)
    width = max(place for place, heading in enumerate(headings) if heading) + 1
    return width, width + 1


def _with_mark(cells: Sequence[str], headings: Sequence[str], said: Mark | None) -> list[str]:
    result, cause = _mark_places(headings)
    marked = [*cells, *([""] * (result - len(cells)))] if any(cells) else []
    if marked and not any(headings[result:]):
        marked[result:result] = ["", ""]
    if said:
        marked += [""] * (max(result, cause) + 1 - len(marked))
        marked[result], marked[cause] = said
    return marked


class _TextWriter:
    """Writes csv or tsv; the rows of an only sheet."""

    def __init__(self, file: IO[str], delimiter: str) -> None:
        self._write = csv.writer(file, delimiter=delimiter)

    def sheet(self, name: str | None, table: Table | None) -> None:
        """A text file has one sheet and no look."""

    def row(self, number: int, cells: Sequence[str]) -> None:
        """The next row."""
        self._write.writerow([guarded(cell) for cell in cells])


class _BookWriter:
    """Writes a workbook, every cell as text but for small counts and serial dates: so no code is cut and no formula runs."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._as_text = book.add_format({"num_format": "@"})
        self._heading = book.add_format({"num_format": "@", "bold": True})
        self._header_row = 0
        self._codes: frozenset[int] = frozenset()

    def sheet(self, name: str | None, table: Table | None) -> None:
        """Begins a sheet: header frozen, columns as wide as what stands in them."""
        self._sheet = self._book.add_worksheet(name or "名册")
        self._header_row, self._codes = 0, frozenset()
        if table is None or table.columns is None:
            return
        columns = table.columns
        self._header_row = table.header_row
        self._codes = frozenset(place for field, at in columns.places.items() if field != "birth_date" for place in at)
        self._sheet.freeze_panes(table.header_row, 0)
        for field, at in columns.places.items():
            for place in at:
                self._sheet.set_column(place, place, _WIDTHS.get(field, 11), self._as_text if place in self._codes else None)
        for place, heading in zip(_mark_places(columns.headings), (RESULT, CAUSE), strict=True):
            self._sheet.set_column(place, place, _WIDTHS[heading])

    def row(self, number: int, cells: Sequence[str]) -> None:
        """The row at its number."""
        look = self._heading if number == self._header_row else self._as_text
        for place, cell in enumerate(cells):
            if place not in self._codes and _COUNT.fullmatch(cell):
                self._sheet.write_number(number - 1, place, int(cell))
            elif cell:
                self._sheet.write_string(number - 1, place, cell, look)


@contextmanager
def _workbook(target: Path) -> Iterator[_BookWriter]:
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    try:
        yield _BookWriter(book)
    finally:
        book.close()


@contextmanager
def _text(target: Path) -> Iterator[_TextWriter]:
    with (
        cast(IO[bytes], gzip.GzipFile(target, "wb")) if target.suffix == ".gz" else target.open("wb") as binary,
        io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as file,
    ):
        yield _TextWriter(file, "\t" if ".tsv" in target.suffixes else ",")
