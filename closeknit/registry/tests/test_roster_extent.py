"""A workbook whose cells reach far: it is read all the same, and never held whole."""

import resource
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from closeknit.registry.roster.extent import is_wide
from closeknit.registry.tests.roster_files import HEADINGS, ID_ANA, row, verdicts, workbook

SPARE = 8 << 30  # bytes of addresses: a fault then ends this test and not the machine


@pytest.fixture
def _little_memory() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (SPARE, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def with_cell(path: Path, place: str, *, filled: bool) -> Path:
    """A roster of one person, and a cell somewhere far off."""
    workbook(path, {"名册": [HEADINGS, row("P1", "H1", "卢兰利", ID_ANA)]})
    book = openpyxl.load_workbook(path)
    cell = book.worksheets[0][place]
    cell.font = Font(bold=True)
    cell.value = "x" if filled else None
    book.save(path)
    return path


@pytest.mark.usefixtures("_little_memory")
def test_a_stray_cell_at_the_far_corner_does_not_end_the_server(tmp_path: Path) -> None:
    path = with_cell(tmp_path / "名册.xlsx", "XFD1048576", filled=True)

    assert is_wide(path)
    assert [each.person.code for each in verdicts(path) if each.person] == ["P1"]


@pytest.mark.parametrize(("place", "filled"), [("XFD1048576", False), ("Z2000", True)])
def test_an_empty_cell_or_a_near_one_keeps_the_workbook_whole(tmp_path: Path, place: str, filled: bool) -> None:
    path = with_cell(tmp_path / "名册.xlsx", place, filled=filled)

    assert not is_wide(path)
    assert [each.person.code for each in verdicts(path) if each.person] == ["P1"]
