"""Reading a table of areas into the tree, from a village's to the whole country's: in pieces, from the top down; twice changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from closeknit.areas import rules
from closeknit.areas.models import Area, AreaVersions, Level
from closeknit.areas.rules import Known, Line, Parked
from closeknit.kit import clock
from closeknit.kit.tables import LongTable, TableProblem
from closeknit.kit.text import Text

COLUMNS = ("code", "parent", "name", "level")
OTHER = {"parent_code": "parent"}
PIECE = 2_000  # rows that are looked up and committed at a time: phones can push between two pieces
Progress = Callable[[str, int, int], None]


@dataclass
class Loaded:
    """What came of a table: how many rows were read, new, changed; and those that were set aside, each with the reason."""

    read: int = 0
    new: int = 0
    changed: int = 0
    parked: list[Parked] = field(default_factory=list)


def load_areas(path: Path, *, below: str = "", renames: bool = False, progress: Progress | None = None) -> Loaded:
    """Reads code, parent (or parent_code), name, level; with `below` only that area, those above it and those below it. A code that stands
    for an area of another name is set aside, unless `renames` says that areas were given new names. Raises `TableProblem` for a file
    that cannot be read, lacks a column, or does not hold `below`."""
    table = LongTable.of(path, required=COLUMNS, other=OTHER)
    return _Run(table, below, renames, progress or (lambda what, done, of: None)).run()


class _Run:
    """One table, read once a level: so a row's parent is there before it, and no more than a piece is held."""

    def __init__(self, table: LongTable, below: str, renames: bool, progress: Progress) -> None:
        self.table, self.renames, self.progress, self.now = table, renames, progress, clock.now()
        self.loaded, self.done, self.rows = Loaded(), 0, 0
        self.refused: set[str] = set()  # codes of rows that were set aside: what the file has below them cannot be placed either
        self.above: set[str] = set()
        self._look_through(below)
        self.below = below

    def _look_through(self, below: str) -> None:
        """Counts the rows, sets aside those of no level, and finds what lies above `below`."""
        parents: dict[str, str] = {}
        for number, row in self.table.rows():
            self.rows += 1
            if below and (row["level"] not in (Level.VILLAGE, Level.GRID) or row["code"] == below):
                parents[row["code"]] = row["parent"]
            if problem := rules.unreadable(row):
                self._park(Line(number, **{name: row[name] for name in COLUMNS}), problem)
        if below and below not in parents:
            raise TableProblem(
                self.table.path.name,
                Text(
                    "The area {code} is not in the file. Take the code as the file writes it.",
                    "文件中没有地区 {code}。请按文件中的写法填写代码。",
                    code=below,
                ),
            )
        while below and below not in self.above:
            self.above.add(below)
            below = parents.get(below, "")

    def run(self) -> Loaded:
        """Level by level, piece by piece."""
        for level in Level:
            lines = (
                Line(number, **{name: row[name] for name in COLUMNS})
                for number, row in self.table.rows()
                if row["level"] == level and not rules.unreadable(row)
            )
            while piece := list(islice(lines, PIECE)):
                with transaction.atomic():
                    self._take(piece)
                self.done += len(piece)
                self.progress(self.table.path.name, self.done, self.rows)
        self.loaded.parked.sort(key=lambda each: each.row)
        return self.loaded

    def _take(self, piece: list[Line]) -> None:
        known = {row.code: row for row in _current([*(line.code for line in piece), *(line.parent for line in piece)])}
        for line in self._wanted(piece, known):
            held = known.get(line.code)
            self.loaded.read += 1
            path = f"{known[line.parent].path if line.parent in known else '/'}{line.code}/"
            before = Known(held.parent, held.name, held.level, held.learned_at == self.now) if held else None
            problem = rules.verdict(line, before, has_parent=line.parent in known, refused=self.refused, renames=self.renames)
            if problem:
                self._park(line, problem)
            elif held is None:
                self.loaded.new += 1
                known[line.code] = self._version(line, path)
            elif (held.parent, held.name, held.level, held.path) != (line.parent, line.name, line.level, path):
                self.loaded.changed += 1
                _retire([held], self.now)
                known[line.code] = self._version(line, path)
                if held.path != path:
                    _carry_along(held.path, path, self.now)
        Area.objects.bulk_create([row for row in known.values() if row.pk is None])

    def _wanted(self, piece: list[Line], known: dict[str, Area]) -> Iterator[Line]:
        for line in piece:
            parent = known.get(line.parent)
            inside = line.parent in self.refused or (parent and f"/{self.below}/" in parent.path)
            if not self.below or line.code in self.above or inside:
                yield line

    def _version(self, line: Line, path: str) -> Area:
        return Area(code=line.code, parent=line.parent, name=line.name, level=line.level, path=path, learned_at=self.now)

    def _park(self, line: Line, problem: rules.Problem) -> None:
        self.refused.add(line.code)
        self.loaded.parked.append(Parked(self.table.path.name, line.row, problem.column, problem.reason, problem.remedy))


def _current(codes: list[str]) -> AreaVersions:
    return Area.objects.current().filter(code__in=set(codes) - {""})


def _retire(rows: list[Area], now: datetime) -> None:
    Area.objects.filter(pk__in=[row.pk for row in rows]).update(retired_at=now)


def _carry_along(old: str, new: str, now: datetime) -> None:
    """What lay below an area that moved lies below it still."""
    moved = list(Area.objects.current().filter(path__under=old).exclude(path=old))
    _retire(moved, now)
    Area.objects.bulk_create(
        Area(code=row.code, parent=row.parent, name=row.name, level=row.level, path=new + row.path.removeprefix(old), learned_at=now)
        for row in moved
    )
