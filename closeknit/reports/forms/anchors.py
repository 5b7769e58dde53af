"""Finding a cell again by the words around it: rows may have moved, columns may have changed places, the title may be another day's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from closeknit.reports.forms.books import Seen
from closeknit.reports.forms.marks import Anchor, Mark

Cell = tuple[int, int]
Key = tuple[tuple[str, ...], tuple[str, ...]]
COLONS = (":", "：")


class Heading(NamedTuple):
    """A column's heading: where its lowest line stands, and its words from the lowest upwards."""

    row: int
    column: int
    words: tuple[str, ...]


def row_words(sheet: Seen, row: int, column: int) -> tuple[tuple[str, ...], bool]:
    """The run of labels nearest to the left of a cell, from the nearest outwards; and whether it stands right beside."""
    own = sheet.origin(row, column)
    left = [cell for number in range(column - 1, 0, -1) if (cell := sheet.origin(row, number)) != own]
    words = _run(sheet, left)
    return words, bool(words and left and sheet.label(*left[0]))


def column_words(sheet: Seen, row: int, column: int) -> tuple[str, ...]:
    """The run of headings nearest above a cell, from the lowest upwards; titles and what ends with a colon are no headings."""
    own = sheet.origin(row, column)
    above = (cell for number in range(row - 1, 0, -1) if (cell := sheet.origin(number, column)) != own)
    return _run(sheet, above, leave_out=lambda cell: cell[0] in sheet.titles or sheet.words(*cell).endswith(COLONS))


def _run(sheet: Seen, cells: Iterable[Cell], leave_out: Callable[[Cell], bool] = lambda cell: False) -> tuple[str, ...]:
    found: dict[Cell, str] = {}
    for cell in cells:
        word = "" if leave_out(cell) else sheet.label(*cell)
        if word:
            found[cell] = word
        elif found:
            break
    return tuple(found.values())


def cells(sheet: Seen) -> Iterator[Cell]:
    """The cells in the order in which they are read, a merged range once."""
    for row in range(1, sheet.rows + 1):
        for column in range(1, sheet.columns + 1):
            if sheet.origin(row, column) == (row, column):
                yield row, column


def _key(sheet: Seen, cell: Cell) -> Key:
    """The words around a cell; right beside a label with a colon (填报人：) no heading above means anything."""
    left, beside = row_words(sheet, *cell)
    return left, () if beside and speaks(sheet, *cell) else column_words(sheet, *cell)


def speaks(sheet: Seen, row: int, column: int) -> bool:
    """Whether the nearest words left of a cell end with a colon: what follows belongs to them."""
    own = sheet.origin(row, column)
    left = (cell for number in range(column - 1, 0, -1) if (cell := sheet.origin(row, number)) != own)
    return next((sheet.words(*cell).endswith(COLONS) for cell in left if sheet.label(*cell)), False)


def keys_of(sheet: Seen) -> dict[Cell, Key]:
    """The words around each cell."""
    return {cell: _key(sheet, cell) for cell in cells(sheet)}


def anchor_of(sheet: Seen, row: int, column: int, keys: Mapping[Cell, Key] | None = None) -> Anchor:
    """By which words a cell is found again; who asks for many cells works the words around all out before."""
    keys = keys or keys_of(sheet)
    row, column = sheet.origin(row, column)
    left, above = keys[row, column]
    beside = row_words(sheet, row, column)[1]
    same = [cell for cell, key in keys.items() if key == (left, above)]
    words = " / ".join(filter(None, (" · ".join(reversed(left)), " · ".join(reversed(above)))))
    return Anchor(sheet.title, left, above, same.index((row, column)), beside, words)


def heading_anchor(sheet: Seen, row: int, column: int) -> Anchor | None:
    """By which words the column of a cell is found again; None where nothing stands above it."""
    above = column_words(sheet, row, column)
    at = next((each for each in reversed(headings(sheet)) if each.words == above and each.column == column and each.row < row), None)
    if at is None:
        return None
    same = [each for each in headings(sheet) if each.words == above]
    return Anchor(sheet.title, (), above, same.index(at), words=" · ".join(reversed(above)))


def headings(sheet: Seen) -> list[Heading]:
    """The lowest line of every run of headings, in the order in which they are read."""
    found = []
    for row, column in cells(sheet):
        bottom = _bottom(sheet, row, column)
        if sheet.label(row, column) and not (bottom < sheet.rows and sheet.label(bottom + 1, column)):
            words = column_words(sheet, bottom + 1, column)
            if words:
                found.append(Heading(bottom, column, words))
    return found


def _bottom(sheet: Seen, row: int, column: int) -> int:
    while row < sheet.rows and sheet.origin(row + 1, column) == sheet.origin(row, column):
        row += 1
    return row


def sheet_of(sheets: list[Seen], anchor: Anchor, before: list[str]) -> Seen | None:
    """The sheet of that title; where there is none, the one at the same place (`before`: the titles in their order then)."""
    named = next((sheet for sheet in sheets if sheet.title == anchor.sheet), None)
    if named is not None:
        return named
    place = before.index(anchor.sheet) if anchor.sheet in before else -1
    return sheets[place] if 0 <= place < len(sheets) else None


class Places:
    """Where marks stand on a sheet; the words around each cell are worked out once."""

    def __init__(self, sheet: Seen) -> None:
        self.sheet = sheet
        self.keys = keys_of(sheet)
        self.headings = headings(sheet)

    def cell(self, anchor: Anchor) -> Cell | None:
        """The cell of a mark: all words fit; else its label stands right beside one cell only; else the nearest words fit one only."""
        same = [cell for cell, key in self.keys.items() if key == (anchor.row, anchor.column)]
        if anchor.nth < len(same):
            return same[anchor.nth]
        if anchor.beside:
            near = [cell for cell, key in self.keys.items() if key[0] == anchor.row and row_words(self.sheet, *cell)[1]]
            if len(near) == 1:
                return near[0]
        if anchor.row and anchor.column:
            near = [cell for cell, key in self.keys.items() if key[0][:1] == anchor.row[:1] and key[1][:1] == anchor.column[:1]]
            return near[0] if len(near) == 1 else None
        return None

    def heading(self, anchor: Anchor) -> Heading | None:
        """The heading of a column: all words fit; else the lowest fits one only."""
        same = [each for each in self.headings if each.words == anchor.column]
        if anchor.nth < len(same):
            return same[anchor.nth]
        near = [each for each in self.headings if each.words[:1] == anchor.column[:1]]
        return near[0] if len(near) == 1 else self._over_a_filled_column(anchor)

    def _over_a_filled_column(self, anchor: Anchor) -> Heading | None:
        """A heading below which words stand already, as in a copy of yesterday's form."""
        named = [cell for cell in cells(self.sheet) if anchor.column and self.sheet.label(*cell) == anchor.column[0]]
        return Heading(_bottom(self.sheet, *named[0]), named[0][1], anchor.column) if len(named) == 1 else None

    def found(self, mark: Mark) -> bool:
        """Whether the mark can be found again."""
        return (self.cell(mark.anchor) if mark.spread == "one" else self.heading(mark.anchor)) is not None
