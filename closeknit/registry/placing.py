"""Putting a place into the register, and its entry right: the register keeps both versions, and a record says who did it and why."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk
from closeknit.ledger.record import rejudge
from closeknit.registry.actions import note_amended
from closeknit.registry.models import Place

SAID = ("category", "name", "area", "notes")


def new_code(area: str) -> str:
    """A code that no place bears: V, the end of the area's code, a number."""
    stem = f"V{area.split('-')[0][-6:]}-"
    held = set(Place.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in range(1, len(held) + 2) if (code := f"{stem}{number:03d}") not in held)


def put_place(code: str, said: Mapping[str, str], *, by: str, reason: str) -> list[str]:
    """Registers a place under a code that nobody bears yet, or changes what is said of it (any of SAID). Returns what was changed;
    nothing is written where that is nothing."""
    with transaction.atomic():
        held = Place.objects.current().filter(code=code).first()
        changed = [name for name in SAID if name in said and (held is None or getattr(held, name) != said[name])]
        if not changed:
            return []
        columns: dict[str, Any] = {each.attname: getattr(held, each.attname) for each in Place._meta.concrete_fields} if held else {}
        Place.objects.current().filter(code=code).update(retired_at=clock.now())
        if held is None:
            columns = {**dict.fromkeys(SAID, ""), "chiefs": [], "lat": None, "lon": None}
        stamp = {"id": uuid7(), "code": code, "learned_at": clock.now(), "retired_at": None}
        bulk.insert(Place, [{**columns, **stamp, **{name: said[name] for name in changed}}])
        area = said.get("area") or (held.area if held else "")
        note_amended(changed, area=area, by=by, reason=reason, place=code)
    if held is None:
        rejudge([code])
    return changed
