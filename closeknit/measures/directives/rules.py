"""Decisions about directives, from values alone."""

from collections.abc import Sequence
from datetime import datetime


def reading(what: Sequence[str], read_by: datetime, act_by: datetime | None, now: datetime) -> str:
    """How a recipient stands whose receipts said these things, in their order: unread, late (to read), read (nothing more is asked),
    waiting (to act), act_late, cannot, acted."""
    if not what:
        return "late" if now >= read_by else "unread"
    if act_by is None:
        return "read"
    last = next((each for each in reversed(what) if each in ("acted", "cannot")), "")
    if last == "acted":
        return "acted"
    return "act_late" if now >= act_by else last or "waiting"
