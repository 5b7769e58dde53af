"""Rectangles whose areas are as numbers are, nearly square and in their order: a squarified tree map (Bruls, Huizing, van Wijk 2000)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


def boxes(numbers: Sequence[float], within: Box) -> list[Box]:
    """A box for each number, the largest first (they must come so, each above 0); together they fill the whole."""
    placed: list[Box] = []
    rest, room = list(numbers), within
    while rest:
        scale = room.width * room.height / sum(rest)
        side = min(room.width, room.height)
        take = 1
        while take < len(rest) and _worst(rest[: take + 1], side, scale) <= _worst(rest[:take], side, scale):
            take += 1
        made, room = _row(rest[:take], room, scale)
        placed += made
        rest = rest[take:]
    return placed


def _worst(row: Sequence[float], side: float, scale: float) -> float:
    """How far the least square box of a row is from a square."""
    areas = [number * scale for number in row]
    total = sum(areas)
    return max(max(side**2 * area / total**2, total**2 / (side**2 * area)) for area in areas)


def _row(row: Sequence[float], room: Box, scale: float) -> tuple[list[Box], Box]:
    """A row along the shorter side, and the room that it leaves."""
    depth = sum(row) * scale / min(room.width, room.height)
    made, at = [], 0.0
    for number in row:
        length = number * scale / depth
        if room.width >= room.height:
            made.append(Box(room.x, room.y + at, depth, length))
        else:
            made.append(Box(room.x + at, room.y, length, depth))
        at += length
    if room.width >= room.height:
        return made, Box(room.x + depth, room.y, room.width - depth, room.height)
    return made, Box(room.x, room.y + depth, room.width, room.height - depth)
