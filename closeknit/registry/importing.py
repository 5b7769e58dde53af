"""Bringing roster files into the register: each row kept with its verdict, nobody lost, the same file twice changes nothing."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind, seal
from closeknit.ledger import bulk
from closeknit.ledger.projections import refold_names
from closeknit.ledger.record import rejudge
from closeknit.registry.models import Alias, Heading, Household, Import, Person, RosterRow
from closeknit.registry.roster.judge import Judge, Register
from closeknit.registry.roster.person import RosterPerson
from closeknit.registry.roster.places import AreaIndex
from closeknit.registry.roster.read import in_order, read_tables
from closeknit.registry.roster.verdict import Verdict
from closeknit.registry.searching import index_persons

CHUNK = 4000
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


def import_roster(paths: Iterable[Path], *, by: str, progress: Progress | None = None) -> Summary:
    """Reads the files in the order of their names, all in one transaction. Raises RosterProblem for a file that cannot be read at all."""
    summary = Summary()
    with transaction.atomic():
        run = _Run(summary, by)
        for path in in_order(paths):
            run.file(path, progress or (lambda name, rows: None))
        run.finish()
    return summary


class _Run:
    """One import: the judge, and what the register held when it began."""

    def __init__(self, summary: Summary, by: str) -> None:
        self.summary, self.by, self.now = summary, by, clock.now()
        self.persons = {code: (bytes(digest), household) for code, digest, household in _persons()}
        ids = {bytes(index): code for code, index in Person.objects.current().exclude(id_index=None).values_list("code", "id_index")}
        self.households = set(Household.objects.current().values_list("code", flat=True))
        self.aliases = set(Alias.objects.filter(withdrawn_at=None).values_list("code", flat=True))
        self.known_before = bool(self.persons)
        self.learned: list[str] = []
        self.renamed: list[str] = []
        self.positions: Counter[str] = Counter()
        self.mapping = dict(Heading.objects.values_list("heading", "field"))
        self.judge = Judge(
            AreaIndex(Area.objects.current().values_list("code", "parent", "name")),
            key=environment.key("index"),
            register=Register(
                code_of=lambda number: ids.get(blind(number, purpose="id")),
                digest_of=lambda code: self.persons[code][0] if code in self.persons else None,
            ),
            real_data=settings.REAL_DATA,
        )

    def file(self, path: Path, progress: Progress) -> None:
        """Reads one file, chunk by chunk."""
        brought = Import.objects.create(
            what="roster", file=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), learned_at=self.now, by=self.by
        )
        before = self.summary.rows.copy()
        held = {
            (sheet, row): (pk, bytes(digest), status, reason)
            for sheet, row, pk, digest, status, reason in RosterRow.objects.current()
            .filter(file=path.name)
            .values_list("sheet", "row", "id", "digest", "status", "reason")
        }
        done = 0
        for table in read_tables(path, self.mapping):
            self._headings(table.columns)
            for verdicts in _chunks(self.judge.table(table)):
                self._take(verdicts, brought.id, held)
                done += len(verdicts)
                progress(path.name, done)
        brought.summary = dict(self.summary.rows - before)
        brought.save(update_fields=["summary"])

    def _headings(self, columns: Any) -> None:
        if columns is None:
            return
        for names, given in ((self.summary.unknown_headings, columns.unknown), (self.summary.dropped_headings, columns.dropped)):
            names.extend(name for name in given if name not in names)

    def _take(self, verdicts: Sequence[Verdict], brought_by: UUID, held: Mapping[tuple[str | None, int], tuple[Any, ...]]) -> None:
        rows, retired = [], []
        for verdict in verdicts:
            self.summary.rows[verdict.status] += 1
            before = held.get((verdict.sheet, verdict.row))
            if before and before[1:] == (verdict.digest, verdict.status, verdict.reason):
                self.summary.changes["same"] += 1
                continue
            if before:
                retired.append(before[0])
            rows.append(self._row(verdict, brought_by))
        RosterRow.objects.filter(id__in=retired).update(retired_at=self.now)
        bulk.insert(RosterRow, rows)
        self._persons(verdicts)
        self._households(verdicts)
        self._aliases(verdicts)

    def _row(self, verdict: Verdict, brought_by: UUID) -> dict[str, Any]:
        row_id = uuid7()
        return {
            "id": row_id, "brought_by": brought_by, "file": verdict.file, "sheet": verdict.sheet, "row": verdict.row,
            "status": verdict.status, "reason": verdict.reason, "column": verdict.column[:60],
            "person": verdict.person.code if verdict.person else verdict.cells.get("code", "")[:80],
            "household": verdict.household, "area": verdict.area, "digest": verdict.digest,
            "raw": seal(dict(verdict.cells), about=f"row|{row_id}"), "learned_at": self.now, "retired_at": None,
        }  # fmt: skip

    def _persons(self, verdicts: Sequence[Verdict]) -> None:
        told = {each.person.code: each for each in verdicts if each.person and each.change in ("new", "changed")}
        changed = [code for code, each in told.items() if each.change == "changed"]
        Person.objects.current().filter(code__in=changed).update(retired_at=self.now)
        bulk.insert(Person, [person_row(each.person, each, self.now) for each in told.values() if each.person])
        index_persons({code: each.person for code, each in told.items() if each.person}, replace=changed)
        for change in ("new", "changed"):
            self.summary.changes[change] += sum(1 for each in told.values() if each.change == change)
        self.learned.extend(told)
        if self.known_before:
            cured = RosterRow.objects.current().filter(status="parked", person__in=list(told), learned_at__lt=self.now)
            cured.update(retired_at=self.now)

    def _households(self, verdicts: Sequence[Verdict]) -> None:
        rows = []
        for verdict in verdicts:
            if verdict.person and verdict.household not in self.households:
                self.households.add(verdict.household)
                self.learned.append(verdict.household)
                self.positions[verdict.area] += 1
                rows.append(household_row(verdict.household, verdict.area, self.positions[verdict.area], verdict.person.address, self.now))
        bulk.insert(Household, rows)

    def _aliases(self, verdicts: Sequence[Verdict]) -> None:
        rows = []
        for verdict in verdicts:
            if (
                verdict.status == "merged"
                and verdict.person
                and verdict.canonical
                and verdict.person.code not in {verdict.canonical, *self.aliases}
            ):
                self.aliases.add(verdict.person.code)
                self.learned.append(verdict.person.code)
                self.renamed.append(verdict.person.code)
                rows.append(
                    {
                        "id": uuid7(), "reference": "person", "code": verdict.person.code, "canonical": verdict.canonical,
                        "learned_at": self.now, "withdrawn_at": None, "event": None,
                    }
                )  # fmt: skip
        bulk.insert(Alias, rows)

    def finish(self) -> None:
        """Judges again the records that waited for what was learned, and folds again what now bears another name."""
        rejudge(self.learned)
        if self.renamed and self.known_before:
            refold_names("person", self.renamed)


def _persons() -> Iterator[tuple[str, bytes, str]]:
    return Person.objects.current().values_list("code", "digest", "household").iterator(chunk_size=CHUNK)


def _chunks(verdicts: Iterator[Verdict]) -> Iterator[list[Verdict]]:
    while chunk := list(islice(verdicts, CHUNK)):
        yield chunk


def person_row(person: RosterPerson, verdict: Verdict, now: Any) -> dict[str, Any]:
    """A person as a row of the register, the personal part encrypted."""
    personal = {"name": person.name, "id_no": person.id_no or verdict.cells.get("id_no", ""), "phone": person.phone, "note": person.note}
    tags = [name for name, value in (("living_alone", person.living_alone), ("immobile", person.immobile), ("key", person.key)) if value]
    return {
        "id": uuid7(), "code": person.code, "household": person.household, "area": person.area, "sex": person.sex,
        "birth_date": person.birth_date, "doubt": verdict.reason if verdict.status == "doubtful" else "", "category": person.category,
        "tags": [*tags, *person.key_categories],
        "personal": seal({name: value for name, value in personal.items() if value}, about=f"person|{person.code}"),
        "id_index": blind(person.id_no, purpose="id") if person.id_no else None, "digest": verdict.digest,
        "learned_at": now, "retired_at": None,
    }  # fmt: skip


def household_row(code: str, area: str, position: int, address: str, now: Any) -> dict[str, Any]:
    """A household as a row of the register."""
    personal = seal({"address": address} if address else None, about=f"household|{code}")
    return {"id": uuid7(), "code": code, "area": area, "position": position, "personal": personal, "learned_at": now, "retired_at": None}
