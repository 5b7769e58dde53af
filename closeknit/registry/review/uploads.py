"""Files handed in at the console: sealed until they are read into the register, in their own thread, and destroyed as soon as they are.

What stays, sealed and for its time, is each file without the values that are not stored: of it the workbook with results is made.
"""

import hashlib
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import connection

from closeknit import environment
from closeknit.kit import clock
from closeknit.kit.sealing import seal, unseal
from closeknit.kit.text import Refusal, Text
from closeknit.policy.packs import policy
from closeknit.registry.importing import import_roster
from closeknit.registry.models import Heading, Upload
from closeknit.registry.roster.judge import looks_real
from closeknit.registry.roster.kept import without_the_rest
from closeknit.registry.roster.problem import RosterProblem

LARGEST = 20_000_000  # bytes a file
MOST_FILES = 60
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt")
AT_ONCE = 100_000  # bytes that are read within the request: well below two seconds
STALE = timedelta(minutes=2)  # without a sign of life: the server was stopped while it read
KEPT_DAYS = 30
READING = "reading-"
UNREAD_DAYS = 1  # a file whose reading was broken off can be read again for so long

BROKEN_OFF = Text(
    "The server was stopped while it read. What it had read stands. Press “Read again” within a day, else bring the files in again:"
    " the rest follows, nothing counts twice.",
    "读取过程中服务被停止，已读取的部分有效。请在一天内点“重新读取”，逾期请重新上传：系统会接着读完，不会重复计入。",
)
FAULT = Text(
    "A fault here: the files could not be read to their end. Tell your administrator the time. “Read again” works for a day and counts"
    " nothing twice.",
    "系统故障，未能读完。请将时间告知管理员；一天内可点“重新读取”，不会重复计入。",
)


class Handed(Protocol):
    """A file as a browser hands it in."""

    name: str | None
    size: int | None

    def read(self) -> bytes: ...


class Unfit(Refusal):
    """Files that are not taken; `text` says which and what to do."""


def keep(files: Sequence[Handed], *, by: str, area: str) -> Upload:
    """Seals the files away and notes who handed them in. Raises Unfit for what is no roster file, too large or too many."""
    _check(files)
    upload = Upload(at=clock.now(), by=by, area=area)
    folder = _folder(upload.id)
    folder.mkdir(mode=0o700)
    for number, file in enumerate(files):
        content = file.read()
        _seal(folder / f"{number}.sealed", content)
        upload.files.append({"name": _plain_name(file), "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    upload.save(force_insert=True)
    expire()
    return upload


def start(upload: Upload) -> None:
    """Reads the files: small ones at once, others in a thread of their own, whose progress `rows_read` tells. Not twice at once."""
    _beat(upload.id, 0, 0)
    if not Upload.objects.filter(id=upload.id).exclude(state=Upload.State.RUNNING).update(state=Upload.State.RUNNING, problem={}):
        return
    if sum(file["bytes"] for file in upload.files) <= AT_ONCE:
        read_in(upload)
    else:
        threading.Thread(target=_in_thread, args=(upload,), name=f"import {upload.id}").start()


def read_in(upload: Upload) -> None:
    """Brings the files into the register and notes what came of it. The files are destroyed then, also where they could not be read;
    only what a fault or a stopped server broke off can be read again."""
    summary, problem = {}, {}
    try:
        with opened(upload) as paths:
            for number, path in enumerate(paths):
                _seal(_folder(upload.id) / f"{number}.kept", _what_is_stored(path))
            done = import_roster(
                paths, by=upload.by, area=upload.area, upload=upload.id, progress=lambda name, rows, of: _beat(upload.id, rows, of)
            )
        summary = done.plain()
        _destroy_originals(upload)
    except RosterProblem as error:
        problem = {"en": error.text.of("en"), "zh": error.text.of("zh-hans")}
        shutil.rmtree(_folder(upload.id))
    except Exception:
        problem = {"en": FAULT.en, "zh": FAULT.zh}
        raise
    finally:
        state = Upload.State.FAILED if problem else Upload.State.DONE
        Upload.objects.filter(id=upload.id).update(state=state, summary=summary, problem=problem, ended_at=clock.now())


def _what_is_stored(path: Path) -> bytes:
    mapping = dict(Heading.objects.values_list("heading", "field"))
    return without_the_rest(path, mapping, leaves_out=lambda row: not settings.REAL_DATA and looks_real(row.cells))


def _in_thread(upload: Upload) -> None:
    with closing(connection):
        read_in(upload)


def rows_read(upload: Upload) -> tuple[int, int] | None:
    """How many rows of the present file were read, and of how many (0: not known); None where there was no sign of life for long."""
    beat = _folder(upload.id) / "rows"
    if not beat.exists() or clock.now().timestamp() - beat.stat().st_mtime > STALE.total_seconds():
        return None
    read, _, of = (beat.read_text() or "0 0").partition(" ")
    return int(read), int(of)


@contextmanager
def opened(upload: Upload) -> Iterator[list[Path]]:
    """The files under their own names in a folder that nobody else opens, for as long as they are read."""
    with tempfile.TemporaryDirectory(dir=_home(), prefix=READING) as folder:
        paths = []
        for number, file in enumerate(upload.files):
            path = Path(folder) / str(number) / file["name"]
            path.parent.mkdir(mode=0o700)
            path.write_bytes(_unsealed(_folder(upload.id) / f"{number}.sealed"))
            paths.append(path)
        yield paths


def kept(upload: Upload, number: int) -> bytes | None:
    """What is kept of a file; None where its time is over, and before it was read."""
    path = _folder(upload.id) / f"{number}.kept"
    return _unsealed(path) if path.exists() else None


def can_be_read(upload: Upload) -> bool:
    """Whether its files are still there whole: they have not been read to their end."""
    return any(_folder(upload.id).glob("*.sealed"))


def is_kept(upload: Upload) -> bool:
    """Whether anything of its files is still there."""
    return _folder(upload.id).exists()


def expire(*, dry: bool = False) -> int:
    """Destroys what is kept of uploads whose time is over by the pack's `retention_days.uploads`, and files that nobody had read again
    for a day. Returns how many of the first; dry: only counts."""
    now, days = clock.now(), policy().get("retention_days.uploads", KEPT_DAYS)
    over = [upload for upload in Upload.objects.filter(at__lt=now - timedelta(days=days)) if is_kept(upload)]
    for upload in () if dry else Upload.objects.filter(at__lt=now - timedelta(days=UNREAD_DAYS)):
        _destroy_originals(upload)
    for folder in () if dry else [*(_folder(upload.id) for upload in over), *_left_open(now - timedelta(days=UNREAD_DAYS))]:
        shutil.rmtree(folder)
    return len(over)


def _left_open(before: datetime) -> list[Path]:
    """Folders of files being read, whose server was stopped so hard that it could not take them away."""
    return [path for path in _home().glob(f"{READING}*") if path.stat().st_mtime < before.timestamp()]


def _destroy_originals(upload: Upload) -> None:
    for path in _folder(upload.id).glob("*.sealed"):
        path.unlink()


def _seal(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(seal({"file": content}, about=_about(path)) or b"")


def _unsealed(path: Path) -> bytes:
    found: bytes = unseal(path.read_bytes(), about=_about(path))["file"]
    return found


def _about(path: Path) -> str:
    return f"upload|{path.parent.name}|{path.stem}"


def _beat(upload: UUID, rows: int, of: int) -> None:
    (_folder(upload) / "rows").write_text(f"{rows} {of}")


def _home() -> Path:
    folder = environment.home() / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _folder(upload: UUID) -> Path:
    return _home() / str(upload)


def _plain_name(file: Handed) -> str:
    return Path((file.name or "").replace("\\", "/")).name[-150:]


def _check(files: Iterable[Handed]) -> None:
    files = list(files)
    if not files:
        raise Unfit(Text("Choose at least one file.", "请至少选择一个文件。"))
    if len(files) > MOST_FILES:
        raise Unfit(Text("At most {n} files at once. Bring the others afterwards.", "一次最多 {n} 个文件，其余请分次上传。", n=MOST_FILES))
    for file in files:
        name = _plain_name(file)
        if not name.lower().endswith(SUFFIXES):
            known = "xlsx, xls, ods, csv, tsv"
            text = Text("{file} is no roster file. Allowed: {known}.", "{file} 不是名册文件。可用格式：{known}。", file=name, known=known)
            raise Unfit(text)
        if (file.size or 0) > LARGEST:
            text = Text(
                "{file} is larger than {n} MB. Divide it, by village for example.",
                "{file} 超过 {n} MB，请拆分（例如按村）后上传。",
                file=name,
                n=LARGEST // 1_000_000,
            )
            raise Unfit(text)
