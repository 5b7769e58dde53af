"""What becomes of a row: accepted, doubtful, merged or parked, and how codes are found."""

from pathlib import Path

import pytest

from closeknit.registry.roster.judge import Register
from closeknit.registry.tests.roster_files import (
    AREAS,
    HEADINGS,
    ID_ANA,
    ID_BEN,
    ID_CHEN,
    OTHER,
    VILLAGE,
    WRONG_CHECK,
    csv_file,
    judge,
    register_of,
    row,
    said,
    verdicts,
    workbook,
)

FULL_WIDTH = "９９００００１９５６０７１０００２８"  # the wrong one


def test_a_whole_row_is_accepted_with_what_its_id_tells(tmp_path: Path) -> None:
    (verdict,) = verdicts(csv_file(tmp_path / "r.csv", [row("P1", "H1", "单　田芳", ID_ANA)]))

    person = verdict.person
    assert (verdict.status, verdict.reason, verdict.change, verdict.canonical, verdict.cure) == ("accepted", "", "new", None, None)
    assert person is not None
    assert (person.code, person.household, person.area, person.name, person.id_no) == ("P1", "H1", VILLAGE, "单田芳", ID_ANA)
    assert (str(person.birth_date), person.birth_from, person.sex) == ("1956-07-10", "id", "f")


@pytest.mark.parametrize(
    ("id_no", "status", "reason"),
    [
        (ID_BEN.lower(), "accepted", ""),
        ("９９００００１９５６０７１０００２７", "accepted", ""),
        ("990000670401001", "accepted", ""),
        (WRONG_CHECK, "doubtful", "bad_id"),
        ("9.9000019340905E+17", "doubtful", "bad_id"),
        ("99000019560710002", "doubtful", "bad_id"),
        ("", "doubtful", "no_id"),
        ("不详", "doubtful", "no_id"),
        ("同上", "doubtful", "no_id"),
        ("11010519491231002X", "parked", "real_id"),
        ("1.10105194912E+17", "parked", "real_id"),
        ("110105194912310021", "parked", "real_id"),
    ],
)
def test_the_id_decides(tmp_path: Path, id_no: str, status: str, reason: str) -> None:
    assert said(verdicts(csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三", id_no)]))) == [(2, status, reason)]


def test_of_a_real_id_nothing_is_kept_unless_real_data_is_allowed(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三", "11010519491231002X")])

    (refused,) = verdicts(path)
    (taken,) = verdicts(path, by=judge(real_data=True))

    assert (refused.person, refused.cells, refused.digest, refused.household) == (None, {}, b"", "")
    assert taken.status == "accepted"


def test_a_doubtful_id_gives_no_age_but_a_column_may(tmp_path: Path) -> None:
    headings = (*HEADINGS, "出生日期")
    rows = [(*row("P1", "H1", "张三", WRONG_CHECK), ""), (*row("P2", "H1", "李四", WRONG_CHECK), "1956年7月10日")]

    bare, told = verdicts(csv_file(tmp_path / "r.csv", rows, headings))

    assert bare.person and told.person
    assert (bare.person.birth_date, bare.person.birth_from, bare.person.sex) == (None, "", "")
    assert (str(told.person.birth_date), told.person.birth_from) == ("1956-07-10", "column")


@pytest.mark.parametrize(
    ("first", "second", "status", "reason"),
    [
        (row("P1", "H1", "张三", ID_ANA), row("P2", "H2", "张三", ID_ANA), "merged", "same_id"),
        (row("P1", "H1", "张三", ID_ANA), row("P2", "H2", "李四", f" {ID_ANA} "), "merged", "same_id"),
        (row("P1", "H1", "张三", ID_ANA), row("P1", "H1", "张三", ID_ANA), "merged", "repeated"),
        (row("P1", "H1", "张三", WRONG_CHECK), row("P1", "H1", "张三", WRONG_CHECK), "merged", "repeated"),
        (row("P1", "H1", "张三"), row("P1", "H1", "张三"), "merged", "repeated"),
        (row("P1", "H1", "张东", WRONG_CHECK), row("P1", "H1", "張 東", FULL_WIDTH, "麻壟村(cūn)"), "merged", "repeated"),
        (row("P1", "H1", "张三", WRONG_CHECK), row("P2", "H2", "张三", WRONG_CHECK), "doubtful", "bad_id"),
        (row("P1", "H1", "张三"), row("P2", "H1", "张三"), "doubtful", "no_id"),
        (row("P1", "H1", "张三", ID_ANA), row("P1", "H1", "李四", ID_BEN), "accepted", ""),
        (row("P1", "H1", "", ID_ANA), row("P2", "H1", "张三", ID_ANA), "accepted", ""),
        (row("P1", "H1", "张三", ID_ANA), row("P2", "H2", "", ID_ANA), "parked", "missing_name"),
        (row("P1", "H1", "张三", ID_ANA), row("P2", "H2", "张三", ID_ANA, "无名村"), "parked", "unknown_area"),
    ],
)
def test_the_second_of_two_rows(tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...], status: str, reason: str) -> None:
    assert said(verdicts(csv_file(tmp_path / "r.csv", [first, second])))[1] == (3, status, reason)


def test_a_merged_row_keeps_its_own_code_household_and_area(tmp_path: Path) -> None:
    csv_file(tmp_path / "a.csv", [row("P1", "H1", "张三", ID_ANA)])
    csv_file(tmp_path / "b.csv", [row("P2", "H2", "张三", ID_ANA, "庄尚村")])

    _, merged = verdicts(tmp_path / "b.csv", tmp_path / "a.csv")

    assert merged.person is not None
    assert (merged.canonical, merged.person.code, merged.household, merged.area) == ("P1", "P2", "H2", OTHER)


def test_somebody_elses_code_is_not_theirs(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三", ID_ANA), row("P1", "H1", "李四", ID_BEN), row("P1", "H1", "王五")])

    codes = [verdict.person.code for verdict in verdicts(path) if verdict.person]

    assert codes[0] == "P1"
    assert len(set(codes)) == 3
    assert codes == [verdict.person.code for verdict in verdicts(path) if verdict.person]


def test_rows_without_codes_get_the_same_ones_every_time(tmp_path: Path) -> None:
    headings = ("姓名", "身份证号", "所属村", "楼栋", "门牌")
    rows = [
        ("张三", ID_ANA, "麻垅村", "1栋", "101"),
        ("李四", "", "麻垅村", "1栋", "101"),
        ("王五", "", "庄尚村", "1栋", "101"),
        ("赵六", "", "麻垅村", "", ""),
        ("钱七", "", "麻垅村", "", ""),
    ]

    first = verdicts(csv_file(tmp_path / "a.csv", rows, headings))
    second = verdicts(csv_file(tmp_path / "b.csv", rows[::-1], headings))

    households = [verdict.household for verdict in first]
    assert households[0] == households[1]
    assert len(set(households)) == 4
    assert {v.person.code: v.household for v in first if v.person} == {v.person.code: v.household for v in second if v.person}
    assert all(ID_ANA not in verdict.person.code for verdict in first if verdict.person)


def test_a_villages_own_small_numbers_are_no_towns_codes(tmp_path: Path) -> None:
    rows = [row("1", "1", "张三", ID_ANA), row("1", "1", "李四", ID_BEN, "庄尚村")]

    ours, theirs = verdicts(csv_file(tmp_path / "r.csv", rows))

    assert (ours.household, theirs.household) == (f"{VILLAGE}-1", f"{OTHER}-1")


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    rows = [
        row("P1", "H1", "张三", ID_ANA),
        row("P2", "H2", "张三", ID_ANA),
        row("P3", "H1", "李四", WRONG_CHECK),
        row("P3", "H1", "李四", WRONG_CHECK),
        row("", "H1", "王五", ID_BEN),
        row("", "H1", "赵六"),
        row("P1", "H9", "钱七", ID_CHEN),
        row("P9", "H9", "", ""),
    ]
    path = csv_file(tmp_path / "r.csv", rows)
    first = verdicts(path)

    second = verdicts(path, by=judge(register_of(first)))

    assert said(second) == said(first)
    assert [verdict.digest for verdict in second] == [verdict.digest for verdict in first]
    assert [verdict.change for verdict in second] == [verdict.change.replace("new", "same") for verdict in first]


def test_two_people_of_one_code_stay_who_they_are_when_the_file_is_sorted_anew(tmp_path: Path) -> None:
    rows = [row("P1", "H1", "张三", ID_ANA), row("P1", "H2", "李四", ID_BEN)]
    first = verdicts(csv_file(tmp_path / "r.csv", rows))

    second = verdicts(csv_file(tmp_path / "r.csv", rows[::-1]), by=judge(register_of(first)))

    assert [verdict.change for verdict in second] == ["same", "same"]


def test_a_corrected_workbook_updates_the_person(tmp_path: Path) -> None:
    register = register_of(verdicts(csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三", WRONG_CHECK), row("P2", "H1", "李四", ID_BEN)])))

    corrected = csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三", ID_ANA), row("P2", "H1", "李四", ID_BEN)])

    assert [(v.status, v.change) for v in verdicts(corrected, by=judge(register))] == [("accepted", "changed"), ("accepted", "same")]


def test_an_id_that_was_corrected_belongs_no_longer_to_its_first_bearer(tmp_path: Path) -> None:
    register = register_of(verdicts(csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三", ID_ANA)])))

    path = csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三", ID_BEN), row("P2", "H1", "李四", ID_ANA)])

    assert [(v.status, v.change) for v in verdicts(path, by=judge(register))] == [("accepted", "changed"), ("accepted", "new")]


def test_a_row_without_a_code_is_the_person_whom_the_register_knows_by_the_id(tmp_path: Path) -> None:
    (verdict,) = verdicts(csv_file(tmp_path / "r.csv", [row("", "H1", "张三", ID_ANA)]), by=judge(Register({ID_ANA: "P7"}.get)))

    assert verdict.person is not None
    assert (verdict.status, verdict.person.code) == ("accepted", "P7")


def test_a_row_with_a_code_of_its_own_is_another_name_of_whom_the_register_knows(tmp_path: Path) -> None:
    (verdict,) = verdicts(csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三", ID_ANA)]), by=judge(Register({ID_ANA: "P7"}.get)))

    assert (verdict.status, verdict.reason, verdict.canonical) == ("merged", "same_id", "P7")


def test_a_sheet_is_placed_by_its_name_where_no_column_says_where(tmp_path: Path) -> None:
    rows = [("疫情防控登记表",), ("姓名", "身份证号"), ("张三", ID_ANA)]
    path = workbook(
        tmp_path / "b.xlsx", {"麻垅村(cūn)": rows, "2.庄尚村登记表": [*rows[:2], ("李四", ID_BEN)], "Sheet3": [*rows[:2], ("王五", "")]}
    )

    placed = verdicts(path)

    assert [verdict.area for verdict in placed] == [VILLAGE, OTHER, ""]
    assert placed[2].reason == "unknown_area"


def test_a_text_file_is_placed_by_its_name_only_where_it_has_no_column_for_it(tmp_path: Path) -> None:
    bare = csv_file(tmp_path / f"a-{VILLAGE}.csv", [("张三", ID_ANA)], ("姓名", "身份证号"))
    told = csv_file(tmp_path / f"b-{VILLAGE}.csv", [row("P2", "H1", "李四", ID_BEN, "")])

    assert [(v.area, v.reason) for v in verdicts(bare, told)] == [(VILLAGE, ""), ("", "unknown_area")]


def test_what_must_be_done_is_told_without_what_the_cells_hold(tmp_path: Path) -> None:
    rows = [row("P1", "H1", "张三", WRONG_CHECK), row("P2", "H1", "", ID_ANA), row("P3", "H1", "李四", ID_BEN, "无名村")]

    for verdict in verdicts(csv_file(tmp_path / "r.csv", rows)):
        assert verdict.cure is not None
        assert verdict.column in HEADINGS
        for language in ("en", "zh-hans"):
            assert verdict.cure.of(language)
            assert not any(cell and cell in verdict.cure.of(language) for cell in rows[verdict.row - 2])


def test_the_cells_are_carried_for_safe_keeping(tmp_path: Path) -> None:
    headings = (*HEADINGS, "民族", "自编栏")
    (verdict,) = verdicts(csv_file(tmp_path / "r.csv", [(*row("P1", "H1", "", ID_ANA), "汉", "x")], headings))

    assert verdict.cells == {"code": "P1", "household": "H1", "id_no": ID_ANA, "village": "麻垅村"}
    assert (verdict.household, verdict.area) == ("H1", AREAS[1][0])
