"""Reading roster files as people make them: titles, hidden rows, odd headers, encodings, and files that are broken."""

import datetime
import gzip
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from closeknit.registry.roster import workbooks
from closeknit.registry.roster.problem import RosterProblem
from closeknit.registry.roster.read import in_order, read_tables
from closeknit.registry.tests.roster_files import HEADINGS, ID_ANA, ID_BEN, csv_file, row, verdicts, workbook

ROWS = [row("P1", "H1", "张三", ID_ANA), row("P2", "H1", "李四", ID_BEN)]


def cells(path: Path, field: str) -> list[tuple[int, str]]:
    return [(found.number, found.cells.get(field, "")) for table in read_tables(path) for found in table.rows()]


def text(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["r.csv", "r.tsv", "r.txt"])
def test_text_is_read_in_any_encoding_that_it_may_bear(tmp_path: Path, name: str, encoding: str) -> None:
    assert cells(csv_file(tmp_path / name, ROWS, encoding=encoding), "name") == [(2, "张三"), (3, "李四")]


def test_files_are_read_by_their_names_and_what_programs_leave_is_not(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("b.csv", "~$b.xlsx", "a-2.csv", ".DS_Store", "a-10.csv")]

    assert [path.name for path in in_order(paths)] == ["a-10.csv", "a-2.csv", "b.csv"]


def test_a_compressed_file_is_known_by_what_it_is(tmp_path: Path) -> None:
    plain = csv_file(tmp_path / "r.csv", ROWS, encoding="gb18030").read_bytes()
    (tmp_path / "r.csv.gz").write_bytes(gzip.compress(plain))
    (tmp_path / "s.csv").write_bytes(gzip.compress(plain))

    assert cells(tmp_path / "r.csv.gz", "name") == cells(tmp_path / "s.csv", "name") == [(2, "张三"), (3, "李四")]


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_another_delimiter_than_the_name_promises(tmp_path: Path, mark: str) -> None:
    assert cells(text(tmp_path / "r.csv", mark.join(["姓名", "户号"]), mark.join(["张三", "H1"])), "household") == [(2, "H1")]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = text(tmp_path / "r.csv", "登记表", "", "姓名,备注,户号", '张三,"两行\n备注",H1', "", ",,", "李四,,H2")

    assert cells(path, "name") == [(4, "张三"), (7, "李四")]


@pytest.mark.parametrize(
    "line",
    [
        ["", "", "", "", ""],
        ["", " ", "　", "", ""],
        list(HEADINGS),
        ["浦市镇疫情防控登记表", "", "", "", ""],
        ["合计", "", "2人", "", ""],
        ["合 计：", "", "", "", ""],
        ["共2人", "", "", "", ""],
        ["填表人：", "", "审核人：", "", ""],
        ["注：独居老人打勾", "", "", "", ""],
    ],
)
def test_what_is_no_row(tmp_path: Path, line: list[str]) -> None:
    assert cells(csv_file(tmp_path / "r.csv", [ROWS[0], line, ROWS[1]]), "code") == [(2, "P1"), (4, "P2")]


@pytest.mark.parametrize(
    "line", [["", "", "张三", "", ""], ["P3", "", "", "", ""], ["", "H3", "", "", "麻垅村"], ["P3", "H3", "合计", "", ""]]
)
def test_a_row_that_says_little_is_still_one(tmp_path: Path, line: list[str]) -> None:
    assert len(cells(csv_file(tmp_path / "r.csv", [ROWS[0], line]), "code")) == 2


def test_a_row_that_only_has_its_serial_number_is_none(tmp_path: Path) -> None:
    assert cells(text(tmp_path / "r.csv", "序号,姓名,户号", "1,张三,H1", "2,,", "3,,"), "name") == [(2, "张三")]


@pytest.mark.parametrize(
    ("header", "first"),
    [
        ([["登记表", "", "", ""], ["姓名", "户号", "楼栋", "门牌"]], 3),
        ([["姓名", "户号", "现住址", ""], ["", "", "楼栋", "门牌"]], 3),
        ([["基本情况", "", "住址", ""], ["姓名", "户号", "楼栋", "门牌"]], 3),
        ([["标题", "", "", ""], ["单位：", "", "", ""], ["", "", "", ""], ["姓名", "户号", "", ""], ["", "", "楼栋", "门牌"]], 6),
        ([[""] * 4] * 7 + [["姓名", "户号", "楼栋", "门牌"]], 9),
    ],
)
def test_the_header_is_found(tmp_path: Path, header: list[list[str]], first: int) -> None:
    path = csv_file(tmp_path / "r.csv", [*header[1:], ["张三", "H1", "1栋", "101"]], header[0])

    ((number, found),) = [(row.number, row.cells) for table in read_tables(path) for row in table.rows()]

    assert (number, found) == (first, {"building": "1栋", "door": "101", "household": "H1", "name": "张三"})


def test_ditto_says_what_the_row_above_says(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "r.csv", [ROWS[0], ("P2", "同上", "李四", "同上", "同上"), ("P3", "〃", "王五", "", "〃")])

    assert cells(path, "household") == [(2, "H1"), (3, "H1"), (4, "H1")]
    assert cells(path, "village") == [(2, "麻垅村"), (3, "麻垅村"), (4, "麻垅村")]
    assert cells(path, "id_no") == [(2, ID_ANA), (3, ""), (4, "")]


def test_short_rows_and_padding_are_borne(tmp_path: Path) -> None:
    assert cells(text(tmp_path / "r.csv", "姓名,户号,备注", "　张三 ,\u00a0H1", "李四"), "household") == [(2, "H1"), (3, "")]


def book(path: Path, rows: Sequence[Sequence[object]]) -> openpyxl.worksheet.worksheet.Worksheet:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "麻垅村"
    for line in rows:
        sheet.append(list(line))
    sheet.parent.save(path)
    return sheet


def test_cells_of_a_workbook_come_as_text(tmp_path: Path) -> None:
    line = ["张三", 433122108222, 9.9000019340905e17, datetime.date(1962, 7, 2), 19900033110, True, "=1/0"]
    book(tmp_path / "r.xlsx", [["姓名", "户号", "身份证号", "出生日期", "手机号", "是否独居", "备注"], line])

    (found,) = [row.cells for table in read_tables(tmp_path / "r.xlsx") for row in table.rows()]

    assert found == {
        "birth_date": "1962-07-02", "household": "433122108222", "id_no": "9.9000019340905E+17", "living_alone": "TRUE", "name": "张三",
        "phone": "19900033110",
    }  # fmt: skip


def test_hidden_rows_and_sheets_count_in_their_own_order(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for name in ("乙", "甲"):
        sheet = made.create_sheet(name)
        sheet.append(["姓名", "户号"])
        sheet.append(["张三", name])
        sheet.append(["李四", name])
        sheet.row_dimensions[3].hidden = True
        sheet.sheet_state = "hidden"
    made.save(tmp_path / "r.xlsx")

    assert [(table.sheet, row.number, row.cells["name"]) for table in read_tables(tmp_path / "r.xlsx") for row in table.rows()] == [
        ("乙", 2, "张三"), ("乙", 3, "李四"), ("甲", 2, "张三"), ("甲", 3, "李四"),
    ]  # fmt: skip


def test_a_merged_household_reaches_down_to_all_its_rows_but_no_name_does(tmp_path: Path) -> None:
    sheet = book(tmp_path / "r.xlsx", [["姓名", "户号"], ["张三", "H1"], ["李四", None], [None, None], ["王五", "H2"]])
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("A5:A6")
    sheet["B6"] = "H3"
    sheet.parent.save(tmp_path / "r.xlsx")

    assert cells(tmp_path / "r.xlsx", "household") == [(2, "H1"), (3, "H1"), (5, "H2"), (6, "H3")]
    assert cells(tmp_path / "r.xlsx", "name")[-1] == (6, "")


def test_a_table_that_begins_away_from_the_corner(tmp_path: Path) -> None:
    book(tmp_path / "r.xlsx", [[], [], [None, None, "姓名", "户号"], [None, None, "张三", "H1"]])

    assert cells(tmp_path / "r.xlsx", "household") == [(4, "H1")]


def test_an_explanation_and_an_empty_sheet_are_no_tables(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", {"说明": [["请如实填写"]], "空": [], "名册": [["姓名", "户号"], ["张三", "H1"]]})

    assert [(table.sheet, table.columns is not None) for table in read_tables(path)] == [("说明", False), ("名册", True)]
    assert len(verdicts(path)) == 1


def test_a_large_workbook_is_streamed_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book(
        tmp_path / "r.xlsx", [[], ["登记表"], ["姓名", "户号", "身份证号"], ["张三", "H1", 9.9000019340905e17], [], ["李四", "H2", ID_BEN]]
    )
    whole = [row for table in read_tables(tmp_path / "r.xlsx") for row in table.rows()]

    monkeypatch.setattr(workbooks, "_STREAM_FROM", 0)

    assert [row for table in read_tables(tmp_path / "r.xlsx") for row in table.rows()] == whole


SECRET = "王某某"


def packed(path: Path) -> bytes:
    return gzip.compress(csv_file(path, [row("P1", "H1", SECRET)] * 50).read_bytes())


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("name.txt", SECRET)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("a.csv", f"姓名,户号\n{SECRET},H1\n".encode() + b"\xff\xff\xff\n", "line 3"),
        ("b.csv", b"\x89PNG\x00\x00" + SECRET.encode(), "CSV UTF-8"),
        ("c.csv", f"{SECRET},1\n甲,2\n".encode(), "姓名"),
        ("d.csv", b"", "姓名"),
        ("e.csv", f'姓名,户号\n{SECRET},"H1\n李四,H2\n'.encode(), "row 2"),
        ("k.csv", f'姓名,户号\n{SECRET},"H1\n李四,H2'.encode(), "row 2"),
        ("l.csv", f'姓名,户号\n{SECRET},"H1\n李四\n'.encode() + b"x,y\n" * 20_000, "row 2"),
        ("f.xlsx", b"", "empty"),
        ("g.xlsx", zipped(), "save it as .xlsx"),
        ("h.xlsx", b"PK\x03\x04" + SECRET.encode() * 40, "save it as .xlsx"),
        ("i.xls", f"<html><table>{SECRET}</table></html>".encode(), "save it as .xlsx"),
        ("j.xlsx", b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + SECRET.encode(), "password"),
    ],
)
def test_a_file_that_cannot_be_read_tells_the_remedy_and_no_cell(tmp_path: Path, name: str, content: bytes, remedy: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(RosterProblem) as raised:
        verdicts(tmp_path / name)

    assert remedy in raised.value.text.of("en")
    for language in ("en", "zh-hans"):
        assert raised.value.text.of(language).startswith(name)
        assert SECRET not in raised.value.text.of(language)


def test_a_compressed_file_cut_short_is_refused_before_its_first_row(tmp_path: Path) -> None:
    content = packed(tmp_path / "r.csv")
    (tmp_path / "s.csv.gz").write_bytes(content[: len(content) // 2])

    with pytest.raises(RosterProblem, match="broken or incomplete"):
        next(read_tables(tmp_path / "s.csv.gz"))


def test_a_workbook_without_any_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RosterProblem, match="no header was found"):
        verdicts(workbook(tmp_path / "r.xlsx", {"甲": [["登记表"], ["张三", "H1"]]}))
