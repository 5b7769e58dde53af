"""Bringing roster files into the register: each row kept with its verdict, nobody lost, the same file twice changes nothing."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
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
from closeknit.ledger import bulk
from closeknit.registry.entering import CHUNK, Entering, Held, wait_for_others
from closeknit.registry.entries import roster_row
from closeknit.registry.filing import Filing
from closeknit.registry.models import Heading, Import, Person, RosterRow
from closeknit.registry.roster.judge import Judge, Register
from closeknit.registry.roster.places import AreaIndex
from closeknit.registry.roster.read import in_order, read_tables
from closeknit.registry.roster.verdict import Verdict

Progress = Callable[[str, int], None]


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
    """Reads the files in the order of their names, all in one transaction. With `area`, rows that lie outside it cannot be placed.
    Raises RosterProblem for a file that cannot be read at all."""
    summary = Summary()
    with transaction.atomic():
        wait_for_others()
        run = _Run(summary, by, area, upload)
        for path in in_order(paths):
            run.file(path, progress or (lambda name, rows: None))
        run.finish()
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

    def __init__(self, summary: Summary, by: str, area: str, upload: UUID | None) -> None:
        self.summary, self.by, self.area, self.upload, self.now = summary, by, area, upload, clock.now()
        held = Held.of()
        self.judge = judge_for(held, area)
        self.brought: list[UUID] = []
        self.entering = Entering(held, self.now, by_import=self.brought)
        self.mapping = dict(Heading.objects.values_list("heading", "field"))
        mended = RosterRow.objects.current().exclude(event=None).exclude(digest=b"")
        self.mended = {bytes(digest) for digest in mended.values_list("digest", flat=True)}
        self.names: set[str] = set()

    def file(self, path: Path, progress: Progress) -> None:
        """Reads one file, chunk by chunk."""
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        brought = Import.objects.create(
            what="roster", file=path.name[:200], sha256=sha256, learned_at=self.now, by=self.by, area=self.area, upload=self.upload
        )
        self.brought.append(brought.id)
        before, filing, done = self.summary.rows.copy(), Filing(path.name, sha256, taken=self.names), 0
        for table in read_tables(path, self.mapping):
            self._headings(table.columns)
            for verdicts in _chunks(self.judge.table(table)):
                filing.settle(verdicts)
                self._take(verdicts, brought.id, filing)
                done += len(verdicts)
                progress(path.name, done)
        self.names.add(filing.name)
        filing.retire_gone(self.now)
        brought.file = filing.name
        brought.area = self.area or filing.smallest_area()
        brought.summary = dict(self.summary.rows - before)
        brought.save(update_fields=["file", "area", "summary"])

    def _headings(self, columns: Any) -> None:
        if columns is None:
            return
        for names, given in ((self.summary.unknown_headings, columns.unknown), (self.summary.dropped_headings, columns.dropped)):
            names.extend(name for name in given if name not in names)

    def _take(self, verdicts: Sequence[Verdict], brought_by: UUID, filing: Filing) -> None:
        verdicts = self.entering.keep_codes(verdicts, {place: each.person for place, each in filing.held.items()})
        rows, retired, entered = [], [], []
        for verdict in verdicts:
            self.summary.rows[verdict.status] += 1
            before = filing.seen(verdict)
            if (before and before.says(verdict)) or verdict.digest in self.mended:
                self.summary.changes["same"] += 1
            else:
                retired += [before.id] if before else []
                rows.append(roster_row(verdict, file=filing.name, brought_by=brought_by, now=self.now))
            if verdict.digest not in self.mended:
                entered.append(verdict)
        RosterRow.objects.filter(id__in=retired).update(retired_at=self.now)
        bulk.insert(RosterRow, rows)
        self.entering.enter(entered)

    def finish(self) -> None:
        """Brings everything else up to date with what was entered."""
        self.entering.finish()
        self.summary.changes.update(self.entering.changes)


def _chunks(verdicts: Iterator[Verdict]) -> Iterator[list[Verdict]]:
    while chunk := list(islice(verdicts, CHUNK)):
        yield chunk
