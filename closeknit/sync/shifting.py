"""A scenario moved to other days: the same two days, as if they were lived now."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from closeknit.ledger.wire import Push

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|T)")


def shifted(value: Any, days: int) -> Any:
    """The value with every ISO day and time in it moved by so many days; mappings and lists are gone through."""
    if isinstance(value, str):
        return _DAY.sub(lambda found: _moved(found[0], days), value, count=1) if _DAY.match(value) else value
    if isinstance(value, Mapping):
        return {name: shifted(each, days) for name, each in value.items()}
    if isinstance(value, list):
        return [shifted(each, days) for each in value]
    return value


def _moved(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except ValueError:
        return day


def shifted_push(push: Push, days: int) -> Push:
    """The push as it would have come so many days later; records that cannot be read stay as they are."""
    by = timedelta(days=days)
    return replace(
        push,
        events=[shifted(event, days) for event in push.events],
        pushed_at=push.pushed_at + by if push.pushed_at else None,
        received_at=push.received_at + by,
    )


def days_to_today(last_day: date, now: datetime, *, turns_at: int) -> int:
    """By how many days a scenario is moved so that its last day is today; its day before, from the local hour `turns_at` on."""
    today = now.date() if now.hour < turns_at else now.date() + timedelta(days=1)
    return (today - last_day).days
