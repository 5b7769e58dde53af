"""The questions that the ledger asks of the register, and the door through which the register answers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Asked:
    """The codes that a batch names, by what they are codes of."""

    area: Collection[str] = ()
    household: Collection[str] = ()
    person: Collection[str] = ()
    place: Collection[str] = ()
    member: Collection[str] = ()


@dataclass
class Known:
    """Those of the codes that the register knows. `paths` gives an area's path, `member_area` where a member works."""

    area: set[str] = field(default_factory=set)
    household: set[str] = field(default_factory=set)
    person: set[str] = field(default_factory=set)
    place: set[str] = field(default_factory=set)
    paths: Mapping[str, str] = field(default_factory=dict)
    member_area: Mapping[str, str] = field(default_factory=dict)

    def has(self, reference: str, code: str) -> bool:
        """Whether a household, person or place of that code is known."""
        found: set[str] = getattr(self, reference)
        return code in found

    def add(self, reference: str, code: str) -> None:
        """From here on the code is known."""
        getattr(self, reference).add(code)


class Register(Protocol):
    """Who knows which codes stand; a statement or two for a whole batch."""

    def __call__(self, asked: Asked) -> Known: ...


_installed: list[Register] = []


def install(register: Register) -> None:
    """The register hands in its answer, once, when it starts."""
    _installed[:] = [register]


def known(asked: Asked) -> Known:
    """What the register knows of the codes asked."""
    return _installed[0](asked)


def not_below(codes: Iterable[str], sender: str, paths: Mapping[str, str]) -> list[str]:
    """Those of the codes that are no area below the sender; `paths` holds the known areas' codes from the top down, by code."""
    return [code for code in codes if code == sender or f"/{sender}/" not in paths.get(code, "")]
