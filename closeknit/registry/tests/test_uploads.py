"""Files handed in: sealed, read, told about, destroyed when their time is over."""

import stat
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import call_command

from closeknit import environment
from closeknit.kit import clock
from closeknit.registry.models import Import, Person, Upload
from closeknit.registry.review import uploads
from closeknit.registry.review.returning import returned
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


def test_the_original_comes_back_with_two_more_columns(upload: Upload):
    uploads.start(upload)

    name, content = returned(Import.objects.get(upload=upload.id))

    lines = content.decode("utf-8-sig").splitlines()
    assert name == "名册-结果.csv"
    assert lines[0].endswith(",结果,原因")
    assert [line.split(",")[5] for line in lines[1:]] == ["已接收", "暂存，未接收"]


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
