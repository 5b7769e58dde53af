"""Photographs without what cameras write into them unasked: where and when they were taken, by which phone, a film beside them."""

import re
from collections.abc import Iterator
from struct import error as Short
from struct import pack, unpack_from

from closeknit.kit.text import Refusal, Text

MOST_PIXELS = 100_000_000  # a browser that shows more runs out of memory; A4 at 600 dots an inch has 35 million
KEPT_OF_PNG = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
KEPT_OF_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ICCP", b"ALPH"}
EXIF_AND_XMP = 0b1100  # of the flags of VP8X
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the segments of a JPEG that tell its size
SCAN, END = 0xDA, 0xD9
NEXT_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)  # within a scan's points: 0xff itself, and where to begin anew
PROFILE, ADOBE, JFIF, EXIF = b"ICC_PROFILE\0", b"Adobe", b"JFIF\0", b"Exif\0\0"
ORIENTATION = 0x0112

DAMAGED = Text("The picture is damaged or was cut off on its way. Photograph the sheet again.", "照片已损坏或不完整，请重新拍摄。")
TOO_FINE = Text(
    "The picture has more than {n} million points. Photograph the sheet with a smaller picture size.",
    "照片超过 {n} 百万像素，请调低照片尺寸后重拍。",
)


class Unfit(Refusal):
    """A file that is not taken; `text` says why and what to do."""


def bare(content: bytes, kind: str) -> bytes:
    """The picture alone, as it stood (a JPEG keeps which way up it is). A PDF is given back as it came. Raises `Unfit`."""
    try:
        picture, (width, height) = READERS[kind](content) if kind in READERS else (content, (1, 1))
    except (Short, IndexError, ValueError) as error:
        raise Unfit(DAMAGED) from error
    if not width * height:
        raise Unfit(DAMAGED)
    if width * height > MOST_PIXELS:
        raise Unfit(TOO_FINE.format(n=MOST_PIXELS // 1_000_000))
    return picture


def _jpeg(content: bytes) -> tuple[bytes, tuple[int, int]]:
    size, turned, kept = (0, 0), 1, []
    for mark, segment in _segments(content):
        body = segment[4:]
        if mark in FRAMES:
            size = unpack_from(">HH", body, 1)[::-1]
        if mark == 0xE1 and body.startswith(EXIF):
            turned = _orientation(body[len(EXIF) :])
        if mark < 0xE0 or (mark, True) in ((0xE0, body.startswith(JFIF)), (0xE2, body.startswith(PROFILE)), (0xEE, body.startswith(ADOBE))):
            kept.append(segment)
    told = EXIF + b"MM\0*" + pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    upright = pack(">HH", 0xFFE1, len(told) + 2) + told if turned != 1 else b""
    return b"\xff\xd8" + upright + b"".join(kept) + b"\xff\xd9", size


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments up to the end of the picture, each with its mark; that of a scan with the points that follow it."""
    at = 2
    while content[at + 1] != END:
        if content[at + 1] == 0xFF:  # a mark may be filled up before
            at += 1
            continue
        mark, length = unpack_from(">xBH", content, at)
        if content[at] != 0xFF or not 0xC0 <= mark <= 0xFE or len(content) < at + 2 + length:
            raise ValueError("no segment")
        end = at + 2 + length
        if mark == SCAN:
            found = NEXT_MARK.search(content, end)
            if found is None:
                raise ValueError("cut off")
            end = found.start()
        yield mark, content[at:end]
        at = end


def _orientation(tiff: bytes) -> int:
    """Which way up the camera was held, 1 to 8; 1 where that cannot be read."""
    try:
        order = ">" if tiff.startswith(b"MM") else "<"
        (start,) = unpack_from(f"{order}I", tiff, 4)
        (count,) = unpack_from(f"{order}H", tiff, start)
        entries = (unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number) for number in range(count))
        found = next((value for tag, _, _, value in entries if tag == ORIENTATION), 1)
    except Short:
        return 1
    return found if 1 <= found <= 8 else 1


def _png(content: bytes) -> tuple[bytes, tuple[int, int]]:
    kept, at, name = [content[:8]], 8, b""
    while name != b"IEND":
        length, name = unpack_from(">I4s", content, at)
        end = at + 12 + length
        if len(content) < end:
            raise ValueError("cut off")
        if name in KEPT_OF_PNG:
            kept.append(content[at:end])
        at = end
    return b"".join(kept), unpack_from(">II", content, 16)


def _webp(content: bytes) -> tuple[bytes, tuple[int, int]]:
    kept, size, at = [], (0, 0), 12
    while at < min(len(content), 8 + unpack_from("<I", content, 4)[0]):
        name, length = unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + length]
        if len(body) < length:
            raise ValueError("cut off")
        size = size if size[0] else _size_of_webp(name, body)
        if name == b"VP8X":
            body = bytes((body[0] & ~EXIF_AND_XMP,)) + body[1:]
        if name in KEPT_OF_WEBP:
            kept.append(name + pack("<I", length) + body + b"\0" * (length % 2))
        at += 8 + length + length % 2
    picture = b"WEBP" + b"".join(kept)
    return b"RIFF" + pack("<I", len(picture)) + picture, size


def _size_of_webp(name: bytes, body: bytes) -> tuple[int, int]:
    if name == b"VP8X":
        wide, wider, high, higher = unpack_from("<4xHBHB", body)
        return (wide | wider << 16) + 1, (high | higher << 16) + 1
    if name == b"VP8L":
        (both,) = unpack_from("<xI", body)
        return both % 2**14 + 1, (both >> 14) % 2**14 + 1
    if name == b"VP8 ":
        width, height = unpack_from("<HH", body, 6)
        return width % 2**14, height % 2**14
    return 0, 0


READERS = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
