"""Declaring what follows from which records."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from closeknit.ledger.kinds import Said, names
from closeknit.ledger.models import Event


@dataclass(frozen=True)
class Following:
    """A record that follows from others. cause: the one that came last, with which it is learned, for whose member; root: the one from
    whose id its own follows; at: when what it says happened."""

    cause: Event
    root: UUID
    at: datetime
    said: type[Said]
    area: str
    references: Mapping[str, str]
    data: Mapping[str, Any] = field(default_factory=dict)

    def raw(self) -> dict[str, Any]:
        """As the wire has it."""
        (kind,) = names(self.said)
        told = {"id": str(uuid5(self.root, kind)), "kind": kind, "seq": 1, "at": self.at.isoformat(), "area": self.area}
        return {**told, **self.references, "data": dict(self.data)}


React = Callable[[Sequence[Event]], Iterable[Following]]


@dataclass(frozen=True)
class Reaction:
    """What follows from records of some kinds. `react` gets those that a transaction accepted, written already."""

    reads: tuple[type[Said], ...]
    gives: tuple[type[Said], ...]
    react: React


_reactions: list[Reaction] = []


def reaction(*reads: type[Said], gives: tuple[type[Said], ...]) -> Callable[[React], Reaction]:
    """Function decorator: from here on the ledger writes what follows. Raises TypeError where that makes a ring."""

    def declare(react: React) -> Reaction:
        declared = Reaction(reads, gives, react)
        if _reached({*gives}, [*_reactions, declared]) & {*reads}:
            raise TypeError(f"Reactions run in a ring: {', '.join(names(*reads))} would follow from itself.")
        _reactions.append(declared)
        return declared

    return declare


def _reached(kinds: set[type[Said]], among: Sequence[Reaction]) -> set[type[Said]]:
    """These kinds, and all that follow from them."""
    more = {given for each in among if kinds & {*each.reads} for given in each.gives} - kinds
    return _reached(kinds | more, among) if more else kinds


def reactions() -> Sequence[Reaction]:
    """All reactions."""
    return _reactions
