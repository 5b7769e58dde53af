"""Scans of sheets: sealed while they are kept, and destroyed with the sheet."""

import shutil
from pathlib import Path
from typing import Protocol

from closeknit import environment
from closeknit.kit import clock
from closeknit.kit.sealing import seal, unseal
from closeknit.kit.text import Text
from closeknit.paper.models import Scan, Sheet
from closeknit.paper.pictures import Unfit, bare

LARGEST = 10_000_000  # bytes
MOST = 4  # of one sheet
BEGINNINGS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"%PDF-", "application/pdf"))

TOO_LARGE = Text(
    "The file is larger than {n} MB. Photograph the sheet with a smaller picture size.", "文件超过 {n} MB，请调低照片尺寸后重拍。"
)
OTHER_TYPE = Text("This is no photograph and no PDF. Allowed: JPEG, PNG, WebP, PDF.", "文件不符，可用格式：JPEG、PNG、WebP、PDF。")
ENOUGH = Text("A sheet has at most {n} scans. Destroy one that is not needed.", "每张表最多保存 {n} 份扫描件，请先销毁不需要的。")


class Handed(Protocol):
    """A file as a browser hands it in."""

    size: int | None

    def read(self) -> bytes: ...


def keep(sheet: Sheet, file: Handed, *, by: str) -> Scan:
    """Seals a scan away, without the name that the file had and without what a camera wrote into it. Raises `Unfit` for what is too
    large, too much, or no picture."""
    if (file.size or 0) > LARGEST:
        raise Unfit(TOO_LARGE.format(n=LARGEST // 1_000_000))
    content = file.read()
    found = type_of(content)
    if not found:
        raise Unfit(OTHER_TYPE)
    if sheet.scans.count() >= MOST:
        raise Unfit(ENOUGH.format(n=MOST))
    content = bare(content, found)
    scan = Scan(sheet=sheet, at=clock.now(), by=by, type=found, bytes=len(content))
    path = _path(scan)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(seal({"scan": content}, about=_about(scan)) or b"")
    scan.save(force_insert=True)
    return scan


def type_of(content: bytes) -> str:
    """What a file is by how it begins, whatever it is called; empty for what is not taken."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((name for beginning, name in BEGINNINGS if content.startswith(beginning)), "")


def content(scan: Scan) -> bytes | None:
    """The scan itself; None where it is not there any more."""
    path = _path(scan)
    if not path.exists():
        return None
    found: bytes = unseal(path.read_bytes(), about=_about(scan))["scan"]
    return found


def destroy(scan: Scan) -> None:
    """Destroys one scan."""
    _path(scan).unlink(missing_ok=True)
    scan.delete()


def destroy_all(sheet: str) -> None:
    """Destroys the scans of a sheet."""
    shutil.rmtree(_home() / sheet, ignore_errors=True)


def _home() -> Path:
    return environment.home() / "scans"


def _path(scan: Scan) -> Path:
    return _home() / scan.sheet_id / f"{scan.pk}.sealed"


def _about(scan: Scan) -> str:
    return f"scan|{scan.sheet_id}|{scan.pk}"
