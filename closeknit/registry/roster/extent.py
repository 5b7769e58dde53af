"""How far the cells of a workbook reach, found without opening it: one stray cell at the far corner of a sheet would make calamine ask
for half a terabyte, and the server with it would be gone."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

MOST_CELLS = 20_000_000  # in the rectangle around all cells of a sheet: some 600 MB while it is read whole
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})(\d{1,9})["']""")
_FILLED = re.compile(rb"""<(?:[\w.-]+:)?(?:c|row)(\s(?:"[^"]*"|'[^']*'|[^>"'])*)>(?!\s*<(?:/|v\s*/>))""")  # with its attributes


def is_wide(path: Path) -> bool:
    """Whether the rectangle around the filled cells of some sheet is too large to be held whole; such a workbook is read row by row."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as packed:
        return any(_is_wide(packed.read(part)) for part in packed.namelist() if part.startswith("xl/worksheets/"))


def _is_wide(sheet: bytes) -> bool:
    if _cells(place.groups() for place in _PLACE.finditer(sheet)) <= MOST_CELLS:
        return False
    filled = (tag[1] for tag in _FILLED.finditer(sheet) if not tag[1].endswith(b"/"))  # a formatted cell that is empty asks for nothing
    return _cells(place.groups() for tag in filled if (place := _PLACE.search(tag))) > MOST_CELLS


def _cells(places: Iterable[tuple[bytes, ...]]) -> int:
    rows, before, columns = 1, b"", {b"A"}
    for letters, number in places:
        if number != before:  # cells of a row stand together
            rows, before = max(rows, int(number)), number
        columns.add(letters)
    return rows * max(map(_number, columns))


def _number(letters: bytes) -> int:
    """A column's number: A is 1, XFD is 16384."""
    total = 0
    for letter in letters:
        total = total * 26 + letter - 64
    return total
