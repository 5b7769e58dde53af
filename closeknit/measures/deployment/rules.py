"""Decisions about orders, from values alone."""

from collections.abc import Iterable
from datetime import datetime


def state(ordered: int, arrived: int | None, begins: datetime, now: datetime) -> str:
    """How an order stands: confirmed, short, more (than were ordered), late (nobody has confirmed and it has begun), sent."""
    if arrived is None:
        return "late" if now >= begins else "sent"
    return "confirmed" if arrived == ordered else "short" if arrived < ordered else "more"


def next_number(taken: Iterable[str]) -> str:
    """The next free number of an order: D-001, D-002 …"""
    numbers = [int(rest) for each in taken if (rest := each.removeprefix("D-")).isascii() and rest.isdigit()]
    return f"D-{max(numbers, default=0) + 1:03d}"
