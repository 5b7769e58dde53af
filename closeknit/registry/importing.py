"""Bringing roster files into the register: each row kept with its verdict, nobody lost, the same file twice changes nothing."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from closeknit import environment
from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.kit.sealing import blind
from closeknit.registry.entering import CHUNK, Entering, Held, wait_for_others
from closeknit.registry.entries import roster_row
from closeknit.registry.filing import Filing
from closeknit.registry.large.filling import counted, fill, taken_in
from closeknit.registry.large.garbage import searched_seldom
from closeknit.registry.large.holds import FULL_TEXT
from closeknit.registry.large.turn import my_turn
from closeknit.registry.models import Heading, Household, Import, Person, RosterRow, SearchWords
from closeknit.registry.roster.judge import Judge, Register
from closeknit.registry.roster.places import AreaIndex
from closeknit.registry.roster.read import in_order, is_workbook, read_tables
from closeknit.registry.roster.verdict import Verdict
from closeknit.registry.roster.workbooks import is_streamed

MANY = 1_000  # rows after which the database counts its tables anew
WORDS_AT_ONCE = 100_000  # rows after which the words by which people are found go into their index
BEAT = 50_000  # rows between two signs of life while a file is read for faults
Progress = Callable[[str, int, int], None]
Row = dict[str, Any]
Taken = tuple[dict[Any, Verdict], dict[tuple[str | None, int], Row], list[Verdict]]


@dataclass
class Summary:
    """What an import did: rows by status, what changed in the register, and the headings that were not stored."""

    rows: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    unknown_headings: list[str] = field(default_factory=list)
    dropped_headings: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for a screen or a file."""
        return {
            "rows": dict(self.rows), "changes": dict(self.changes),
            "unknown_headings": self.unknown_headings, "dropped_headings": self.dropped_headings,
        }  # fmt: skip


def import_roster(
    paths: Iterable[Path], *, by: str, progress: Progress | None = None, area: str = "", upload: UUID | None = None
) -> Summary:
    """Reads the files in the order of their names, some thousand rows a transaction, so that recording goes on meanwhile. What was
    broken off is brought to its end by reading the same files again. With `area`, rows that lie outside it cannot be placed.
    `progress` is told the file, its rows read, and how many it has (0: not known yet).
    Raises RosterProblem before anything is written, where a file cannot be read at all."""
    summary, told = Summary(), progress or (lambda name, rows, of: None)
    files = in_order(paths)
    with my_turn(lambda: told(files[0].name if files else "", 0, 0)), searched_seldom():
        mapping = dict(Heading.objects.values_list("heading", "field"))
        sizes = {path: rows_in(path, mapping, told) for path in files}
        run = _Run(summary, by, area, upload, mapping)
        for path, size in sizes.items():
            run.file(path, partial(_told, told, size))
        run.finish()
    if summary.rows.total() >= MANY:
        taken_in(FULL_TEXT)
        counted(Person, Household, SearchWords)
    return summary


def judge_for(held: Held, area: str = "") -> Judge:
    """A judge who knows the tree (below `area`), the IDs of the register, and what it held of each person."""
    ids = {bytes(index): code for code, index in Person.objects.current().exclude(id_index=None).values_list("code", "id_index")}
    areas = Area.objects.below(area) if area else Area.objects.current()
    return Judge(
        AreaIndex(areas.values_list("code", "parent", "name")),
        key=environment.key("index"),
        register=Register(
            code_of=lambda number: ids.get(blind(number, purpose="id")),
            digest_of=lambda code: held.persons[code][0] if code in held.persons else None,
        ),
        real_data=settings.REAL_DATA,
    )


class _Run:
    """One import: the judge, and what it enters into the register."""

    def __init__(self, summary: Summary, by: str, area: str, upload: UUID | None, mapping: Mapping[str, str]) -> None:
        self.summary, self.by, self.area, self.upload, self.now = summary, by, area, upload, clock.now()
        held = Held.of()
        self.judge = judge_for(held, area)
        self.brought: list[UUID] = []
        self.entering = Entering(held, self.now, by_import=self.brought)
        self.unfinished = list(Import.objects.filter(what="roster").exclude(left=[]))
        self.entering.left.update(code for each in self.unfinished for code in each.left)
        self.mapping = mapping
        mended = RosterRow.objects.current().exclude(event=None).exclude(digest=b"")
        self.mended = {bytes(digest) for digest in mended.values_list("digest", flat=True)}
        self.names: set[str] = set()

    def file(self, path: Path, progress: Callable[[str, int], None]) -> None:
        """Reads one file, chunk by chunk; a transaction each."""
        sha256 = _sha256(path)
        self.brought.extend(Import.objects.filter(what="roster", sha256=sha256).values_list("id", flat=True))
        brought = Import.objects.create(
            what="roster", file=path.name[:200], sha256=sha256, learned_at=self.now, by=self.by, area=self.area, upload=self.upload
        )
        self.brought.append(brought.id)
        self.unfinished.append(brought)
        before, filing, done = self.summary.rows.copy(), Filing(path.name, sha256, taken=self.names), 0
        for table in read_tables(path, self.mapping):
            self._headings(table.columns)
            for verdicts in _chunks(self.judge.table(table)):
                filing.settle(verdicts)
                taken = self._prepared(verdicts, brought.id, filing)
                with self._writing():
                    self._write(*taken)
                    self._keep(brought, filing, before)
                done += len(verdicts)
                if done // WORDS_AT_ONCE > (done - len(verdicts)) // WORDS_AT_ONCE:
                    taken_in(FULL_TEXT)
                progress(path.name, done)
        self.names.add(filing.name)
        with self._writing():
            filing.retire_gone(self.now)
            brought.area = self.area or filing.smallest_area()
            self._keep(brought, filing, before)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A transaction in which nobody else writes to the register. What it writes was learned now: a report that was sealed since the
        import began did not know it."""
        with transaction.atomic():
            wait_for_others()
            self.now = self.entering.now = clock.now()
            yield

    def _keep(self, brought: Import, filing: Filing, before: Counter[str]) -> None:
        """Writes down how far the file has come, and what is to be done at the end even if somebody stops the server meanwhile."""
        brought.file, brought.summary, brought.left = filing.name, dict(self.summary.rows - before), sorted(self.entering.left)
        brought.save(update_fields=["file", "area", "summary", "left"])

    def _headings(self, columns: Any) -> None:
        if columns is None:
            return
        for names, given in ((self.summary.unknown_headings, columns.unknown), (self.summary.dropped_headings, columns.dropped)):
            names.extend(name for name in given if name not in names)

    def _prepared(self, verdicts: Sequence[Verdict], brought_by: UUID, filing: Filing) -> Taken:
        """Everything that needs no lock: most of the time goes into encrypting."""
        retired: dict[Any, Verdict] = {}
        rows: dict[tuple[str | None, int], Row] = {}
        entered = []
        for verdict in self.entering.keep_codes(verdicts, {place: each.person for place, each in filing.held.items()}):
            self.summary.rows[verdict.status] += 1
            before = filing.seen(verdict)
            if (before and before.says(verdict)) or verdict.digest in self.mended:
                self.summary.changes["same"] += 1
            else:
                retired |= {before.id: verdict} if before else {}
                rows[verdict.sheet, verdict.row] = roster_row(verdict, file=filing.name, brought_by=brought_by)
            if verdict.digest not in self.mended:
                entered.append(verdict)
        self.entering.prepare(entered)
        return retired, rows, entered

    def _write(self, retired: Mapping[Any, Verdict], rows: dict[tuple[str | None, int], Row], entered: Sequence[Verdict]) -> None:
        standing = RosterRow.objects.current().filter(id__among=retired.keys())
        gone = retired.keys() - standing.values_list("id", flat=True) if retired else set()
        standing.update(retired_at=self.now)
        if gone:  # somebody has put them right since this import began: what they said stands
            places = {(retired[each].sheet, retired[each].row) for each in gone}
            rows = {place: row for place, row in rows.items() if place not in places}
            entered = [each for each in entered if (each.sheet, each.row) not in places]
        fill(RosterRow, list(rows.values()), learned_at=self.now)
        self.entering.enter(entered)

    def finish(self) -> None:
        """Brings everything else up to date with what was entered."""
        with self._writing():
            self.entering.finish()
            Import.objects.filter(id__in=[each.id for each in self.unfinished]).update(left=[])
        self.summary.changes.update(self.entering.changes)


def rows_in(path: Path, mapping: Mapping[str, str], progress: Progress) -> int:
    """How many rows a file has, all of it read once for faults; 0 for a workbook too large to be read twice."""
    if is_workbook(path) and is_streamed(path):
        next(iter(read_tables(path, mapping)))
        return 0
    rows = 0
    for table in read_tables(path, mapping):
        for _ in table.lines:
            rows += 1
            if rows % BEAT == 0:
                progress(path.name, 0, rows)
    return rows


def _told(progress: Progress, of: int, name: str, rows: int) -> None:
    progress(name, rows, of)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(verdicts: Iterator[Verdict]) -> Iterator[list[Verdict]]:
    while chunk := list(islice(verdicts, CHUNK)):
        yield chunk
