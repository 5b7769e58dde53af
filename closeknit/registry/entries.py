"""A judged row, a person and a household as rows of the register's tables, the personal part encrypted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from closeknit.kit import citizen_id
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import blind, seal
from closeknit.registry.roster.person import RosterPerson
from closeknit.registry.roster.verdict import Verdict


def id_index(text: str) -> bytes | None:
    """The blind index of an ID as somebody wrote it; None where it is not valid."""
    number = citizen_id.read(text).number if text else ""
    return blind(number, purpose="id") if number else None


def roster_row(verdict: Verdict, *, file: str, brought_by: UUID) -> dict[str, Any]:
    """What became of a row of a file; when it was learned is added when it is written."""
    row_id = uuid7()
    return {
        "id": row_id, "brought_by": brought_by, "file": file, "sheet": verdict.sheet, "row": verdict.row,
        "status": verdict.status, "reason": verdict.reason, "column": verdict.column[:60],
        "person": verdict.person.code if verdict.person else verdict.cells.get("code", "")[:80],
        "household": verdict.household, "area": verdict.area, "digest": verdict.digest,
        "id_index": id_index(verdict.cells.get("id_no", "")) if verdict.status == "parked" else None, "event": None, "left": False,
        "raw": seal(dict(verdict.cells), about=f"row|{row_id}"), "retired_at": None,
    }  # fmt: skip


def person_row(person: RosterPerson, verdict: Verdict) -> dict[str, Any]:
    """A person whom a row describes; an ID that is doubtful is kept as it was written. When they were learned is added when it is
    written."""
    personal = {
        "name": person.name, "id_no": person.id_no or verdict.cells.get("id_no", ""), "phone": person.phone,
        "relation": person.relation, "note": person.note,
    }  # fmt: skip
    tags = [name for name, value in (("living_alone", person.living_alone), ("immobile", person.immobile), ("key", person.key)) if value]
    return {
        "id": uuid7(), "code": person.code, "household": person.household, "area": person.area, "sex": person.sex,
        "birth_date": person.birth_date, "doubt": verdict.reason if verdict.status == "doubtful" else "", "category": person.category,
        "tags": [*tags, *person.key_categories],
        "personal": seal({name: value for name, value in personal.items() if value}, about=f"person|{person.code}"),
        "id_index": blind(person.id_no, purpose="id") if person.id_no else None, "digest": verdict.digest,
        "retired_at": None,
    }  # fmt: skip


def household_row(
    code: str, area: str, position: int, address: str, now: datetime, *, kept: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A household; `kept` are the personal fields (a landmark) that stay as they were."""
    told = {**(kept or {}), **({"address": address} if address else {})}
    personal = seal(told or None, about=f"household|{code}")
    return {"id": uuid7(), "code": code, "area": area, "position": position, "personal": personal, "learned_at": now, "retired_at": None}


def columns_of(row: Model) -> dict[str, Any]:
    """A row of a table as it goes into the next version of itself."""
    return {str(field.column): getattr(row, str(field.attname)) for field in row._meta.concrete_fields}
