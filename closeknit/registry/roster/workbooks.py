"""Roster files of spreadsheet programs: xlsx, xls and ods, sheet by sheet, every cell as text."""

import mmap
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from closeknit.registry.roster.extent import is_wide
from closeknit.registry.roster.problem import RosterProblem, problem
from closeknit.registry.roster.text_files import Lines

_STREAM_FROM = 150 << 20  # bytes of a sheet's XML, some 300,000 rows: beyond it openpyxl reads row by row in a fifth of the memory
_LARGEST = 4 << 30
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


class Sheet(NamedTuple):
    """A sheet: its name (None of a text file), its rows (number from 1, cells from column A), and the ranges that are merged (from 0)."""

    name: str | None
    rows: Lines
    merged: Merged


def read_sheets(path: Path) -> Iterator[Sheet]:
    """The sheets in their own order, hidden ones too. Raises RosterProblem where the file cannot be opened."""
    with _faults_told(path):
        _check_whether_readable(path)
        yield from _streamed(path) if is_streamed(path) else _whole(path)


def is_streamed(path: Path) -> bool:
    """Whether a workbook is so large that it is read row by row, slowly and in little memory."""
    about = path.stat()
    return _largest_sheet(path) > _STREAM_FROM or _is_wide(path, about.st_size, about.st_mtime_ns, about.st_ino)


@lru_cache(maxsize=64)
def _is_wide(path: Path, *_as_it_is: int) -> bool:
    """All cells are looked at for it: once, as long as the file stays the same."""
    return is_wide(path)


def cell_text(value: Any) -> str:
    """A cell as text. A number of more than 15 digits comes as a spreadsheet shows it (9.9000019340905E+17), for its end is lost."""
    if isinstance(value, str):
        return "" if value.startswith("#") and value.endswith(("!", "?", "/A")) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat() if isinstance(value, date | time) else str(value)


def serial_date(days: float) -> date | None:
    """The day of a spreadsheet's serial number (22829 is 2 July 1962)."""
    return date(1899, 12, 30) + timedelta(days=int(days)) if 60 < days < 110_000 else None


def _number_text(value: float) -> str:
    if abs(value) >= _EXACT:
        mantissa, exponent = f"{value:.14E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E+{int(exponent)}"
    return str(int(value)) if value == int(value) else repr(value)


def _whole(path: Path) -> Iterator[Sheet]:
    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
    for place, about in enumerate(book.sheets_metadata):
        if about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_index(place)
            yield Sheet(about.name, _rows(sheet), sheet.merged_cell_ranges or ())


def _rows(sheet: CalamineSheet) -> Lines:
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, before + [value if type(value) is str and value[:1] != "#" else cell_text(value) for value in row]


def _streamed(path: Path) -> Iterator[Sheet]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield Sheet(sheet.title, _streamed_rows(path, sheet.iter_rows(values_only=True)), ())
    finally:
        book.close()


def _streamed_rows(path: Path, rows: Iterable[Sequence[Any]]) -> Lines:
    with _faults_told(path):
        for number, row in enumerate(rows, 1):
            yield number, [cell_text(value) for value in row]


@contextmanager
def _faults_told(path: Path) -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise _locked(path) from error
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError) as error:
        raise _broken(path) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how a fault in calamine's Rust code arrives
            raise _broken(path) from error
        raise


def _largest_sheet(path: Path) -> int:
    if not zipfile.is_zipfile(path):
        return 0
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    if sum(part.file_size for part in parts) > _LARGEST:
        raise problem(
            path.name,
            "the workbook unpacks to more than 4 GB. Divide it, by village for example.",
            "工作簿解压后超过 4 GB。请拆分（例如按村）后上传。",
        )
    return max((part.file_size for part in parts if part.filename.startswith("xl/worksheets/")), default=0)


def _check_whether_readable(path: Path) -> None:
    if path.stat().st_size == 0:
        raise problem(path.name, "the file is empty. Copy it again from where it came from.", "文件是空的。请从来源重新复制。")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content[:4] == b"\xd0\xcf\x11\xe0" and content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise _locked(path)


def _locked(path: Path) -> RosterProblem:
    return problem(
        path.name,
        "the workbook is protected by a password. Open it, take the password off (File, Info, Protect) and save it again.",
        "工作簿设有密码。请打开后取消密码（文件—信息—保护工作簿），保存后重新上传。",
    )


def _broken(path: Path) -> RosterProblem:
    return problem(
        path.name,
        "this is no workbook that can be read, or it is broken. Open it in a spreadsheet and save it as .xlsx, or as CSV UTF-8.",
        "不是可读取的工作簿，或文件已损坏。请用表格软件打开，另存为 .xlsx 或“CSV UTF-8”后重新上传。",
    )
