"""Plain tables of our own form (areas, places, members): csv, UTF-8 or GB18030, with the columns named in the first line."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from closeknit.kit.text import Text


class TableProblem(Exception):
    """A file that cannot be read: which, where, and the remedy. Never shows what a cell holds."""

    def __init__(self, file: str, text: Text) -> None:
        super().__init__(f"{file}: {text.en}")
        self.file, self.text = file, text


@dataclass(frozen=True)
class Table:
    """The rows of a file, each a mapping from column to text."""

    name: str
    columns: Sequence[str]
    rows: Sequence[dict[str, str]]


def decoded(raw: bytes, name: str) -> str:
    """The text of a file in UTF-8 (with or without a mark) or else GB18030. Raises `TableProblem`."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableProblem(
        name, Text("The file is neither UTF-8 nor GB18030. Save it as CSV UTF-8.", "文件编码既非 UTF-8 也非 GB18030。请另存为 CSV UTF-8。")
    )


def read_table(path: Path, *, required: Iterable[str]) -> Table:
    """Reads a csv whose first line names the columns. Raises `TableProblem` where it is missing, unreadable, or lacks a required column."""
    try:
        text = decoded(path.read_bytes(), path.name)
    except OSError as error:
        raise TableProblem(
            path.name, Text("The file cannot be read. Check its name and its rights.", "文件无法读取。请检查文件名与权限。")
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    columns = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in required if name not in columns]
    if missing:
        raise TableProblem(
            path.name,
            Text("The first line lacks the columns {names}.", "首行缺少列：{names}。", names=", ".join(missing)),
        )
    rows = [{name.strip(): (value or "").strip() for name, value in row.items() if isinstance(value, str)} for row in reader]
    return Table(path.name, columns, [row for row in rows if any(row.values())])
