"""The rows of a pushed list as they are to be taken: read by the register's own reader, with the words of lists."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from closeknit.areas.models import Area, Level
from closeknit.kit.folding import fold, tidy
from closeknit.measures.listintake.models import Draft
from closeknit.measures.listintake.rules import moment, reaches_back, read_colour, written_time
from closeknit.policy.packs import Policy
from closeknit.registry.reading.identifying import Whom
from closeknit.registry.roster.headings import SERIAL, SYNONYMS, Vocabulary
from closeknit.registry.roster.judge import looks_real
from closeknit.registry.roster.person import address
from closeknit.registry.roster.places import AreaIndex
from closeknit.registry.roster.read import RosterRow, Table, read_sheets, table_of
from closeknit.registry.roster.workbooks import Sheet

OF_ROSTERS = (
    "name", "id_no", "id_type", "other_id_no", "phone", "grid", "village", "township", "address", "estate", "building", "unit", "door",
    "note",
)  # fmt: skip
WORDS: Mapping[str, tuple[str, ...]] = {
    **{name: SYNONYMS[name] for name in OF_ROSTERS},
    "category": (*SYNONYMS["category"], "风险类别", "名单类别", "管控类别", "类别", "标签"),
    "colour": ("码色", "健康码", "健康码颜色", "健康码状态", "当前码色", "赋码", "赋码类型", "码状态", "码类型", "颜色"),
    "reason": ("推送原因", "赋码原因", "管控原因", "排查原因", "风险原因", "列入原因", "原因", "风险说明"),
    "deadline": ("反馈时限", "核查时限", "截止时间", "反馈截止时间", "办理时限", "完成时限", "时限", "要求反馈时间"),
    "origin": ("来源地", "旅居地", "旅居史", "出发地", "来自", "始发地", "返回地", "途经地"),
    "seen_at": ("扫码时间", "出现时间", "经过时间", "数据时间", "抵达时间", "到达时间", "返乡时间", "入境时间"),
    "seen_where": ("扫码场所", "场所名称", "场所", "出现地点", "经过地点", "活动地点"),
}
LISTS = Vocabulary(WORDS, silent=(*SERIAL, "编号"))
CONTENT = ("name", "id_no", "phone", "address", "village", "reason", "category", "colour", "origin", "seen_at", "seen_where")
SHORTEST_NAME = 2


@dataclass(frozen=True)
class ListRow:
    """A row with what it says in our terms, or why it cannot be taken and in which column."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    data: dict[str, Any] = field(default_factory=dict)
    area: str = ""
    problem: str = ""
    column: str = ""

    @property
    def whom(self) -> Whom:
        """The person as the register is asked for them."""
        get = self.data.get
        return Whom(get("name", ""), get("id_no", ""), get("phone", ""), get("address", ""), self.area)

    @property
    def content(self) -> list[str]:
        """What makes two rows the same, wherever they stand."""
        return [str(self.data.get(name, "")) for name in CONTENT]


def sheets_of(path: Path) -> list[Any]:
    """The sheets of a file, to be sealed. Raises RosterProblem for what cannot be read."""
    return [[sheet.name, [list(map(list, each)) for each in sheet.merged], [list(row) for row in sheet.rows]]
            for sheet in read_sheets(path, None, LISTS)]  # fmt: skip


def tables(draft: Draft, sheets: Sequence[Any] | None = None) -> Iterator[Table]:
    """The tables of a draft under its own mapping of headings."""
    for name, merged, rows in draft.sheets() if sheets is None else sheets:
        lines = ((number, list(cells)) for number, cells in rows)
        ranges = [(tuple(first), tuple(last)) for first, last in merged]
        table = table_of(draft.file, Sheet(name, lines, ranges), draft.mapping, LISTS)  # type: ignore[arg-type]  # pairs of numbers
        if table is not None and table.columns is not None:
            yield table


class Reading:
    """Reads the rows of a draft: what a list of its sort asks under the pack in force where it was brought in."""

    def __init__(self, draft: Draft, pack: Policy, now: datetime) -> None:
        self._draft, self._pack = draft, pack
        self._today = now.astimezone(pack.timezone).date()
        days = reaches_back(draft.source, pack)
        self._earliest = self._today - timedelta(days=days) if days is not None else None
        rows = list(Area.objects.below(draft.area).values_list("code", "parent", "name", "level"))
        self._places = AreaIndex(row[:3] for row in rows)
        self._villages = [(fold(name).removesuffix("村委会").removesuffix("居委会"), code) for code, _, name, level in rows
                          if level == Level.VILLAGE]  # fmt: skip
        self._levels = {code: level for code, _, _, level in rows}

    def rows(self, sheets: Sequence[Any] | None = None) -> Iterator[ListRow]:
        """The rows in the order of the file."""
        for table in tables(self._draft, sheets):
            for row in table.rows():
                yield self._row(table, row)

    def _row(self, table: Table, row: RosterRow) -> ListRow:
        sheet, cells = table.sheet or "", row.cells
        if not settings.REAL_DATA and looks_real(cells):
            return ListRow(sheet, row.number, {}, problem="real_id", column=table.heading("id_no"))
        data, wrong = self._said(cells)
        if not any(data.get(name) for name in ("name", "id_no", "phone")):
            wrong = ("no_person", "name")
        if wrong:
            return ListRow(sheet, row.number, cells, problem=wrong[0], column=table.heading(wrong[1]))
        return ListRow(sheet, row.number, cells, data, self._area(cells, table.sheet or "", data["address"]))

    def _said(self, cells: Mapping[str, str]) -> tuple[dict[str, Any], tuple[str, str] | None]:
        """What a row says, and what is wrong with it: a reason and the field."""
        get = cells.get
        plain = {name: get(name, "") for name in ("phone", "reason", "category", "colour", "origin", "seen_where", "note")}
        id_no = get("id_no") or get("other_id_no", "")
        village = get("village") or get("grid") or get("township", "")
        data: dict[str, Any] = {**plain, "name": tidy(get("name", "")), "id_no": id_no, "address": address(cells), "village": village}
        wrong = None
        if written := get("deadline"):
            due = moment(written, self._today, self._pack.timezone)
            data["deadline"], wrong = (due.isoformat(), None) if due else ("", ("bad_time", "deadline"))
        if written := get("seen_at"):
            seen = written_time(written, self._today)
            if seen is None:
                wrong = ("bad_time", "seen_at")
            elif self._earliest and seen[0] < self._earliest:
                wrong = ("too_old", "seen_at")
            else:
                data["seen_at"] = datetime.combine(*seen, self._pack.timezone).isoformat() if seen[1] else seen[0].isoformat()  # type: ignore[arg-type]
        if self._pack.has("health_code") and data["colour"]:
            data["reads_as"] = read_colour(data["colour"], self._pack.get("lists.colours") or {})
        elif data["colour"]:
            data["colour"] = ""
        return data, wrong

    def _area(self, cells: Mapping[str, str], sheet: str, told: str) -> str:
        """The village or grid that the row names, else the only one whose name stands in its address; empty where there is none."""
        get = cells.get
        code, _ = self._places.place(grid=get("grid", ""), village=get("village", ""), township=get("township", ""), sheet=sheet)
        if self._levels.get(code) in (Level.VILLAGE, Level.GRID):
            return code
        within = fold(f"{get('village', '')} {told}")
        named = {area for name, area in self._villages if len(name) >= SHORTEST_NAME and name in within}
        return named.pop() if len(named) == 1 else ""
