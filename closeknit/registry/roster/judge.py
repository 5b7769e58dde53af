"""Judges the rows of rosters one after the other: accepted, accepted with doubt, merged or parked."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from closeknit.kit import citizen_id
from closeknit.kit.citizen_id import Reading
from closeknit.kit.folding import tidy
from closeknit.registry.roster.codes import Codes
from closeknit.registry.roster.person import RosterPerson, address, person
from closeknit.registry.roster.places import Cause, Places
from closeknit.registry.roster.read import RosterRow, Table
from closeknit.registry.roster.verdict import CURES, Change, Reason, Verdict

_MADE_UP = "99"
_NO_NAME = frozenset({"", "无", "不详", "未知", "暂无", "-", "--", "—", "——", "/", "*", "?"})


def _nothing(_: str) -> None:
    return None


class Register(NamedTuple):
    """What the register knows already: the person who bears a valid ID, and the digest of the row that a person's code stands for."""

    code_of: Callable[[str], str | None] = _nothing
    digest_of: Callable[[str], bytes | None] = _nothing


class Judge:
    """Judges tables in the order of their files, sheets and rows; one judge an import. Of each row it keeps a few numbers: its ID, a hash
    of its code and of its content, and its code."""

    def __init__(self, places: Places, *, key: bytes, register: Register | None = None, real_data: bool = False) -> None:
        """`key` (16 to 64 bytes, always the same) keys the digests. Without `real_data` IDs that do not begin with 99 are refused:
        parked as `real_id`, before all other reasons, so that nothing of them is kept."""
        self._places = places
        self._codes = Codes(key)
        self._register = register or Register()
        self._real_data = real_data
        self._by_id: dict[int, str] = {}
        self._content: dict[int, int] = {}

    def table(self, table: Table) -> Iterator[Verdict]:
        """The verdict on each row, in order. Rows that name no area lie where the sheet's name says, or the file's without that column."""
        columns = table.columns
        if columns is None:
            return
        named = table.sheet if table.sheet is not None else "" if {"grid", "village"} & columns.places.keys() else table.file.split(".")[0]
        for row in table.rows():
            yield self._judge(table, row, named)

    def _judge(self, table: Table, row: RosterRow, named: str) -> Verdict:
        cells = row.cells
        get = cells.get
        reading = citizen_id.read(get("id_no", ""))
        if not self._real_data and _is_real(reading, cells):
            return _parked(table, row.number, "real_id", "real_id", field="id_no")
        area, cause = self._places.place(grid=get("grid", ""), village=get("village", ""), township=get("township", ""), sheet=named)
        name = tidy(get("name", ""))
        digest = self._codes.content(area, cells)
        household = self._household(cells, area)
        if name in _NO_NAME or not area:
            return _unplaced(table, row, "" if name in _NO_NAME else cause, household=household, area=area, digest=digest)

        content = _short(digest if reading.number else self._codes.likeness(area, cells))
        code = self._codes.given(get("code"), area)
        if reading.number:
            code, owner = self._by_number(reading.number, code)
        else:
            said = (name, get("birth_date", ""), get("id_no", ""))
            code, owner = self._by_content(code or self._codes.of_row(household or area, *said), content, digest, said)
        household = household or self._codes.alone(owner or code)
        whom = person(cells, reading, code=code, household=household, area=area, name=name)
        if owner:
            return self._merged(table, row, whom, owner, digest)
        self._content[hash(code)] = content
        if reading.number:
            self._by_id[int(reading.number[:17])] = code
        return self._accepted(table, row, whom, reading, digest)

    def _household(self, cells: Mapping[str, str], area: str) -> str:
        given = self._codes.given(cells.get("household"), area)
        return given or (self._codes.household(area, address(cells)) if area else "")

    def _by_number(self, number: str, code: str) -> tuple[str, str]:
        """The row's code, and the code of the person who bears the ID already, in this import or in the register. What this import said
        goes before the register: whose row has come with another ID bears the old one no longer."""
        owner = self._by_id.get(int(number[:17]))
        if owner:
            return code or owner, owner
        own = self._codes.apart(code, number) if code and hash(code) in self._content else code or self._codes.of_id(number)
        known = self._register.code_of(number)
        if not known or known == own or hash(known) in self._content:
            return own, ""
        is_theirs = not code or known == self._codes.apart(code, number)
        return (known, "") if is_theirs else (code, known)

    def _by_content(self, code: str, content: int, digest: bytes, said: tuple[str, ...]) -> tuple[str, str]:
        """The row's code, and the same again where the row has stood before, however it was written. Somebody else's code is not theirs."""
        for told in ((), said, (digest,)):
            code = self._codes.apart(code, *told) if told else code
            before = self._content.get(hash(code))
            if before is None:
                return code, ""
            if before == content:
                break
        return code, code

    def _merged(self, table: Table, row: RosterRow, whom: RosterPerson, owner: str, digest: bytes) -> Verdict:
        repeated = not whom.id_no or self._content.get(hash(owner)) == _short(digest)
        reason: Reason = "repeated" if repeated else "same_id"
        file, sheet, column, household, area = table.file, table.sheet, table.heading("id_no"), whom.household, whom.area
        return Verdict(
            file, sheet, row.number, "merged", reason, column, CURES[reason], whom, owner, household, area, "", digest, row.cells
        )

    def _accepted(self, table: Table, row: RosterRow, whom: RosterPerson, reading: Reading, digest: bytes) -> Verdict:
        known = self._register.digest_of(whom.code)
        change: Change = "new" if known is None else "same" if known == digest else "changed"
        file, sheet, household, area = table.file, table.sheet, whom.household, whom.area
        if not reading.fault:
            return Verdict(file, sheet, row.number, "accepted", "", "", None, whom, None, household, area, change, digest, row.cells)
        reason: Reason = "no_id" if reading.fault == "empty" else "bad_id"
        column, cure = table.heading("id_no"), CURES[reading.fault]
        return Verdict(file, sheet, row.number, "doubtful", reason, column, cure, whom, None, household, area, change, digest, row.cells)


def _short(digest: bytes) -> int:
    return int.from_bytes(digest[:7], "big")


def looks_real(cells: Mapping[str, str]) -> bool:
    """Whether a row's ID may be that of a real person."""
    return _is_real(citizen_id.read(cells.get("id_no", "")), cells)


def _is_real(reading: Reading, cells: Mapping[str, str]) -> bool:
    if reading.number:
        return not reading.number.startswith(_MADE_UP)
    return reading.fault != "empty" and citizen_id.may_be_real(cells["id_no"])


def _unplaced(table: Table, row: RosterRow, cause: Cause, *, household: str, area: str, digest: bytes) -> Verdict:
    if not cause:
        return _parked(table, row.number, "missing_name", "missing_name", field="name", known=(household, area, digest, row.cells))
    assert table.columns
    field = "grid" if "grid" in table.columns.places else "village"
    return _parked(table, row.number, "unknown_area", f"area_{cause}", field=field, known=(household, area, digest, row.cells))


def _parked(
    table: Table,
    row: int,
    reason: Reason,
    cure: str,
    *,
    field: str,
    known: tuple[str, str, bytes, Mapping[str, str]] = ("", "", b"", {}),
) -> Verdict:
    household, area, digest, cells = known
    column = table.heading(field)
    return Verdict(table.file, table.sheet, row, "parked", reason, column, CURES[cure], None, None, household, area, "", digest, cells)
