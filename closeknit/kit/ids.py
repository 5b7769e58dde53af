"""Identifiers that we make ourselves: UUID version 7, ordered by time, and the check character of codes on paper."""

import os
import time
from collections.abc import Iterable, Mapping
from string import ascii_uppercase, digits
from typing import Any
from uuid import UUID

SIGNS = digits + ascii_uppercase
_MARKED, _MARKS = 0xF << 76 | 0b11 << 62, 0x7 << 76 | 0b10 << 62  # the bits of a UUID that hold its version and variant; version 7


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    noise = int.from_bytes(os.urandom(10), "big")
    return UUID(int=(milliseconds << 80 | noise) & ~_MARKED | _MARKS)


def carried_id(sent: Mapping[str, Any], name: str = "event") -> UUID:
    """The id that a form carries, made when it was drawn, so that what is sent twice is recorded once; a new one where it carries none."""
    try:
        return UUID(sent.get(name) or "")
    except ValueError:
        return uuid7()


def next_number(taken: Iterable[str], like: str) -> str:
    """The next free number of those that people read out, written like `like` (D-001, 督查12), after the highest that begins as it does."""
    prefix = like.rstrip("0123456789")
    shown = like[len(prefix) :]
    numbers = [int(rest) for each in taken if each.startswith(prefix) and (rest := each.removeprefix(prefix)).isascii() and rest.isdigit()]
    width = len(shown) if shown.startswith("0") else 1
    return f"{prefix}{max(numbers, default=0) + 1:0{width}d}"


def check_character(code: str) -> str:
    """The check character of ISO 7064, MOD 37,36, over the digits and letters of a code; other signs do not count. It finds a wrong
    sign, and two that changed places; the field app reckons the same."""
    total = 36
    for sign in code.upper():
        value = SIGNS.find(sign)
        if value < 0:
            continue
        total = (total + value) % 36 or 36
        total = total * 2 % 37
    return SIGNS[(37 - total) % 36]


def printed(letter: str, code: str) -> str:
    """A code of ours as it is printed, `CKP1:<code>:<check>`: P for a person, H for a household, V for a place, S for a sheet."""
    return f"CK{letter}1:{code}:{check_character(code)}"
