"""Mending a roster row on the screen: judged again as the import judges, entered, and remembered so that the same file does not undo it."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.db import transaction

from closeknit import environment
from closeknit.areas.models import Area
from closeknit.kit import citizen_id, clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind, seal
from closeknit.kit.text import Text
from closeknit.ledger import bulk
from closeknit.registry.actions import Refused, note_amended
from closeknit.registry.entering import Entering, Held, wait_for_others
from closeknit.registry.entries import columns_of
from closeknit.registry.models import Person, RosterRow
from closeknit.registry.roster.headings import SYNONYMS
from closeknit.registry.roster.judge import Judge, Register
from closeknit.registry.roster.places import AreaIndex
from closeknit.registry.roster.read import table_of
from closeknit.registry.roster.verdict import CURES, Verdict
from closeknit.registry.roster.workbooks import Sheet

OF_THE_AREA = ("grid", "village", "township")
NOT_A_ROW = Text("A person needs a name. Write it as on the card.", "请填写姓名，与证件一致。")
FIELD_OF = {"missing_name": "name", "unknown_area": "area", "real_id": "id_no", "bad_id": "id_no", "no_id": "id_no"}


@dataclass(frozen=True)
class Mended:
    """The row as it stands now, and whom it was merged into, where its ID is somebody's already."""

    row: RosterRow
    merged_into: str = ""


def mend(row: RosterRow, changes: Mapping[str, str], *, by: str, reason: str, within: str) -> Mended:
    """Mends a row: any cells by field, `area` as a code. `within` is the area of who mends. What waited for the person is judged again.
    Raises Refused beside the field that cannot be taken; a doubt that stood before and was not touched may stand on."""
    with transaction.atomic():
        wait_for_others()
        _stands_still(row)
        before, cells = row.told(), mended_cells(row, changes)
        verdict = _judged(row, cells, within)
        touched_id = cells.get("id_no", "") != before.get("id_no", "")
        if verdict.status == "parked" or (verdict.status == "doubtful" and touched_id):
            cure = verdict.cure or CURES[verdict.reason]
            raise Refused(FIELD_OF[verdict.reason], cure)
        assert verdict.person is not None  # parked rows alone have none
        held = Held.of([verdict.person.code, verdict.canonical or ""], [verdict.household])
        verdict = msgspec.structs.replace(verdict, digest=bytes(row.digest), change="changed" if _stands(verdict, held) else "new")
        assert verdict.person is not None
        entering = Entering(held, clock.now(), had_persons=True, by_import=[row.brought_by])
        entering.enter([verdict])
        about = {"person": verdict.person.code, "household": verdict.household}
        event = note_amended(sorted(changes), area=verdict.area, by=by, reason=reason, **about)
        mended = replace(row, verdict, cells, event)
        entering.finish()
        return Mended(mended, verdict.canonical or "")


def leave(row: RosterRow, *, by: str, reason: str) -> RosterRow:
    """Leaves a doubt as it is: the row leaves the list, the person keeps the doubt. Raises Refused for a parked row."""
    if row.status != RosterRow.Status.DOUBTFUL:
        raise Refused(
            "", Text("A row that was set aside is mended, not left: its person would be missing.", "搁置的行须更正后入册，否则会漏人。")
        )
    with transaction.atomic():
        wait_for_others()
        _stands_still(row)
        note_amended(["left"], area=row.area, by=by, reason=reason, person=row.person, household=row.household)
        return _version(row, left=True)


def mended_cells(row: RosterRow, changes: Mapping[str, str]) -> dict[str, str]:
    """The row's cells with the changes put in; an area that was chosen goes before what the file says of areas."""
    cells = {name: str(text) for name, text in row.told().items()}
    area = changes.get("area", "")
    if area:
        cells = {name: text for name, text in cells.items() if name not in OF_THE_AREA} | {"grid": area}
    cells |= {name: text.strip() for name, text in changes.items() if name != "area"}
    if row.status == RosterRow.Status.DOUBTFUL:
        cells |= {"code": row.person} | ({"household": row.household} if not changes.get("household") else {})
    return {name: text for name, text in cells.items() if text}


def _stands_still(row: RosterRow) -> None:
    """Raises Refused where somebody else has put the row right meanwhile."""
    if not RosterRow.objects.current().filter(id=row.id).exists():
        raise Refused("", Text("Somebody else has put this row right meanwhile. Open it again.", "此行刚被他人更正，请重新打开。"))


def _stands(verdict: Verdict, held: Held) -> bool:
    return verdict.person is not None and verdict.person.code in held.persons


def _judged(row: RosterRow, cells: Mapping[str, str], within: str) -> Verdict:
    """The verdict on the cells, as the only row of a table with the usual headings."""
    fields = dict.fromkeys(("name", "id_no", "grid", *cells))
    lines = [(1, [SYNONYMS[field][0] for field in fields]), (max(row.row, 2), [cells.get(field, "") for field in fields])]
    table = table_of(row.file, Sheet(row.sheet, iter(lines), ()))
    places = AreaIndex(Area.objects.below(within).values_list("code", "parent", "name"))
    judge = Judge(places, key=environment.key("index"), register=Register(code_of=_bearer), real_data=settings.REAL_DATA)
    verdict = next(iter(judge.table(table)), None) if table else None
    if verdict is None:
        raise Refused("name", NOT_A_ROW)
    return verdict


def _bearer(number: str) -> str | None:
    rows = Person.objects.current().filter(id_index=blind(number, purpose="id"))
    return rows.order_by("learned_at").values_list("code", flat=True).first()


def replace(row: RosterRow, verdict: Verdict, cells: Mapping[str, str], event: object) -> RosterRow:
    """A new version of the row, as it was mended."""
    assert verdict.person is not None
    told = {"status": verdict.status, "reason": verdict.reason, "household": verdict.household, "area": verdict.area}
    return _version(row, cells=cells, event=event, person=verdict.person.code, **told)


def _version(row: RosterRow, *, cells: Mapping[str, str] | None = None, **changes: object) -> RosterRow:
    now, row_id = clock.now(), uuid7()
    RosterRow.objects.filter(id=row.id).update(retired_at=now)
    raw = seal(dict(cells or row.told()), about=f"row|{row_id}")
    bulk.insert(RosterRow, [{**columns_of(row), **changes, "id": row_id, "raw": raw, "learned_at": now, "retired_at": None}])
    return RosterRow.objects.get(id=row_id)


def cure_of(row: RosterRow, cells: Mapping[str, str]) -> Text | None:
    """How the row is cured, in words; nothing of its cells is in them."""
    if row.reason == "bad_id":
        return CURES.get(citizen_id.read(cells.get("id_no", "")).fault)
    if row.reason == "unknown_area":
        return CURES["area_nowhere" if any(cells.get(name) for name in OF_THE_AREA) else "area_empty"]
    return CURES.get({"no_id": "empty"}.get(row.reason, row.reason))
