"""The manifest of a measure, and the registry of all of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from closeknit.access.models import Account
from closeknit.access.roles import KNOWN, WORK_OF
from closeknit.console.screens import Screen
from closeknit.kit.text import Text
from closeknit.ledger.kinds import name_measure


@dataclass(frozen=True)
class Hit:
    """One thing that the search box found. `code` is the person's or household's, for the trail of who read whom."""

    title: str | Text
    url: str
    kind: Text
    sub: str | Text = ""
    code: str = ""


ByClock = Callable[[], Iterable[Text]]
Search = Callable[[Account, str], list[Hit]]


@dataclass(frozen=True)
class HomePart:
    """A piece of the first screen; `context` answers None where it has nothing for this reader."""

    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]
    order: int = 50
    permission: str = ""


@dataclass(frozen=True)
class Measure:
    """A measure: what can be said in it, what people see of it, its part of the report, and whom it must reach.

    by_clock: what it does each time that `closeknit clock` looks, saying what it did.
    """

    name: str
    label: Text
    kinds: tuple[Any, ...] = ()
    screens: tuple[Screen, ...] = ()
    sections: tuple[Any, ...] = ()
    campaigns: tuple[Any, ...] = ()
    searches: tuple[Search, ...] = ()
    home: tuple[HomePart, ...] = ()
    by_clock: tuple[ByClock, ...] = ()
    order: int = 50


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> Measure:
    """Make a measure known. Raises ValueError where its name, a screen's name or a screen's permission cannot be."""
    if measure.name in _measures:
        raise ValueError(f"The measure {measure.name!r} is registered twice.")
    names = {screen.name for screen in screens()}
    for screen in measure.screens:
        if screen.name in names:
            raise ValueError(f"The screen {screen.name!r} is declared twice.")
        if screen.permission and screen.permission not in KNOWN:
            raise ValueError(f"The screen {screen.name!r} asks for {screen.permission!r}, which access/roles.py does not know.")
        names.add(screen.name)
    _measures[measure.name] = measure
    whole = WORK_OF.get(measure.name, measure.name)
    name_measure(whole, measure.label, part=whole != measure.name)
    name_measure(measure.name, measure.label)  # its kinds may have its own name before the dot, whosever work it is
    return measure


def measures() -> list[Measure]:
    """All measures, in the order in which people see them."""
    return sorted(_measures.values(), key=lambda measure: (measure.order, measure.name))


def screens() -> list[Screen]:
    """All screens with their permissions: what the test of every address × role × relation walks through."""
    return [screen for measure in measures() for screen in measure.screens]
