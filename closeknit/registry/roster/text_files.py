"""Roster files of plain text: csv, tsv, and either of them compressed; read as a stream, in the encoding that the whole file bears."""

import codecs
import csv
import gzip
import io
import itertools
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from closeknit.registry.roster.problem import problem

Lines = Iterator[tuple[int, list[str]]]

_END = "\x00end"  # a line of our own behind the last: within an open quotation mark it is swallowed
_CHUNK = 1 << 20
_LONGEST_CELL = 50  # lines; more means that a quotation mark was never closed
_LARGEST = 4 << 30  # bytes after decompression
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_lines(path: Path, encoding: str, delimiter: str) -> Lines:
    """The records of the file with their numbers as a spreadsheet shows them: a line break within quotation marks counts no row,
    an empty line counts one."""
    with _opened(path) as binary, io.TextIOWrapper(binary, encoding=encoding, newline="") as text:
        reader = csv.reader(itertools.chain(text, (_END,)), delimiter=delimiter)
        width = line = number = 0
        try:
            for number, record in enumerate(reader, 1):
                if record == [_END]:
                    return
                lines, line = reader.line_num - line, reader.line_num
                width = max(width, len(record))
                if lines > 1 and (len(record) < width or lines > _LONGEST_CELL):
                    raise _unclosed(path, number)
                yield number, record
        except csv.Error as error:
            raise _unclosed(path, number + 1) from error
        raise _unclosed(path, number)


def delimiters(path: Path) -> tuple[str, ...]:
    """The delimiters to try, the likeliest first."""
    return ("\t", ",", ";") if ".tsv" in path.suffixes or ".txt" in path.suffixes else (",", "\t", ";")


def encoding_of(path: Path) -> str:
    """UTF-8 with or without a byte order mark, else GB18030; the whole file must bear it. Raises RosterProblem at the line that does not,
    and where the compression is broken."""
    with _opened(path) as binary:
        start = binary.read(4)
    named = next((name for bom, name in _BOMS if start.startswith(bom)), None)
    failed = 0
    for name in (named,) if named else ("utf-8", "gb18030"):
        line = _first_bad_line(path, name)
        if not line:
            return name
        failed = max(failed, line)
    raise problem(
        path.name,
        "line {line} is neither UTF-8 nor GB18030. Open the file in a spreadsheet, choose Save as, CSV UTF-8, and bring it again.",
        "第{line}行既不是 UTF-8 也不是 GB18030 编码。请用表格软件打开，另存为“CSV UTF-8”后重新上传。",
        line=failed,
    )


def _first_bad_line(path: Path, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)()
    line, size = 1, 0
    with _opened(path) as binary:
        while True:
            chunk = binary.read(_CHUNK)
            size += len(chunk)
            if size > _LARGEST:
                raise _too_large(path)
            try:
                text = decoder.decode(chunk, not chunk)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if "\x00" in text:
                return line + text[: text.index("\x00")].count("\n")
            line += chunk.count(b"\n")
            if not chunk:
                return 0


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            if not packed:
                yield plain
                return
            with gzip.GzipFile(fileobj=plain) as unpacked:
                yield cast(BinaryIO, unpacked)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise problem(
            path.name,
            "the compressed file is broken or incomplete. Copy it again from where it came from, or bring it uncompressed.",
            "压缩文件损坏或不完整。请从来源重新复制，或上传未压缩的文件。",
        ) from error


def _unclosed(path: Path, number: int) -> Exception:
    return problem(
        path.name,
        "row {row}: a quotation mark is opened and never closed, so that rows run into one another. Take it out and bring the file again.",
        "第{row}行：引号未成对，后面的行会连成一行。请删去该引号后重新上传。",
        row=number,
    )


def _too_large(path: Path) -> Exception:
    return problem(
        path.name,
        "the file holds more than 4 GB of text. Divide it, by village for example.",
        "文件解压后超过 4 GB。请拆分（例如按村）后上传。",
    )
