"""What is kept of a roster file once it was read: titles and headings, and of the rows of persons the columns that we know."""

import gzip
import io
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from closeknit.registry.roster.headings import is_serial
from closeknit.registry.roster.read import RosterRow, Table, read_sheets, table_of
from closeknit.registry.roster.text_files import Lines
from closeknit.registry.roster.workbooks import Sheet

_NUMBER = re.compile(r"\d{1,6}")


def without_the_rest(path: Path, mapping: Mapping[str, str] | None, *, leaves_out: Callable[[RosterRow], bool]) -> bytes:
    """The file, row by row in bounded memory, without the values of columns that are dropped, not known, left out or have no heading,
    without what stands beside the rows of persons, without sheets that have no header, and without the cells of rows that `leaves_out`
    names. Every row keeps its number. Raises RosterProblem for a file that cannot be read."""
    packed = io.BytesIO()
    with gzip.open(packed, "wt", encoding="utf-8") as lines:
        for place, sheet in enumerate(read_sheets(path, mapping)):
            whole, again = itertools.tee(sheet.rows)
            table = table_of(path.name, sheet._replace(rows=again), mapping)
            _write(lines, place, 0, [sheet.name, list(sheet.merged)])
            for number, cells in _stripped(table, whole, leaves_out):
                _write(lines, place, number, cells)
    return packed.getvalue()


def sheets_of(content: bytes) -> Iterator[Sheet]:
    """The sheets of what is kept; each must be read before the next."""
    with gzip.open(io.BytesIO(content), "rt", encoding="utf-8") as lines:
        for _, records in itertools.groupby(map(json.loads, lines), key=lambda record: record[0]):
            name, ranges = next(records)[2]
            yield Sheet(name, (record[1:] for record in records), ranges)  # noqa: B031 the rest of the group, behind its head


def _write(lines: Any, place: int, number: int, what: list[Any]) -> None:
    lines.write(json.dumps([place, number, what], ensure_ascii=False) + "\n")


def _stripped(table: Table | None, lines: Lines, leaves_out: Callable[[RosterRow], bool]) -> Lines:
    if table is None or table.columns is None:
        return
    known = {place for places in table.columns.places.values() for place in places}
    serial = {place for place, heading in enumerate(table.columns.headings) if is_serial(heading)}
    persons = table.rows()
    due = next(persons, None)
    for number, cells in lines:
        if number <= table.header_row:
            yield number, cells
        elif due is None or number != due.number:
            yield number, []
        else:
            left_out = leaves_out(due)
            due = next(persons, None)
            yield number, [] if left_out else [_kept(cell, place, known, serial) for place, cell in enumerate(cells)]


def _kept(cell: str, place: int, known: set[int], serial: set[int]) -> str:
    return cell if place in known or (place in serial and _NUMBER.fullmatch(cell)) else ""
