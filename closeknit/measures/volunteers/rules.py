"""Decisions about volunteers, from values alone."""

from collections.abc import Iterable


def apart(home: str, site: str) -> int:
    """How far a home lies from a site, by the paths of their areas: 0 in the same area or below it, 1 in one beside it, and so on."""
    ours, theirs = ([code for code in path.split("/") if code] for path in (home, site))
    common = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        common += 1
    return len(theirs) - common


def next_number(taken: Iterable[str]) -> str:
    """The next free number of a call: Z-001, Z-002 …"""
    numbers = [int(rest) for each in taken if (rest := each.removeprefix("Z-")).isascii() and rest.isdigit()]
    return f"Z-{max(numbers, default=0) + 1:03d}"


def state(wanted: int, taken: int, *, closed: bool, over: bool) -> str:
    """How a call stands: over, closed, full, open."""
    return "closed" if closed else "over" if over else "full" if taken >= wanted else "open"
