"""What is wrong with an institution, which days it owes, and which visits were not passed up: from values alone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Any


def faults(check: Mapping[str, Any], *, needs_fever_clinic: bool) -> list[str]:
    """What a check found wrong, by code, and whether it wrote problems down."""
    found = [f"{name}_{check[name]}" for name in ("triage", "fever_clinic") if check[name] != "works"]
    if not needs_fever_clinic:
        found = [each for each in found if each != "fever_clinic_none"]
    return [*found, *(["scanning"] if check.get("scanning") is False else []), *(["problems"] if check.get("problems") else [])]


def owed_days(start: datetime, end: datetime, report_by: str, zone: timezone) -> list[date]:
    """The local days whose hour of reporting lies in start < hour ≤ end."""
    hour = time.fromisoformat(report_by)
    first, last = (moment.astimezone(zone).date() for moment in (start, end))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if start < datetime.combine(day, hour, zone) <= end]


def last_owed(now: datetime, report_by: str, zone: timezone) -> date:
    """The latest day of which a report is owed by now."""
    return owed_days(now - timedelta(days=1), now, report_by, zone)[-1]


def left(visits: int, told: int, numbers: Iterable[int]) -> int:
    """How many visits nobody has passed up yet."""
    return max(0, visits - told - sum(numbers))
