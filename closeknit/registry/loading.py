"""Reading places.csv and members.csv into the register; the same file twice changes nothing."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.tables import TableProblem, read_table
from closeknit.kit.text import Text
from closeknit.kit.versions import Versioned
from closeknit.ledger import bulk
from closeknit.ledger.record import rejudge
from closeknit.registry.members.chiefs import as_filed
from closeknit.registry.members.telephones import in_table, sealed
from closeknit.registry.models import Member, Place

Row = Mapping[str, str]


def load_places(path: Path) -> dict[str, int]:
    """Reads code, category, name, area, lat, lon, chiefs (`role:member;…`), notes. Chiefs named on a screen stay where the file says
    what the last one said. Returns read, new, changed. Raises `TableProblem`."""
    summary, codes = _load(path, Place, ("code", "category", "name", "area"), _place)
    rejudge(codes)
    return summary


def load_members(path: Path) -> dict[str, int]:
    """Reads code, name, unit, team, role, area, phone. A telephone that is kept stays where the file says none.
    Returns read, new, changed. Raises `TableProblem`."""
    return _load(path, Member, ("code", "name", "area"), _member)[0]


def _place(row: Row, held: Versioned | None) -> dict[str, Any]:
    said = [list(pair.split(":", 1)) for pair in row.get("chiefs", "").split(";") if ":" in pair]
    chiefs, filed = as_filed(said, held if isinstance(held, Place) else None)
    return {
        "code": row["code"], "category": row["category"], "name": row["name"], "area": row["area"],
        "chiefs": chiefs, "filed_chiefs": filed,
        "lat": _number(row.get("lat")), "lon": _number(row.get("lon")), "notes": row.get("notes", "")[:400],
    }  # fmt: skip


def _member(row: Row, held: Versioned | None) -> dict[str, Any]:
    known, phone = held.phone if isinstance(held, Member) else "", in_table(row)
    stays = held.personal if isinstance(held, Member) and phone in ("", known) else sealed(phone, code=row["code"])
    return {**{name: row.get(name, "") for name in ("code", "name", "unit", "team", "role", "area")}, "personal": stays}


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _load(
    path: Path, model: type[Versioned], required: tuple[str, ...], read: Callable[[Row, Versioned | None], dict[str, Any]]
) -> tuple[dict[str, int], list[str]]:
    table = read_table(path, required=required)
    areas = set(Area.objects.names({row["area"] for row in table.rows}))
    rows: dict[str, Row] = {}
    for number, row in enumerate(table.rows, 2):
        if not row["code"] or row["area"] not in areas:
            field = "area" if row["code"] else "code"
            raise TableProblem(
                table.name,
                Text(
                    "Line {n}: `{field}` is missing or not known. Import the areas first.",
                    "第 {n} 行：{field} 缺失或未登记。请先导入地区。",
                    n=number,
                    field=field,
                ),
            )
        rows[row["code"]] = row
    with transaction.atomic():
        held = {each.code: each for each in model.objects.current()}
        said = {code: read(row, held.get(code)) for code, row in rows.items()}
        changed = [
            code for code, row in said.items() if code in held and any(getattr(held[code], name) != value for name, value in row.items())
        ]
        new = [code for code in said if code not in held]
        model.objects.current().filter(code__in=changed).update(retired_at=clock.now())
        stamp = {"learned_at": clock.now(), "retired_at": None}
        bulk.insert(model, [{"id": uuid7(), **stamp, **said[code]} for code in [*new, *changed]])
    return {"read": len(table.rows), "new": len(new), "changed": len(changed)}, new
