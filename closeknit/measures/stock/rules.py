"""Decisions about stock, from values alone."""

from collections.abc import Iterable
from math import hypot
from typing import Any

from closeknit.measures.supplies.kinds import StockReason


def contradicts(reason: str, quantity: int) -> bool:
    """Whether the sign of a move says otherwise than its reason: received stock comes, issued and spoiled stock goes."""
    comes = {StockReason.RECEIVED.value: True, StockReason.ISSUED.value: False, StockReason.SPOILED.value: False}.get(reason)
    return quantity == 0 or (comes is not None and comes != (quantity > 0))


def route(stops: Iterable[tuple[str, Any, float | None, float | None]]) -> list[str]:
    """The codes of places (code, order of its area, latitude, longitude) in the order of a round: by area; within one from each place to
    the nearest that is left, where all have coordinates, else by code."""
    by_area: dict[Any, list[tuple[str, float | None, float | None]]] = {}
    for code, area, lat, lon in sorted(stops, key=lambda stop: (stop[1], stop[0])):
        by_area.setdefault(area, []).append((code, lat, lon))
    way: list[str] = []
    for places in by_area.values():
        known = [(code, lat, lon) for code, lat, lon in places if lat is not None and lon is not None]
        way += _nearest_first(known) if len(known) == len(places) else [code for code, _, _ in places]
    return way


def _nearest_first(places: list[tuple[str, float, float]]) -> list[str]:
    left, way = list(places), []
    here = left[0]
    while left:
        here = min(left, key=lambda place: (hypot(place[1] - here[1], place[2] - here[2]), place[0]))
        left.remove(here)
        way.append(here[0])
    return way
