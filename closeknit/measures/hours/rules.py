"""Decisions about load, from values alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """Hours at posts and doors knocked at: somebody's of a day, or what the pack allows."""

    hours: float
    doors: int


def state(load: Load, limits: Load) -> str:
    """over: more than the pack allows of either; full: all that it allows of either; within."""
    if load.hours > limits.hours or load.doors > limits.doors:
        return "over"
    return "full" if load.hours >= limits.hours or load.doors >= limits.doors else "within"
