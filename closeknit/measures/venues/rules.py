"""Decisions about patrols, from values alone."""

from datetime import datetime, timedelta


def calls_for_patrol(ends_at: datetime, now: datetime, warn: timedelta) -> bool:
    """Whether what is left of a patrol belongs on the board: it ends soon, or has ended."""
    return now >= ends_at - warn
