"""Which earlier file a file is: the same again, a corrected one, or another that happens to bear its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from closeknit.areas.models import Area
from closeknit.kit.folding import fold
from closeknit.registry.models import Import, RosterRow
from closeknit.registry.roster.headings import RESULT
from closeknit.registry.roster.verdict import Verdict

ALIKE = 0.2  # the share of rows in common from which a file of the same name is a later state of the earlier one
COMPARED = 200  # rows whose names are compared where nothing else tells
MOST_OF_A_NAME = 99


@dataclass(frozen=True)
class Standing:
    """A row of the file as it stands in the register."""

    id: Any
    digest: bytes
    status: str
    reason: str
    person: str
    household: str
    mended: bool

    def says(self, verdict: Verdict) -> bool:
        """Whether the file still says what it said; a row that was mended here stays mended as long as the file does not change it."""
        return self.digest == verdict.digest and (self.mended or (self.status, self.reason) == (verdict.status, verdict.reason))


class Filing:
    """The rows that stand under a file's name, and the name under which its rows are kept from now on."""

    def __init__(self, name: str, sha256: str, *, taken: Iterable[str]) -> None:
        """`taken` are the names of the files that the same import has read already."""
        self.name = name[:200]
        self.held: dict[tuple[str | None, int], Standing] = {}
        self._sha256, self._taken = sha256, set(taken)
        self._settled = False
        self._gone: set[Any] = set()
        self._areas: set[str] = set()

    def settle(self, verdicts: Sequence[Verdict]) -> None:
        """Decides by the first rows which file this is; later calls change nothing."""
        if not self._settled:
            self._settled = True
            self.name = self._known_as(verdicts)
            self.held = standing(self.name) if self.name not in self._taken else {}
            self._gone = {each.id for each in self.held.values()}

    def _known_as(self, verdicts: Sequence[Verdict]) -> str:
        same = Import.objects.filter(what="roster", sha256=self._sha256).exclude(file__in=self._taken).order_by("learned_at")
        for file in same.values_list("file", flat=True):
            if _alike(str(file), standing(file), verdicts):
                return str(file)
        original = self.name.replace(f"-{RESULT}", "", 1)
        for base in dict.fromkeys((self.name, original)):
            for number in range(1, MOST_OF_A_NAME):
                variant = numbered(base, number)
                rows = standing(variant)
                if not rows:
                    break
                if variant not in self._taken and _alike(variant, rows, verdicts):
                    return variant
        free = (numbered(self.name, number) for number in range(1, MOST_OF_A_NAME))
        return next(name for name in free if name not in self._taken and not RosterRow.objects.current().filter(file=name).exists())

    def seen(self, verdict: Verdict) -> Standing | None:
        """What stood at the row's place before; the row is still there."""
        before = self.held.get((verdict.sheet, verdict.row))
        if before:
            self._gone.discard(before.id)
        if verdict.area:
            self._areas.add(verdict.area)
        return before

    def retire_gone(self, now: datetime) -> None:
        """Rows that the file no longer has stand no longer; the persons of whom they told stay."""
        RosterRow.objects.current().filter(id__among=self._gone).update(retired_at=now)

    def smallest_area(self) -> str:
        """The smallest area around all rows that could be placed."""
        paths = [path.strip("/").split("/") for path in Area.objects.current().filter(code__in=self._areas).values_list("path", flat=True)]
        common = ""
        for level in zip(*paths, strict=False):
            if len(set(level)) > 1:
                break
            common = level[0]
        return common


def standing(file: str) -> dict[tuple[str | None, int], Standing]:
    """The current rows of a file by sheet and row."""
    rows = RosterRow.objects.current().filter(file=file)
    columns = ("sheet", "row", "id", "digest", "status", "reason", "person", "household", "event")
    return {
        (sheet, row): Standing(pk, bytes(digest), status, reason, person, household, event is not None)
        for sheet, row, pk, digest, status, reason, person, household, event in rows.values_list(*columns).iterator(chunk_size=5000)
    }


def numbered(name: str, number: int) -> str:
    """名册.xlsx, 名册 (2).xlsx, …"""
    if number == 1:
        return name[:200]
    stem, dot, suffix = name.partition(".")
    return f"{stem[:180]} ({number}){dot}{suffix}"[:200]


def _alike(file: str, rows: dict[tuple[str | None, int], Standing], verdicts: Sequence[Verdict]) -> bool:
    """Whether enough rows say the same, tell of the same persons, or stand at their place in the same household or under the same name."""
    persons = {each.person for each in rows.values() if each.person}
    digests = {each.digest for each in rows.values() if each.digest}
    common = 0
    for each in verdicts:
        there = rows.get((each.sheet, each.row))
        at_home = there is not None and there.household == each.household and (bool(each.household) or there.digest == each.digest)
        common += at_home or each.digest in digests or (each.person is not None and each.person.code in persons)
    enough = ALIKE * min(len(rows), len(verdicts))
    return bool(rows) and (common >= enough or _same_names(file, verdicts[:COMPARED]) >= min(enough, ALIKE * COMPARED))


def _same_names(file: str, verdicts: Sequence[Verdict]) -> int:
    names = {(each.sheet, each.row): fold(each.cells.get("name", "")) for each in verdicts}
    rows = RosterRow.objects.current().filter(file=file, row__in=[each.row for each in verdicts])
    return sum(1 for row in rows if (name := fold(row.told().get("name", ""))) and names.get((row.sheet, row.row)) == name)
