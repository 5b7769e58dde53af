"""Reads roster files: the tables in them, and the rows of each by field."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

import msgspec

from closeknit.registry.roster import headings, text_files, workbooks
from closeknit.registry.roster.header import HEADER_WITHIN, find_header
from closeknit.registry.roster.headings import ROSTER, Columns, Vocabulary
from closeknit.registry.roster.problem import problem
from closeknit.registry.roster.text_files import Lines
from closeknit.registry.roster.workbooks import Merged, Sheet

_DITTO = frozenset({"同上", "〃", "同前"})
_OF_THE_PERSON = frozenset({"name", "id_no", "code", "other_id_no", "birth_date", "sex"})
_FOOTER = re.compile(
    r"(合计|总计|小计|共计|总人数|总户数)[:：]?\d*[人户]?|共\d+[人户].*"
    r"|(填表|制表|审核|填报|统计|登记|负责|复核|联系|报送)[^\d:：]{0,6}[:：].*|(注|说明|备注|填表说明)\d?[:：].*|\(?以下空白\)?"
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class RosterRow(msgspec.Struct, frozen=True, gc=False):
    """A row: its number as a spreadsheet shows it, and its cells by field (only those that hold something, in the fields' order)."""

    number: int
    cells: dict[str, str]


class Table(msgspec.Struct):
    """A sheet, or a file that has none; `columns` is None where a sheet holds something but no header that we know (an explanation)."""

    file: str
    sheet: str | None
    columns: Columns | None
    header_row: int
    lines: Lines
    merged: Merged = ()

    def heading(self, field: str) -> str:
        """The heading over a field."""
        return self.columns.heading(field) if self.columns else ""

    def rows(self) -> Iterator[RosterRow]:
        """The rows of persons, once; empty rows, repeated headers, titles and footers are none."""
        return _rows(self.columns, self.lines, _filled(self.columns, self.merged, self.header_row)) if self.columns else iter(())


def read_tables(path: Path, mapping: Mapping[str, str] | None = None) -> Iterator[Table]:
    """The tables of a file, in its own order; each must be read before the next. `mapping` (heading to field) is what a person decided.
    Raises RosterProblem for a file that cannot be read or in which no table has a header with a name."""
    found = False
    for sheet in read_sheets(path, mapping):
        table = table_of(path.name, sheet, mapping)
        found = found or (table is not None and table.columns is not None)
        if table:
            yield table
    if not found:
        raise problem(
            path.name,
            "no header was found in the first {rows} rows: one row must hold the headings, with 姓名 (name) among them.",
            "前{rows}行中没有找到表头：须有一行是列名，其中要有“姓名”。",
            rows=HEADER_WITHIN,
        )


def read_sheets(path: Path, mapping: Mapping[str, str] | None = None, vocabulary: Vocabulary = ROSTER) -> Iterator[Sheet]:
    """The sheets of a file as they stand, titles and all; a text file is one, whose name is None."""
    if is_workbook(path):
        yield from workbooks.read_sheets(path)
        return
    encoding = text_files.encoding_of(path)
    marks = text_files.delimiters(path)
    for mark in marks:
        first = list(itertools.islice(text_files.read_lines(path, encoding, mark), HEADER_WITHIN))
        if find_header(first, mapping, vocabulary) or mark == marks[-1]:
            yield Sheet(None, text_files.read_lines(path, encoding, mark), ())
            return


def table_of(file: str, sheet: Sheet, mapping: Mapping[str, str] | None = None, vocabulary: Vocabulary = ROSTER) -> Table | None:
    """The table on a sheet; None where the sheet is empty."""
    lines = iter(sheet.rows)
    first = list(itertools.islice(lines, HEADER_WITHIN))
    header = find_header(first, mapping, vocabulary)
    if header:
        number, cells = header
        rest = itertools.chain((line for line in first if line[0] > number), lines)
        return Table(file, sheet.name, headings.match(cells, mapping, vocabulary), number, rest, sheet.merged)
    filled = any(cell.strip() for _, cells in first for cell in cells)
    return Table(file, sheet.name, None, 0, iter(())) if filled else None


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Roster files in the order in which they are read, without what programs leave beside them (.DS_Store, ~$名册.xlsx)."""
    return sorted((path for path in paths if not path.name.startswith((".", "~$"))), key=lambda path: path.name)


def is_workbook(path: Path) -> bool:
    """Whether the file is a spreadsheet program's, by its first bytes: people rename files."""
    with path.open("rb") as file:
        return file.read(4) in _WORKBOOKS or ".xls" in path.suffix.lower()


def _filled(columns: Columns | None, merged: Merged, header_row: int) -> dict[int, list[int]]:
    """For each row number the columns that a vertical merge leaves empty there, but for what is a person's own."""
    own = {place for field, places in columns.places.items() if field in _OF_THE_PERSON for place in places} if columns else set()
    filled: dict[int, list[int]] = {}
    for (top, left), (bottom, _) in merged:
        if top >= header_row and left not in own:
            for row in range(top + 2, bottom + 2):
                filled.setdefault(row, []).append(left)
    return filled


def _rows(columns: Columns, lines: Lines, filled: Mapping[int, Sequence[int]]) -> Iterator[RosterRow]:
    fields = tuple(columns.places)
    pick = itemgetter(*(places[0] for places in columns.places.values()))
    others = [(field, place) for field, places in columns.places.items() for place in places[1:]]
    width = 1 + max(place for places in columns.places.values() for place in places)
    name_place = columns.places["name"][0]
    name_heading = columns.headings[name_place]
    before: dict[str, str] = {}
    above: Sequence[str] = ()
    for number, cells in lines:
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        if filled:
            cells = above = _carried_down(cells, above, filled.get(number, ()))
        row = {
            field: text if text[0] != "'" else text[1:]
            for field, cell in zip(fields, pick(cells), strict=True)
            if cell and (text := cell.strip())
        }
        if not row:
            continue
        for field, place in others:
            if field not in row and (text := cells[place].strip()):
                row[field] = text
        is_whole = "name" in row and ("id_no" in row or ("code" in row and row["code"].isascii())) and row["name"] != name_heading
        if not is_whole and _is_none(cells, name_place, name_heading):
            continue
        if not _DITTO.isdisjoint(row.values()):
            row = _without_ditto(row, before)
        before = row
        yield RosterRow(number, row)


def _carried_down(cells: Sequence[str], above: Sequence[str], places: Iterable[int]) -> list[str]:
    cells = list(cells)
    for place in places:
        if place < min(len(cells), len(above)) and not cells[place]:
            cells[place] = above[place]
    return cells


def _without_ditto(row: dict[str, str], before: Mapping[str, str]) -> dict[str, str]:
    told = {
        field: (before.get(field, "") if field not in _OF_THE_PERSON else "") if text in _DITTO else text for field, text in row.items()
    }
    return {field: text for field, text in told.items() if text}


def _is_none(cells: Sequence[str], name_place: int, name_heading: str) -> bool:
    """Whether the row is a header that is repeated, a footer, or a title that stands alone in it."""
    filled = [(place, "".join(cell.split())) for place, cell in enumerate(cells) if cell.strip()]
    if "".join(cells[name_place].split()) == "".join(name_heading.split()):
        return True
    if _FOOTER.fullmatch(filled[0][1]):
        return True
    return len(filled) == 1 and filled[0][0] != name_place and not filled[0][1].isascii()
