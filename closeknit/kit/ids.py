"""Identifiers that we make ourselves: UUID version 7, ordered by time."""

import os
import time
from collections.abc import Iterable
from uuid import UUID


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (noise >> 68 & 0xFFF) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
    return UUID(int=value)


def next_number(taken: Iterable[str], prefix: str) -> str:
    """The next free number of those that people read out: D-001, D-002 …"""
    numbers = [int(rest) for each in taken if each.startswith(prefix) and (rest := each.removeprefix(prefix)).isascii() and rest.isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"
