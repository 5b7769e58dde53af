"""Reading tables of areas: from the top down in any order of rows, twice the same, and no code that two tables use for two places."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from closeknit.areas import loading
from closeknit.areas.loading import Loaded, load_areas
from closeknit.areas.models import Area
from closeknit.areas.rules import core
from closeknit.kit import clock
from closeknit.kit.tables import TableProblem

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
STATISTICS, OTHER_CODES = HERE / "statistics_2021.csv", HERE / "other_codes.csv"
GUIHUA, JINSHAN = "430202004", "430202005"  # 440512001 is 达濠 there and 礐石 here, and so on round


def table(folder: Path, *rows: str) -> Path:
    path = folder / "areas.csv"
    path.write_text("\n".join(("code,parent,name,level", *rows)) + "\n", encoding="utf-8")
    return path


def told(loaded: Loaded) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.reason.en) for each in loaded.parked]


def tree() -> dict[str, str]:
    return dict(Area.objects.current().values_list("code", "path"))


def test_a_table_is_read_in_pieces_and_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "PIECE", 3)
    shown: list[tuple[int, int]] = []

    first = load_areas(STATISTICS, progress=lambda what, done, of: shown.append((done, of)))
    again = load_areas(STATISTICS)

    rows = len(STATISTICS.read_text(encoding="utf-8").splitlines()) - 1
    assert (first.read, first.new, first.changed, first.parked) == (rows, rows, 0, [])
    assert (again.read, again.new, again.changed, again.parked) == (rows, 0, 0, [])
    assert shown[-1] == (rows, rows) and len(shown) > rows // 3
    assert tree()["430202005001"] == "/43/4302/430202/430202005/430202005001/"


def test_a_code_that_stands_for_another_place_is_set_aside_with_all_below_it():
    load_areas(STATISTICS)
    before = dict(Area.objects.current().values_list("code", "name"))

    loaded = load_areas(OTHER_CODES)

    collide = {each.row for each in loaded.parked}
    lines = OTHER_CODES.read_text(encoding="utf-8").splitlines()
    assert {lines[row - 1].split(",")[2] for row in collide} == {
        "河浦街道", "滨海街道", "玉新街道", "礐石街道", "达濠街道", "馬窖街道", "桂花街道", "金山街道", "流芳园社区",
    }  # fmt: skip
    assert dict(Area.objects.current().values_list("code", "name")) == before
    one = next(each for each in loaded.parked if "金山街道" in lines[each.row - 1])
    assert (one.file, one.column) == ("other_codes.csv", "code")
    assert "stands for 桂花街道 already, not for 金山街道" in one.reason.of("en") and "--renames" in one.remedy.en
    below = next(each for each in loaded.parked if "流芳园" in lines[each.row - 1])
    assert below.column == "parent" and "set aside" in below.reason.of("en")


def test_an_area_that_got_a_new_name_takes_it_when_one_says_so(tmp_path: Path):
    load_areas(STATISTICS)
    renamed = table(tmp_path, f"{JINSHAN},430202,银山街道,township")

    assert len(load_areas(renamed).parked) == 1
    assert load_areas(renamed, renames=True).changed == 1
    assert Area.objects.names([JINSHAN]) == {JINSHAN: "银山街道"}
    assert Area.objects.filter(code=JINSHAN).count() == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("马窖街道", "馬窖街道办事处", True), ("曾家溪居委会", "曾家溪社区", True), ("桂花街道", "金山街道", False), ("村", "镇", False)],
)
def test_names_are_compared_without_their_endings_and_variants(one: str, other: str, same: bool):
    assert (core(one) == core(other)) is same


def test_only_what_lies_below_one_area_is_read_and_what_lies_above_it(tmp_path: Path):
    packed = tmp_path / "areas.csv.gz"
    packed.write_bytes(gzip.compress(STATISTICS.read_bytes()))

    loaded = load_areas(packed, below="430202")

    codes = set(tree())
    assert {code for code in codes if len(code) < 6} == {"43", "4302"} and all(code.startswith("43") for code in codes)
    assert loaded.read == len(codes) and "430202005001" in codes and "433122" not in codes
    with pytest.raises(TableProblem) as refused:
        load_areas(packed, below="430299")
    assert "430299 is not in the file" in refused.value.text.of("en")


def test_rows_that_cannot_be_placed_are_set_aside_and_the_others_stay(tmp_path: Path):
    path = table(
        tmp_path, "99,,试验省,province", "9901,99,试验州,state", ",99,无码,county", "990101,98,试验县,county", "990102,99,邻县,county",
        "990102,99,远县,county", "990103,9901,县,county",
    )  # fmt: skip

    loaded = load_areas(path)

    assert [(row, column) for row, column, _ in told(loaded)] == [(3, "level"), (4, "code"), (5, "parent"), (7, "code"), (8, "parent")]
    assert set(tree()) == {"99", "990102"} and Area.objects.names(["990102"]) == {"990102": "邻县"}


def test_what_lies_below_an_area_that_moves_moves_with_it_and_the_past_stays(tmp_path: Path):
    load_areas(STATISTICS)
    earlier = clock.now()
    with clock.at(earlier + timedelta(days=1)):
        load_areas(table(tmp_path, f"{JINSHAN},433122,金山街道,township"))

    assert tree()["430202005001"] == "/43/4331/433122/430202005/430202005001/"
    assert "430202005001" in Area.objects.below("433122").values_list("code", flat=True)
    assert "430202005001" not in Area.objects.below("430202").values_list("code", flat=True)
    assert "430202005001" in Area.objects.below("430202", earlier).values_list("code", flat=True)


def test_what_lies_below_is_found_by_an_index_among_many(django_assert_num_queries):
    many = [(f"99{number:04d}", "99") for number in range(3_000)]
    rows = [
        Area(code=code, parent=parent, name=code, level="county", path=f"/{parent}/{code}/", learned_at=clock.now())
        for code, parent in many
    ]
    Area.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    with django_assert_num_queries(1):
        found = list(Area.objects.below("990007").values_list("code", flat=True))

    assert found == ["990007"]
    assert "area_path" in Area.objects.below("990007").values("code").explain()


def test_the_command_tells_what_was_set_aside_and_writes_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    call_command("import", "areas", str(STATISTICS))

    call_command("import", "areas", str(OTHER_CODES), parked_rows=tmp_path / "parked.csv")

    said, written = capsys.readouterr().out, (tmp_path / "parked.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "桂花街道" in said and len(written) == 10
    assert written[0] == "file,row,column,reason,remedy" and written[1].startswith("other_codes.csv,")
