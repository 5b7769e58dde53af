"""Decisions about orders, from values alone."""

from datetime import datetime


def state(ordered: int, arrived: int | None, begins: datetime, now: datetime) -> str:
    """How an order stands: confirmed, short, more (than were ordered), late (nobody has confirmed and it has begun), sent."""
    if arrived is None:
        return "late" if now >= begins else "sent"
    return "confirmed" if arrived == ordered else "short" if arrived < ordered else "more"
