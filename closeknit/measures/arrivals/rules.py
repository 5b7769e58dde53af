"""Decisions about what has not come in, from values alone."""

from datetime import datetime, timedelta


def missing(cut_off: datetime, state: str, now: datetime) -> bool:
    """Whether a report is missing after its cut-off."""
    return state == "missing" and cut_off <= now


def near(cut_off: datetime, state: str, now: datetime, before: timedelta) -> bool:
    """Whether a report is not confirmed although its cut-off is near."""
    return state == "missing" and now < cut_off <= now + before


def holes(seqs: tuple[int, int, int], kept_elsewhere: int) -> int:
    """How many records of a device are missing between its first and its last: (lowest, highest, how many there are)."""
    lowest, highest, there = seqs
    return max(0, highest - lowest + 1 - there - kept_elsewhere)
