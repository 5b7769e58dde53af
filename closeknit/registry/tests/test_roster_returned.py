"""The file that goes back: the same rows, with what became of each."""

import csv
import gzip
from pathlib import Path

import openpyxl
import pytest

from closeknit.registry.roster.returned import Mark, guarded, mark, returned_name, write_returned
from closeknit.registry.tests.roster_files import (
    HEADINGS,
    ID_ANA,
    ID_BEN,
    WRONG_CHECK,
    csv_file,
    judge,
    register_of,
    row,
    said,
    verdicts,
    workbook,
)

ROWS = [row("P1", "H1", "张三", ID_ANA), row("P2", "H1", "", ID_BEN), row("P3", "H1", "=cmd|'x'!A1", WRONG_CHECK)]


def back(source: Path, target: Path) -> Path:
    write_returned(source, target, {(verdict.sheet, verdict.row): mark(verdict) for verdict in verdicts(source) if verdict.reason})
    return target


def lines(path: Path) -> list[list[str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter="\t" if ".tsv" in path.suffixes else ","))


@pytest.mark.parametrize("name", ["r.csv", "r.tsv", "r.csv.gz"])
def test_a_text_file_comes_back_with_two_columns(tmp_path: Path, name: str) -> None:
    source = csv_file(tmp_path / "r.csv", [*ROWS, ["", "", "", "", ""], ["合计", "", "3人", "", ""]], encoding="gb18030")

    header, ana, nameless, doubtful, empty, footer = lines(back(source, tmp_path / f"out-{name}"))

    assert header == [*HEADINGS, "结果", "原因"]
    assert ana == [*ROWS[0], "已接收", ""]
    assert nameless == [*ROWS[1], "搁置，未接收", "缺少姓名：请补填姓名后重新上传。"]
    assert doubtful[:5] == ["P3", "H1", "'=cmd|'x'!A1", WRONG_CHECK, "麻垅村"]
    assert doubtful[5:] == ["已接收，待核实", "证件号码存疑：证件号码校验位不符：有一位写错，或两位颠倒。请对照证件改正。"]
    assert empty == []
    assert footer == ["合计", "", "3人", "", "", "", ""]


def test_what_came_back_says_the_same_when_it_is_read_again(tmp_path: Path) -> None:
    source = csv_file(tmp_path / "r.csv", ROWS)
    first = verdicts(source)

    second = verdicts(back(source, tmp_path / "s.csv"), by=judge(register_of(first)))

    assert said(second) == said(first)
    assert [verdict.digest for verdict in second] == [verdict.digest for verdict in first]


def test_a_file_that_went_back_twice_has_the_columns_once(tmp_path: Path) -> None:
    once = back(csv_file(tmp_path / "r.csv", ROWS), tmp_path / "s.csv")

    write_returned(once, tmp_path / "t.csv", {})

    assert lines(tmp_path / "t.csv")[0] == [*HEADINGS, "结果", "原因"]
    assert [line[5:] for line in lines(tmp_path / "t.csv")[1:]] == [["已接收", ""]] * 3


def test_a_workbook_comes_back_sheet_by_sheet_with_codes_as_text(tmp_path: Path) -> None:
    rows = [
        ["登记表"],
        ["序号", "姓名", "户号", "身份证号", "民族"],
        [1, "张三", "0012", ID_ANA, "汉"],
        [2, "=1+1", "0012", 9.9000019340905e17, "汉"],
    ]
    source = workbook(tmp_path / "r.xlsx", {"说明": [["请如实填写"]], "麻垅村": rows})

    made = openpyxl.load_workbook(back(source, tmp_path / "out.xlsx"))

    assert made.sheetnames == ["说明", "麻垅村"]
    assert made["说明"]["A1"].value == "请如实填写"
    sheet = made["麻垅村"]
    assert [cell.value for cell in sheet[1]][:1] == ["登记表"]
    assert [cell.value for cell in sheet[2]] == ["序号", "姓名", "户号", "身份证号", "民族", "结果", "原因"]
    assert [cell.value for cell in sheet[3]][:6] == [1, "张三", "0012", ID_ANA, None, "已接收"]
    assert (sheet["D3"].number_format, sheet["C3"].data_type, sheet["B4"].data_type, sheet["B4"].value) == ("@", "s", "s", "=1+1")
    assert sheet["D4"].value == "9.9000019340905E+17"
    assert "截断" in sheet["G4"].value
    assert sheet.freeze_panes == "A3"
    assert said(verdicts(tmp_path / "out.xlsx")) == said(verdicts(source))


def test_a_workbook_cannot_go_back_as_text(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"goes back as \.xlsx"):
        write_returned(workbook(tmp_path / "r.xlsx", {"甲": [["姓名", "户号"]]}), tmp_path / "r.csv", {})


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+A1", "@SUM(A1)", "\tx"])
def test_no_formula_runs_from_a_csv(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+86 19900306815", "-3", "张三", "", "1=1"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


def test_names_and_words_for_the_reader(tmp_path: Path) -> None:
    (verdict,) = verdicts(csv_file(tmp_path / "r.csv", [row("P1", "H1", "张三")]))

    assert [returned_name(name) for name in ("a.xlsx", "a.xls", "a.csv", "a.csv.gz", "a.tsv")] == [
        "a-结果.xlsx", "a-结果.xlsx", "a-结果.csv", "a-结果.csv.gz", "a-结果.tsv",
    ]  # fmt: skip
    assert mark(verdict, "en") == Mark(
        "Accepted, to be checked", "No ID number: The ID is missing. Ask for it at the next visit and write it into this cell."
    )
