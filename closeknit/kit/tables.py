"""Plain tables of our own form (areas, places, members): csv, UTF-8 or GB18030, with the columns named in the first line."""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

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


ENCODINGS = ("utf-8-sig", "gb18030")
NEITHER = Text("The file is neither UTF-8 nor GB18030. Save it as CSV UTF-8.", "文件编码既非 UTF-8 也非 GB18030。请另存为 CSV UTF-8。")
LACKS = Text("The first line lacks the columns {names}.", "首行缺少列：{names}。")
CLOSED = Text("The file cannot be read. Check its name and its rights.", "文件无法读取。请检查文件名与权限。")
_CHUNK = 1 << 20


def decoded(raw: bytes, name: str) -> str:
    """The text of a file in UTF-8 (with or without a mark) or else GB18030. Raises `TableProblem`."""
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableProblem(name, NEITHER)


def read_table(path: Path, *, required: Iterable[str]) -> Table:
    """Reads a csv whose first line names the columns. Raises `TableProblem` where it is missing, unreadable, or lacks a required column."""
    try:
        text = decoded(path.read_bytes(), path.name)
    except OSError as error:
        raise TableProblem(path.name, CLOSED) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    columns = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in required if name not in columns]
    if missing:
        raise TableProblem(path.name, LACKS.format(names=", ".join(missing)))
    rows = [{name.strip(): (value or "").strip() for name, value in row.items() if isinstance(value, str)} for row in reader]
    return Table(path.name, columns, [row for row in rows if any(row.values())])


@dataclass(frozen=True)
class LongTable:
    """A csv (also csv.gz) too long to hold: read row by row, as often as one likes. `other`: headings that mean another column."""

    path: Path
    encoding: str
    required: Sequence[str]
    other: Mapping[str, str]

    @classmethod
    def of(cls, path: Path, *, required: Sequence[str], other: Mapping[str, str]) -> "LongTable":
        """Looks through the file for its encoding. Raises `TableProblem` where it cannot be read or lacks a column."""
        with _opened(path) as binary:
            table = cls(path, _encoding(binary, path.name), required, other)
        next(table.rows(), None)
        return table

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows that hold anything, each with its line as a spreadsheet counts it."""
        with _opened(self.path) as binary, io.TextIOWrapper(binary, encoding=self.encoding, newline="") as text:
            reader = csv.reader(text)
            heads = [self.other.get(name.strip(), name.strip()) for name in next(reader, [])]
            missing = [name for name in self.required if name not in heads]
            if missing:
                raise TableProblem(self.path.name, LACKS.format(names=", ".join(missing)))
            for number, cells in enumerate(reader, 2):
                if any(cells):
                    cells += [""] * (len(heads) - len(cells))
                    yield number, dict(zip(heads, map(str.strip, cells), strict=False))


def _encoding(binary: BinaryIO, name: str) -> str:
    decoders = {each: codecs.getincrementaldecoder(each)() for each in ENCODINGS}
    while decoders:
        chunk = binary.read(_CHUNK)
        for each, decoder in list(decoders.items()):
            try:
                decoder.decode(chunk, not chunk)
            except UnicodeDecodeError:
                del decoders[each]
        if not chunk and decoders:
            return next(iter(decoders))
    raise TableProblem(name, NEITHER)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            yield cast(BinaryIO, gzip.GzipFile(fileobj=plain)) if packed else plain
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        raise TableProblem(path.name, CLOSED) from error
