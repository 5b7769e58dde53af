"""Decisions about sampling sites, from values alone."""

from collections.abc import Mapping
from typing import Any


def owed(*, worked: bool, closing: Mapping[str, Any] | None, over: bool) -> tuple[str, ...]:
    """What a site owes for a day: its closing once the day is over, disinfection, and the waste with a named carrier."""
    if closing is None:
        return ("closing",) if worked and over else ()
    waste = closing.get("waste_bags") or closing.get("waste_kg")
    missing = {
        "disinfection": not closing["disinfected"],
        "waste": worked and not waste,
        "carrier": bool(waste) and not str(closing.get("carrier", "")).strip(),
    }
    return tuple(name for name, is_missing in missing.items() if is_missing)


def warnings(*, already: bool, held: int, pool: int, sealed: bool, elsewhere: bool, other_pool: bool) -> tuple[str, ...]:
    """What speaks against one more swab in a tube. already: the person was sampled in this round; elsewhere: another site's tube."""
    found = {"already": already, "sealed": sealed, "full": held >= pool, "elsewhere": elsewhere, "other_pool": other_pool}
    return tuple(name for name, speaks in found.items() if speaks)
