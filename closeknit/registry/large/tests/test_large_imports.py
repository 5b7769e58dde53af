"""Imports in chunks: broken off and read again, beside others who write, and a broken file that changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from closeknit.registry import importing
from closeknit.registry.importing import import_roster
from closeknit.registry.large.filling import taken_in
from closeknit.registry.large.holds import FULL_TEXT
from closeknit.registry.models import Alias, Household, Import, Person, RosterRow
from closeknit.registry.review.mending import mend
from closeknit.registry.roster.problem import RosterProblem
from closeknit.registry.searching import search_persons
from closeknit.registry.tests.roster_files import csv_file
from tests.town import WEST, id_no

pytestmark = pytest.mark.django_db
HEADINGS = ("户编号", "姓名", "身份证号", "所属村(社区)")
IDS = [id_no("19510101", number) for number in range(20, 40)]
FIRST = [(f"NH{number // 2}", f"甲{number}", IDS[number], "西坪村") for number in range(8)]
MOVED = [(f"NH{number}", f"甲{number}", IDS[number], "西坪村") for number in range(4)]
TOLD = [*MOVED, ("NH9", "", IDS[9], "西坪村"), ("NH1", "甲0", IDS[0], "西坪村"), ("NH9", "乙", "1", "西坪村"), *FIRST[6:]]


@pytest.fixture(autouse=True)
def chunks_of_two(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importing, "CHUNK", 2)


def stop_at(row: int) -> Callable[[str, int, int], None]:
    def progress(name: str, rows: int, of: int) -> None:
        if rows >= row:
            raise KeyboardInterrupt

    return progress


def state() -> list[object]:
    return [
        sorted(Person.objects.current().filter(code__startswith="p-").values_list("code", "household", "doubt")),
        sorted(Household.objects.current().filter(code__startswith="NH").values_list("code", "area")),
        sorted(RosterRow.objects.current().exclude(file="roster.csv").values_list("file", "row", "status", "reason", "person")),
        sorted(Alias.objects.filter(withdrawn_at=None).values_list("code", "canonical")),
    ]


@pytest.mark.parametrize("row", [2, 4, 6, 8])
def test_an_import_that_was_broken_off_is_brought_to_its_end_by_reading_again(town: None, tmp_path: Path, row: int):
    import_roster([csv_file(tmp_path / "先.csv", FIRST, HEADINGS)], by="ben")
    whole = csv_file(tmp_path / "后.csv", TOLD, HEADINGS)
    with pytest.raises(KeyboardInterrupt):
        import_roster([whole], by="ben", progress=stop_at(row))

    summary = import_roster([whole], by="ben")

    after = state()
    assert dict(summary.rows) == {"accepted": 6, "parked": 1, "merged": 1, "doubtful": 1}
    assert Import.objects.exclude(left=[]).count() == 0
    assert not Household.objects.current().filter(code="NH2").exists() or Person.objects.current().filter(household="NH2").exists()
    import_roster([whole], by="ben")
    assert state() == after


def test_reading_in_chunks_or_whole_gives_the_same(town: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = csv_file(tmp_path / "名册.csv", [*FIRST, *TOLD], HEADINGS)
    told = []
    summary = import_roster([file], by="ben", progress=lambda *seen: told.append(seen))
    in_chunks = state()
    with connection.cursor() as cursor:
        for table in ("searchwords", "import", "rosterrow", "person", "household", "alias"):
            cursor.execute(f"DELETE FROM registry_{table}")
    monkeypatch.setattr(importing, "CHUNK", 1000)

    whole = import_roster([file], by="ben")

    rows = len(FIRST) + len(TOLD)
    assert told[-1] == ("名册.csv", rows, rows)
    assert [each[1] for each in told] == sorted(each[1] for each in told)
    assert (summary.plain(), in_chunks) == (whole.plain(), state())


def test_of_whom_an_earlier_chunk_told_no_later_row_takes_the_place(town: None, tmp_path: Path):
    doubtful = ("NH7", "甲七", "1", "西坪村")
    import_roster([csv_file(tmp_path / "先.csv", [doubtful], HEADINGS)], by="ben")
    first = Person.objects.current().get(household="NH7").code
    namesake = ("NH7", "甲七", IDS[9], "西坪村")

    import_roster([csv_file(tmp_path / "后.csv", [doubtful, *FIRST[:2], namesake], HEADINGS)], by="ben")

    doubts = dict(Person.objects.current().filter(household="NH7").values_list("code", "doubt"))
    assert doubts.pop(first) == "bad_id"
    assert list(doubts.values()) == [""]


def test_who_is_entered_by_somebody_while_an_import_runs_stands_once(town: None, tmp_path: Path):
    """A row that was set aside is mended at the console; the file tells of the same person again further down."""
    later = ("NH9", "甲九", IDS[9], "西坪村")
    file = csv_file(tmp_path / "名册.csv", [("NH9", "", IDS[9], "西坪村"), *FIRST[:3], later], HEADINGS)
    mended = []

    def mend_meanwhile(name: str, rows: int, of: int) -> None:
        parked = RosterRow.objects.current().filter(status="parked").first()
        if parked and not mended:
            mended.append(mend(parked, {"name": "甲九"}, by="ana", reason="电话核实", within=WEST))

    import_roster([file], by="ben", progress=mend_meanwhile)

    assert len(mended) == 1
    assert [each.household for each in search_persons("甲九", Person.objects.current())] == ["NH9"]
    assert RosterRow.objects.current().filter(status="parked").count() == 0


def test_a_file_that_breaks_off_within_quotation_marks_changes_nothing(town: None, tmp_path: Path):
    file = csv_file(tmp_path / "名册.csv", FIRST, HEADINGS)
    file.write_text(file.read_text(encoding="utf-8-sig") + 'NH9,"甲九,,西坪村\n', encoding="utf-8")

    with pytest.raises(RosterProblem):
        import_roster([file], by="ben")

    assert Import.objects.filter(file="名册.csv").count() == 0


def test_words_go_into_their_index_now_and_then_while_nobody_is_held_up(town: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    open_then, around = [], len(connection.savepoint_ids)
    monkeypatch.setattr(importing, "WORDS_AT_ONCE", 4)
    monkeypatch.setattr(importing, "taken_in", lambda _index: open_then.append(len(connection.savepoint_ids)))

    import_roster([csv_file(tmp_path / "先.csv", FIRST, HEADINGS)], by="ben")

    assert open_then == [around, around]  # eight rows in chunks of two: after the fourth and the eighth, in no transaction of the import


def test_both_engines_take_words_in(db: None):
    taken_in(FULL_TEXT)
