"""Decisions about directives, from values alone."""

from collections.abc import Sequence
from datetime import datetime

from closeknit.ledger.models import Event


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


def unfitting(receipts: Sequence[Event], issues: Sequence[Event]) -> list[Event]:
    """The receipts of an area to which the version does not go, of a version that was never issued, or from before it was."""
    first: dict[tuple[int, str], datetime] = {}
    for each in issues:
        for code in each.data["to"]:
            pair = (each.data["version"], code)
            first[pair] = min(first.get(pair, each.at), each.at)
    return [each for each in receipts if (since := first.get((each.data["version"], each.area))) is None or each.at < since]
