"""Areas that changed hands: what a measure knows of grids that a member took over or gave away, beside the register."""

from collections.abc import Callable
from typing import NamedTuple


class Held(NamedTuple):
    """Codes of areas that a member works beside the one in the register, and of those that they work no more."""

    taken: frozenset[str]
    given: frozenset[str]


Ask = Callable[[str], Held]
_asked: list[Ask] = []


def hold(ask: Ask) -> None:
    """From now on `ask` is asked what a member, by code, has taken over and given away."""
    _asked.append(ask)


def held_by(member: str) -> Held:
    """What anybody knows that a member has taken over and given away."""
    answers = [ask(member) for ask in _asked]
    return Held(frozenset().union(*(each.taken for each in answers)), frozenset().union(*(each.given for each in answers)))
