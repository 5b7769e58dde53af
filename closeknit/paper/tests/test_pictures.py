"""What is kept of a photograph: the picture, and nothing that the camera wrote beside it."""

import zlib
from struct import pack

import pytest

from closeknit.paper.pictures import MOST_PIXELS, Unfit, bare
from tests.everywhere.papers import PNG

WHERE = b"GPS 28.1N 110.1E"


def segment(mark: int, body: bytes) -> bytes:
    return pack(">BBH", 0xFF, mark, len(body) + 2) + body


def exif(orientation: int, order: str = ">") -> bytes:
    """What a phone writes: which way up it was held, and where."""
    entries = pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0) + pack(f"{order}HHII", 0x8825, 4, 1, 38)
    tiff = (b"MM\0*" if order == ">" else b"II*\0") + pack(f"{order}IH", 8, 2) + entries + bytes(4) + WHERE
    return segment(0xE1, b"Exif\0\0" + tiff)


JFIF = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0")
TABLES = segment(0xDB, bytes(65)) + segment(0xC0, pack(">BHHB", 8, 3, 5, 1) + b"\1\x11\0") + segment(0xC4, bytes(20))
SCAN = segment(0xDA, b"\1\1\0\0\x3f\0")
POINTS = SCAN + b"\x12\xff\x00\x34\xff\xd0\x56" + segment(0xC4, bytes(20)) + SCAN + b"\x78"
PROFILE = segment(0xE2, b"ICC_PROFILE\0\1\1 colours")


def jpeg(*beside: bytes, points: bytes = POINTS) -> bytes:
    return b"\xff\xd8" + JFIF + b"".join(beside) + TABLES + points + b"\xff\xd9"


def chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    inner = b"".join(name + pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in chunks)
    return b"RIFF" + pack("<I", len(inner) + 4) + b"WEBP" + inner


def test_a_photograph_loses_where_and_by_which_phone_it_was_taken():
    film = b"a film with the voices around"
    others = (exif(1), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + WHERE), segment(0xE2, b"MPF\0" + WHERE), segment(0xED, WHERE))

    assert bare(jpeg(PROFILE, *others, segment(0xFE, WHERE)) + film, "image/jpeg") == jpeg(PROFILE)


@pytest.mark.parametrize("order", [">", "<"])
def test_a_photograph_stays_the_right_way_up(order: str):
    kept = bare(jpeg(exif(6, order)), "image/jpeg")

    assert (kept.startswith(b"\xff\xd8\xff\xe1"), kept.count(b"Exif"), WHERE in kept) == (True, 1, False)
    assert bare(kept, "image/jpeg") == kept


def test_a_png_loses_what_was_written_beside_the_picture():
    told = PNG[:33] + chunk(b"eXIf", WHERE) + chunk(b"tEXt", b"where\0" + WHERE) + PNG[33:] + b"<script>"

    assert bare(told, "image/png") == PNG


def test_a_webp_loses_what_was_written_beside_the_picture():
    plain = (b"VP8L", b"\x2f" + (4 | 2 << 14).to_bytes(4, "little") + b"points")
    size = (4).to_bytes(3, "little") + (2).to_bytes(3, "little")
    told = riff((b"VP8X", b"\x1c\0\0\0" + size), plain, (b"EXIF", WHERE), (b"XMP ", WHERE + b"!"))

    assert bare(told, "image/webp") == riff((b"VP8X", b"\x10\0\0\0" + size), plain)
    assert bare(riff(plain), "image/webp") == riff(plain)


def test_a_pdf_is_kept_as_it_came():
    assert bare(b"%PDF-1.4 " + WHERE, "application/pdf") == b"%PDF-1.4 " + WHERE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff<html><script>alert(1)</script>", "image/jpeg"),
        (jpeg()[:-2], "image/jpeg"),
        (jpeg()[:40], "image/jpeg"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\xff\xd8" + JFIF + b"\xff\xd9", "image/jpeg"),
        (PNG[:-6], "image/png"),
        (PNG[:8] + b"points", "image/png"),
        (riff(), "image/webp"),
        (riff((b"VP8X", b"\0"))[:-1] + b"\xff", "image/webp"),
        (riff((b"VP8 ", b"\0\0")), "image/webp"),
    ],
)
def test_what_only_begins_like_a_picture_is_refused(content: bytes, kind: str):
    with pytest.raises(Unfit):
        bare(content, kind)


@pytest.mark.parametrize(("side", "taken"), [(10_000, True), (30_000, False)])
def test_a_small_file_that_unpacks_to_more_than_a_browser_holds_is_refused(side: int, taken: bool):
    bomb = PNG[:8] + chunk(b"IHDR", pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)) + PNG[33:]

    if taken:
        assert bare(bomb, "image/png") == bomb and side * side == MOST_PIXELS
    else:
        with pytest.raises(Unfit) as unfit:
            bare(bomb, "image/png")
        assert "100 million points" in unfit.value.text.of("en")
