"""Decisions about who stands where, from values alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol


class Step(Protocol):
    """A sign-in or sign-out."""

    kind: str
    member: str


def on_duty(steps: Iterable[Step]) -> list[Step]:
    """Of each member the last sign-in after which no sign-out came; the steps are in their order."""
    last: dict[str, Step] = {}
    for step in steps:
        last[step.member] = step
    return [step for step in last.values() if step.kind == "workforce.signed_in"]


def too_long(since: datetime, now: datetime, most_hours: float) -> bool:
    """Whether somebody has stood at a post for longer than a day's work may last."""
    return now - since > timedelta(hours=most_hours)


def empty_posts(posts: Iterable[str], manned: set[str], anybody: bool) -> list[str]:
    """The posts at which nobody is signed in; none where nobody in the area signs in at all, for then nothing is known."""
    return [post for post in posts if post not in manned] if anybody else []
