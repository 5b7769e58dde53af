"""Texts as their steps tell them: which version was in force where and when, and whether a use of a text was covered."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped

WRITTEN, DECIDED = "outreach.text_written", "outreach.text_decided"


def seal_of(data: Mapping[str, Any]) -> str:
    """By what the wording of a version is told from any other: 32 digits."""
    said = "\n".join(str(data.get(name, "")) for name in ("form", "about", "title", "words", "file"))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Version:
    """One version at a time: its wording, and the last decision about it."""

    number: int
    written: Event
    decided: Event | None

    @property
    def state(self) -> str:
        """waiting, approved, sent_back, withdrawn; an approval of another wording is none."""
        if self.decided is None:
            return "waiting"
        outcome = str(self.decided.data["outcome"])
        return "waiting" if outcome == "approved" and self.decided.data.get("seen") != seal_of(self.written.data) else outcome


@dataclass(frozen=True)
class LibraryText:
    """A text: its steps in order, the first of which wrote it."""

    code: str
    steps: Sequence[Event]

    @property
    def area(self) -> str:
        """Where it lies; it holds there and below."""
        return next(step.area for step in self.steps if step.kind == WRITTEN)

    @cached_property
    def versions(self) -> list[Version]:
        """All versions, the first first."""
        return _versions(self.steps)

    @property
    def latest(self) -> Version:
        return self.versions[-1]

    @cached_property
    def in_force(self) -> Version | None:
        """The highest version that is approved."""
        return _in_force(self.versions)

    def in_force_at(self, moment: datetime) -> Version | None:
        """The version that was in force at a moment."""
        return _in_force(_versions(self._up_to(moment)))

    def was_approved(self, number: int, moment: datetime) -> bool:
        """Whether that version was approved at a moment."""
        return any(each.number == number and each.state == "approved" for each in _versions(self._up_to(moment)))

    def _up_to(self, moment: datetime) -> list[Event]:
        return [step for step in self.steps if step.at <= moment]


def _in_force(versions: Iterable[Version]) -> Version | None:
    return max((each for each in versions if each.state == "approved"), key=lambda each: each.number, default=None)


def _versions(steps: Iterable[Event]) -> list[Version]:
    written: dict[int, Event] = {}
    decided: dict[int, Event] = {}
    for step in steps:
        (written if step.kind == WRITTEN else decided)[step.data["version"]] = step
    return [Version(number, written[number], decided.get(number)) for number in sorted(written)]


def texts(*codes: str, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, LibraryText]:
    """The texts of these numbers (none given: all) by their steps before `until` (None: all that stand); one statement."""
    stand = Q(superseded_at__isnull=True) if as_of is None else Q(superseded_at__isnull=True) | Q(superseded_at__gt=as_of)
    events = Event.objects.filter(stand, kind__in=(WRITTEN, DECIDED))
    events = events.filter(received_at__lte=as_of) if as_of else events
    events = events.filter(at__lt=until) if until else events
    events = events.filter(topic__in=codes) if codes else events
    by_code = grouped(list(events.defer("personal", "digest")), "topic")
    return {code: LibraryText(code, steps) for code, steps in sorted(by_code.items()) if any(step.kind == WRITTEN for step in steps)}


def holding_in(area: str) -> list[LibraryText]:
    """The texts that hold in an area: its own and those of the areas above it."""
    path = Area.objects.current().filter(code=area).values_list("path", flat=True).first() or ""
    above = set(path.split("/"))
    return [each for each in texts().values() if each.area in above]


def in_force_about(area: str, about: str) -> Version | None:
    """The version in force of the text about this that holds in an area and was approved last; None where none is."""
    found = [version for each in holding_in(area) if (version := each.in_force) and version.written.data["about"] == about]
    return max(found, key=lambda each: each.decided.order if each.decided else (), default=None)


def is_use(data: Mapping[str, Any]) -> bool:
    """Whether a record names a text of the library; a message that was sent has a UUID."""
    code = str(data.get("text_id", ""))
    try:
        UUID(code)
    except ValueError:
        return bool(code)
    return False


def is_covered(known: Mapping[str, LibraryText], data: Mapping[str, Any], path: str, moment: datetime) -> bool:
    """Whether a use at a moment, in an area of this path, had an approved version behind it."""
    text, version = known.get(str(data["text_id"])), data.get("version")
    if text is None or f"/{text.area}/" not in path:
        return False
    return text.was_approved(version, moment) if version else text.in_force_at(moment) is not None
