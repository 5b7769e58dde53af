"""Decisions about who stands where, from values alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta


def too_long(since: datetime, now: datetime, most_hours: float) -> bool:
    """Whether somebody has stood at a post for longer than a day's work may last."""
    return now - since > timedelta(hours=most_hours)


def empty_posts(posts: Iterable[str], manned: set[str], anybody: bool) -> list[str]:
    """The posts at which nobody is signed in; none where nobody in the area signs in at all, for then nothing is known."""
    return [post for post in posts if post not in manned] if anybody else []
