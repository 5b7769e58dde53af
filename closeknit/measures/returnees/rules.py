"""Decisions about people who come back, from values alone."""

from datetime import date, datetime, timedelta

LOW = "low"


def is_late(declared_at: datetime, now: datetime, within: timedelta) -> bool:
    """Whether somebody who was declared should have been verified by now."""
    return now - declared_at > within


def risk_class(stay: str, arrived: date | None, today: date, lookback_days: int) -> str:
    """RET-03: the class of the stay while the look-back lasts, counted from the arrival; low afterwards, empty where nothing is known."""
    if not stay:
        return ""
    if arrived is not None and (today - arrived).days > lookback_days:
        return LOW
    return stay
