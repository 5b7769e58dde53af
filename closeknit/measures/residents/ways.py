"""What other measures let residents do: a line of the first page, and a part of the page on which somebody has proved who they are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from closeknit.kit.text import Text
from closeknit.measures.residents.visitors import Visitor


@dataclass(frozen=True)
class Way:
    """A line of the first page: where it leads, what it is called, and before whom it stands."""

    screen: str
    label: Text
    words: Text
    fits: Callable[[Visitor], bool]


@dataclass(frozen=True)
class OwnPart:
    """A part of one's own page. `context` gives what its template shows of a person; None where it has nothing to say."""

    template: str
    context: Callable[[Visitor, str, datetime], dict[str, Any] | None]


_ways: list[Way] = []
_parts: list[OwnPart] = []


def way(declared: Way) -> Way:
    """From now on the line stands on the first page."""
    _ways.append(declared)
    return declared


def ways(who: Visitor) -> list[Way]:
    """The lines for this visitor."""
    return [each for each in _ways if each.fits(who)]


def own_part(declared: OwnPart) -> OwnPart:
    """From now on the part stands on everybody's own page."""
    _parts.append(declared)
    return declared


def own_parts(who: Visitor, person: str, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of each part that has something to say of a person."""
    found = ((each.template, each.context(who, person, now)) for each in _parts)
    return [(template, context) for template, context in found if context is not None]
