"""Decisions about requests for help, from values alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

RANK = {"emergency": 0, "urgent": 1, "normal": 2}


def urgency_of(words: str, urgent: Iterable[str]) -> bool:
    """Whether what was said holds one of the words that cannot wait."""
    return any(word in words for word in urgent)


def due_at(asked_at: datetime, urgency: str, hours: Mapping[str, float]) -> datetime:
    """By when a request has to be closed."""
    return asked_at + timedelta(hours=float(hours[urgency]))


def steps(state: str) -> tuple[str, ...]:
    """The kinds that may come next for a request in this state."""
    again = ("care.help_asked_again",)
    return again if state == "closed" else ("care.help_closed", "care.help_taken", *(again if state == "taken" else ()))
