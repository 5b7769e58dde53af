"""A figure's rows as a sequence of which only the page that is looked at is fetched."""

from collections.abc import Iterator, Sequence
from typing import Any

from closeknit.reports.rows import Row, Rows


class Lazy(Sequence[Row]):
    """The rows behind a figure: their number is known, a slice is fetched when it is asked for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._size = rows.size()

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.listed())  # a file or another order takes them all: once, not one by one

    def __getitem__(self, asked: Any) -> Any:
        if isinstance(asked, slice):
            start, stop, step = asked.indices(self._size)
            return self._rows.listed(start, stop)[::step]
        return self._rows.listed(asked, asked + 1)[0]
