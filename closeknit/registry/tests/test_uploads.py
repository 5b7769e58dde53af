"""Files handed in: sealed, read, told about, destroyed when their time is over."""

import gzip
import os
import stat
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from django.apps import apps
from django.core.management import call_command

from closeknit import environment
from closeknit.kit import clock
from closeknit.registry.models import Import, Person, Upload
from closeknit.registry.review import uploads
from closeknit.registry.review.returning import returned
from closeknit.registry.tests.roster_files import workbook
from tests.town import START, TOWN, id_no

ID_1 = id_no("19510101", 11)
TEXT = f"人员编号,户编号,姓名,身份证号,所属村(社区)\nN1,NH1,甲一,{ID_1},西坪村\nN2,NH1,,{id_no('19520202', 12)},西坪村\n".encode()


class Handed(BytesIO):
    def __init__(self, content: bytes, name: str = "名册.csv") -> None:
        super().__init__(content)
        self.name, self.size = name, len(content)


@pytest.fixture
def upload(town: None) -> Upload:
    with clock.at(START):
        return uploads.keep([Handed(TEXT)], by="ben", area=TOWN)


def test_a_file_is_kept_sealed_and_for_nobody_else(upload: Upload):
    folder = environment.home() / "uploads" / str(upload.id)

    sealed = folder / "0.sealed"

    assert "甲一".encode() not in sealed.read_bytes()
    assert ID_1.encode() not in sealed.read_bytes()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, sealed)] == [0o700, 0o600]


def test_a_small_file_is_read_at_once_and_no_plain_copy_stays(upload: Upload):
    uploads.start(upload)

    upload.refresh_from_db()
    assert (upload.state, upload.summary["rows"]) == ("done", {"accepted": 1, "parked": 1})
    assert Person.objects.current().filter(code="N1").exists()
    assert not list((environment.home() / "uploads").rglob("名册.csv"))


def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(town: None):
    upload = uploads.keep([Handed(TEXT), Handed(b"PK\x03\x04 broken", "b.xlsx")], by="ben", area=TOWN)

    uploads.start(upload)

    upload.refresh_from_db()
    assert upload.state == "failed"
    assert upload.problem["en"].startswith("b.xlsx: ")
    assert not Person.objects.filter(code="N1").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [([], "Choose"), ([Handed(b"x", "a.exe")], "a.exe is no roster"), ([Handed(b"x", "a.csv")] * 61, "At most 60")],
)
def test_what_is_no_roster_file_is_not_taken(town: None, files: list[Handed], said: str):
    with pytest.raises(uploads.Unfit) as unfit:
        uploads.keep(files, by="ben", area=TOWN)

    assert unfit.value.text.of("en").startswith(said)


def test_a_file_too_large_is_not_taken(town: None):
    big = Handed(b"x", "a.csv")
    big.size = uploads.LARGEST + 1

    with pytest.raises(uploads.Unfit):
        uploads.keep([big], by="ben", area=TOWN)


def test_a_name_leads_nowhere_else(town: None):
    upload = uploads.keep([Handed(TEXT, "..\\..\\etc/../x.csv")], by="ben", area=TOWN)

    assert upload.files[0]["name"] == "x.csv"


def test_the_file_is_destroyed_as_soon_as_it_was_read_or_could_not_be_read(upload: Upload):
    with clock.at(START):
        broken = uploads.keep([Handed(b"a,b\n1,2\n")], by="ben", area=TOWN)
    before = [uploads.can_be_read(each) for each in (upload, broken)]

    uploads.start(upload)
    uploads.start(broken)

    assert before == [True, True]
    assert [uploads.can_be_read(each) for each in (upload, broken)] == [False, False]
    assert [uploads.is_kept(each) for each in (upload, broken)] == [True, False]


def test_a_file_whose_reading_was_broken_off_is_destroyed_after_a_day(upload: Upload):
    crashed = environment.home() / "uploads" / f"{uploads.READING}1"
    crashed.mkdir()
    os.utime(crashed, (START.timestamp(), START.timestamp()))
    with clock.at(START + timedelta(hours=23)):
        uploads.expire()
        early = (uploads.can_be_read(upload), crashed.exists())
    with clock.at(START + timedelta(hours=25)):
        uploads.expire()

    assert (early, uploads.can_be_read(upload), crashed.exists()) == ((True, True), False, False)


SECRETS = ("秘密一号", "秘密二号", "秘密三号", "秘密四号", "秘密五号", "秘密六号", "430102199001011237")
SHEETS = {
    "西坪村": [
        ("西坪村摸排表",),
        ("序号", "人员编号", "户编号", "姓名", "身份证号", "血缘", "民族", "姓名", "", "原因"),
        ("1", "N1", "NH1", "甲一", ID_1, SECRETS[0], SECRETS[1], SECRETS[2], SECRETS[3], SECRETS[4]),
        ("2", "N2", "NH1", "甲二", "", "", "", "", "", ""),
        ("3", "N3", "NH1", "甲三", SECRETS[6], "", "", "", "", ""),
        ("合计：3人", "", "", "", "", SECRETS[0], "", "", "", ""),
    ],
    "说明": [("这里没有表头", SECRETS[5])],
}


def bring(path: Path) -> Upload:
    """A file handed in and read."""
    upload = uploads.keep([Handed(path.read_bytes(), path.name)], by="ben", area=TOWN)
    uploads.start(upload)
    upload.refresh_from_db()
    return upload


def opened_up(blob: bytes) -> bytes:
    """Whatever a sealed blob holds, whatever it was sealed about (AES-GCM counts from 2 behind its nonce); unpacked where it is packed."""
    counted = Cipher(AES(environment.key("personal")), CTR(blob[1:13] + (2).to_bytes(4))).decryptor()
    plain = counted.update(blob[13:-16])
    return b"".join(gzip.decompress(plain[at:]) for at in (plain.find(b"\x1f\x8b\x08"),) if at >= 0) or plain


def everything() -> bytes:
    """All that the database and the files hold, decrypted."""
    found: list[bytes] = []
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            for value in row:
                is_blob = isinstance(value, bytes | memoryview)
                found.append(opened_up(bytes(value)) if is_blob and len(value) > 29 else str(value).encode())
    for path in environment.home().rglob("*"):
        if path.is_file() and not path.name.endswith(("sqlite3", "sqlite3-wal", "sqlite3-shm")):
            found += [path.read_bytes(), opened_up(path.read_bytes()) if path.suffix in (".sealed", ".kept") else b""]
    return b"\n".join(found)


@pytest.mark.parametrize("name", ["西坪村.xlsx", "西坪村.csv"])
def test_what_no_known_column_holds_is_stored_nowhere(town: None, tmp_path: Path, name: str):
    path = tmp_path / name
    lines = SHEETS["西坪村"]
    _ = workbook(path, SHEETS) if name.endswith("xlsx") else path.write_text("\n".join(",".join(line) for line in lines), "utf-8")
    upload = bring(path)

    held = everything()

    assert (upload.state, upload.summary["unknown_headings"], upload.summary["dropped_headings"]) == ("done", ["血缘", "姓名"], ["民族"])
    assert [text for text in SECRETS if text.encode() in held] == []
    assert [text for text in ("甲一", "甲二", ID_1, "血缘") if text.encode() not in held] == []


def test_the_same_search_finds_what_is_stored_before_the_file_was_read(town: None, tmp_path: Path):
    path = tmp_path / "西坪村.csv"
    path.write_text("\n".join(",".join(line) for line in SHEETS["西坪村"]), "utf-8")
    uploads.keep([Handed(path.read_bytes(), path.name)], by="ben", area=TOWN)

    assert SECRETS[0].encode() in everything()


def test_the_workbook_comes_back_with_all_headings_and_blank_cells_under_those_not_known(town: None, tmp_path: Path):
    upload = bring(workbook(tmp_path / "西坪村.xlsx", SHEETS))

    name, content = returned(Import.objects.get(upload=upload.id))

    book = openpyxl.load_workbook(BytesIO(content))
    lines = [[cell if cell is None else str(cell) for cell in line] for line in book["西坪村"].iter_rows(values_only=True)]
    assert (name, book.sheetnames, book["说明"].max_row) == ("西坪村-结果.xlsx", ["西坪村", "说明"], 1)
    assert lines[0][0] == "西坪村摸排表"
    assert lines[1] == ["序号", "人员编号", "户编号", "姓名", "身份证号", "血缘", "民族", "姓名", None, "原因", "结果", "原因"]
    assert lines[2][:10] == ["1", "N1", "NH1", "甲一", ID_1, None, None, None, None, None]
    assert [line[10] for line in lines[2:5]] == ["已接收", "已接收，待核实", "搁置，未接收"]
    assert lines[4][:10] == [None] * 10


def test_the_original_comes_back_with_two_more_columns(upload: Upload):
    uploads.start(upload)

    name, content = returned(Import.objects.get(upload=upload.id))

    lines = content.decode("utf-8-sig").splitlines()
    assert name == "名册-结果.csv"
    assert lines[0].endswith(",结果,原因")
    assert [line.split(",")[5] for line in lines[1:]] == ["已接收", "搁置，未接收"]


def test_files_are_destroyed_when_their_time_is_over(upload: Upload):
    with clock.at(START + timedelta(days=29)):
        early = uploads.expire()
    with clock.at(START + timedelta(days=31)):
        late = uploads.expire()

    assert (early, late, uploads.is_kept(upload)) == (0, 1, False)


def test_the_nightly_command_destroys_the_files_too(upload: Upload, capsys: pytest.CaptureFixture[str]):
    with clock.at(START + timedelta(days=31)):
        call_command("expire", dry=True)
        kept = uploads.is_kept(upload)
        call_command("expire", only="whereabouts")
        untouched = uploads.is_kept(upload)
        call_command("expire")

    assert (kept, untouched, uploads.is_kept(upload)) == (True, True, False)
