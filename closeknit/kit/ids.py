"""Identifiers that we make ourselves: UUID version 7, ordered by time."""

import os
import time
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
    return UUID(int=value)


def carried_id(sent: Mapping[str, Any], name: str = "event") -> UUID:
    """The id that a form carries, made when it was drawn, so that what is sent twice is recorded once; a new one where it carries none."""
    try:
        return UUID(sent.get(name) or "")
    except ValueError:
        return uuid7()


def next_number(taken: Iterable[str], like: str) -> str:
    """The next free number of those that people read out, written like `like` (D-001, 督查12), after the highest that begins as it does."""
    prefix = like.rstrip("0123456789")
    digits = like[len(prefix) :]
    numbers = [int(rest) for each in taken if each.startswith(prefix) and (rest := each.removeprefix(prefix)).isascii() and rest.isdigit()]
    width = len(digits) if digits.startswith("0") else 1
    return f"{prefix}{max(numbers, default=0) + 1:0{width}d}"
