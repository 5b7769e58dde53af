"""Finds the header among the first rows of a table, below titles and in one row or two."""

import itertools
from collections.abc import Mapping, Sequence

from closeknit.registry.roster import headings
from closeknit.registry.roster.headings import ROSTER, Vocabulary

HEADER_WITHIN = 12  # rows in which the header must stand


def find_header(
    first: Sequence[tuple[int, list[str]]], mapping: Mapping[str, str] | None = None, vocabulary: Vocabulary = ROSTER
) -> tuple[int, list[str]] | None:
    """The row number of the header's last row and its headings; None where no row has a name and one more heading. Of a header in two
    rows the lower heading counts, and the upper where the lower is empty."""
    marks = [[headings.is_heading(cell.strip(), mapping, vocabulary) for cell in cells] for _, cells in first]
    best = max(range(len(first)), key=lambda place: sum(marks[place]), default=None)
    if best is None:
        return None
    number, cells = first[best]
    if best:
        upper = [cell if marked else "" for cell, marked in zip(first[best - 1][1], marks[best - 1], strict=True)]
        cells = _over(upper, cells)
    if (
        best + 1 < len(first)
        and sum(marks[best + 1])
        and all(marked or not cell.strip() for cell, marked in zip(first[best + 1][1], marks[best + 1], strict=True))
    ):
        number, lower = first[best + 1]
        cells = _over(cells, lower)
    columns = headings.match(cells, mapping, vocabulary)
    return (number, cells) if "name" in columns.places and len(columns.places) > 1 else None


def _over(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [below if below.strip() else above for above, below in itertools.zip_longest(upper, lower, fillvalue="")]
