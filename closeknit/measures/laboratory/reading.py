"""A laboratory's file of results: which row says what of which tube, and which rows cannot be taken, with column and cure."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from closeknit.kit.text import Text
from closeknit.measures.laboratory.actions import Given
from closeknit.measures.laboratory.models import SetAside
from closeknit.measures.laboratory.rules import moment_of, result_of
from closeknit.registry.roster.headings import Vocabulary
from closeknit.registry.roster.problem import problem
from closeknit.registry.roster.read import Table, read_sheets, table_of

SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".tsv")
LARGEST = 20_000_000  # bytes
MOST_ROWS = 20_000
LONGEST_TUBE = 80
HEADINGS = Vocabulary(
    {
        "name": ("采样管编号", "管号", "采样管号", "试管编号", "样本编号", "样本号", "标本编号", "条码号", "条码", "tube"),
        "result": ("检测结果", "结果", "核酸结果", "核酸检测结果", "result"),
        "tested_at": ("检测时间", "检测完成时间", "报告时间", "检验时间", "检测日期", "报告日期", "tested_at"),
    },
    silent=("序号",),
)
CURES: dict[str, Text] = {
    "no_tube": Text("Type the number of the tube.", "请填写采样管编号。"),
    "result": Text("Write negative, positive, inconclusive or invalid.", "请填写阴性、阳性、可疑或无效。"),
    "time": Text("Write a time such as 2022-11-04 13:20.", "请填写时间，如 2022-11-04 13:20。"),
    "twice": Text("The tube stands twice with two results. Leave one of the rows.", "同一管在文件中有两种结果，请只保留一行。"),
    "other": Text("Another result is there. Put it right under “These tubes”.", "已有其他结果。请在“逐管录入”中更正。"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row as the file has it; `why` names what is wrong with it, "" where nothing is."""

    sheet: str
    number: int
    tube: str
    given: Given | None = None
    why: str = ""
    column: str = ""
    said: str = ""


@dataclass
class Read:
    """A file, taken apart."""

    given: list[Row] = field(default_factory=list)
    bad: list[Row] = field(default_factory=list)


def read(name: str, content: bytes, zone: timezone, tested: datetime) -> Read:
    """The rows of a file; `tested` holds where it has no column of times. Raises RosterProblem where it cannot be read at all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        tables = [table_of(path.name, sheet, None, HEADINGS) for sheet in read_sheets(path, None, HEADINGS)]
        known = [table for table in tables if table is not None and table.columns is not None and "result" in table.columns.places]
        if not known:
            raise problem(
                path.name,
                "no header was found: one row must hold the headings “tube” and “result”.",
                "没有找到表头：须有一行是列名，其中要有“采样管编号”和“检测结果”。",
            )
        rows = [row for table in known for row in _rows(table, zone, tested)]
    if len(rows) > MOST_ROWS:
        raise problem(path.name, "more than {n} rows. Divide the file.", "超过 {n} 行，请拆分后上传。", n=MOST_ROWS)
    return _without_doubles(rows)


def _rows(table: Table, zone: timezone, tested: datetime) -> Iterator[Row]:
    assert table.columns is not None
    places = {name: found[0] for name, found in table.columns.places.items()}
    for number, cells in table.lines:
        said = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        if not any(said.values()):
            continue
        yield _judged(table, number, said, zone, tested)


def _judged(table: Table, number: int, said: dict[str, str], zone: timezone, tested: datetime) -> Row:
    tube, sheet = said["name"].removeprefix("'"), table.sheet or ""

    def bad(why: str, column: str) -> Row:
        return Row(sheet, number, tube[:LONGEST_TUBE], None, why, table.heading(column), said[column][:40])

    if not tube or len(tube) > LONGEST_TUBE or not tube.isprintable():
        return bad("no_tube", "name")
    result = result_of(said["result"])
    if result is None:
        return bad("result", "result")
    at = moment_of(said["tested_at"], zone) if said.get("tested_at") else tested
    if at is None:
        return bad("time", "tested_at")
    return Row(sheet, number, tube, Given(tube, result, at, number))


def _without_doubles(rows: Iterable[Row]) -> Read:
    """Rows that say the same twice count once; a tube with two results is nobody's to decide."""
    found = Read()
    by_tube: dict[str, list[Row]] = {}
    for row in rows:
        if row.given is None:
            found.bad.append(row)
        else:
            by_tube.setdefault(row.tube, []).append(row)
    for same in by_tube.values():
        if len({row.given.result for row in same if row.given}) == 1:
            found.given.append(same[0])
        else:
            found.bad += [Row(row.sheet, row.number, row.tube, None, "twice") for row in same]
    return found


def set_aside(bad: Iterable[Row], *, area: str, file: str, by: str, at: datetime) -> int:
    """Keeps rows that could not be taken; the same file again keeps them once. Returns how many."""
    rows = [
        SetAside(area=area, file=file[-80:], sheet=row.sheet[:60], row=row.number, column=row.column[:40], tube=row.tube, said=row.said,
                 why=row.why, at=at, by=by)
        for row in bad
    ]  # fmt: skip
    SetAside.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
