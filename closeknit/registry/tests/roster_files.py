"""Small roster files of made-up persons for the tests, and the judging of them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from closeknit.registry.roster.judge import Judge, Register
from closeknit.registry.roster.places import AreaIndex
from closeknit.registry.roster.read import in_order, read_tables
from closeknit.registry.roster.verdict import Verdict

HEADINGS = ("人员编号", "户编号", "姓名", "身份证号", "所属村(社区)")
ID_ANA, ID_BEN, ID_CHEN = "990000195607100027", "99000019930429001X", "990000194009200023"
WRONG_CHECK = "990000195607100028"
VILLAGE, OTHER = "433122108222", "433122108223"
AREAS = (
    ("433122108", "433122", "浦市镇"),
    (VILLAGE, "433122108", "麻垅村"),
    (OTHER, "433122108", "庄尚村"),
    ("433122108224", "433122108", "高桥村"),
    ("433122109", "433122", "达岚镇"),
    ("433122109224", "433122109", "高桥村"),
    (f"{VILLAGE}-G01", VILLAGE, "第一网格"),
    (f"{OTHER}-G01", OTHER, "第一网格"),
)
KEY = b"the key of tests"


def row(code: str, household: str, name: str, id_no: str = "", area: str = "麻垅村") -> tuple[str, ...]:
    return (code, household, name, id_no, area)


def csv_file(path: Path, rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter="\t" if path.suffix == ".tsv" else ",").writerows([headings, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[str | float | bool]]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, cells in enumerate(rows):
                sheet.write_row(place, 0, cells)
    return path


def judge(register: Register | None = None, *, real_data: bool = False) -> Judge:
    return Judge(AreaIndex(AREAS), key=KEY, register=register, real_data=real_data)


def verdicts(*paths: Path, by: Judge | None = None, mapping: Mapping[str, str] | None = None) -> list[Verdict]:
    by = by or judge()
    return [verdict for path in in_order(paths) for table in read_tables(path, mapping) for verdict in by.table(table)]


def register_of(verdicts: Iterable[Verdict]) -> Register:
    """The register as an import of these verdicts leaves it."""
    ids, digests = {}, {}
    for verdict in verdicts:
        if verdict.person and not verdict.canonical:
            digests[verdict.person.code] = verdict.digest
            if verdict.person.id_no:
                ids[verdict.person.id_no] = verdict.person.code
    return Register(ids.get, digests.get)


def said(verdicts: Iterable[Verdict]) -> list[tuple[int, str, str]]:
    return [(verdict.row, verdict.status, verdict.reason) for verdict in verdicts]
