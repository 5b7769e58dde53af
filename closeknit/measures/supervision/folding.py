"""What the steps of one problem, in their order, come to."""

from collections.abc import Sequence
from typing import Any

from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event

FOUND, HANDED_OVER, RECTIFIED, LOOKED_BACK = (f"supervision.{step}" for step in ("found", "handed_over", "rectified", "looked_back"))
STATES = {FOUND: "found", HANDED_OVER: "handed_over", RECTIFIED: "rectified"}
CLOSED = "closed"


def state(event: Event) -> str:
    """The state in which a record leaves its problem."""
    return STATES.get(event.kind) or str(event.data["outcome"])


def row_of(topic: str, steps: Sequence[Event]) -> dict[str, Any] | None:
    """The problem's row; None where nobody found it. Until when it must be put right was said last when it was found or handed over."""
    finds = [step for step in steps if step.kind == FOUND]
    if not finds:
        return None
    find = finds[-1]
    handed = [step for step in steps if step.kind == HANDED_OVER]
    dates = [step.data["due_at"] for step in steps if step.kind in (FOUND, HANDED_OVER) and step.data.get("due_at")]
    return {
        "id": uuid7(),
        "topic": topic,
        "area": find.area,
        "place": find.place,
        "unit": find.data["unit"][:100],
        "title": find.data["title"],
        "severity": find.data.get("severity", ""),
        "state": state(steps[-1]),
        "found_at": find.at,
        "due_at": dates[-1] if dates else "",
        "changed_at": steps[-1].at,
        "owner": handed[-1].data["to"][:80] if handed else "",
        "times_reopened": sum(1 for step in steps if step.data.get("outcome") == "reopened"),
        "after_closing": after_closing(steps),
    }


def after_closing(steps: Sequence[Event]) -> bool:
    """Whether the last step goes on with a problem that was closed already: a second look-back of it, say. A step that fits clears it."""
    return len(steps) > 1 and state(steps[-2]) == CLOSED and steps[-1].kind != FOUND
