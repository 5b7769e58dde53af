"""What a report says, as plain values: made once, stored whole, and all that page, document and text are printed from.

What was stored is read for ever: a field that is added later has a default, and none is renamed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import msgspec

from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.reports.rows import Value

FORMAT = 1


@dataclass(frozen=True)
class Words:
    """A text kept in both languages."""

    en: str
    zh: str

    def __str__(self) -> str:
        return str(Text(self.en, self.zh))


def kept(text: Text) -> Words:
    """A text with its values filled in, also where these are texts themselves."""
    return Words(text.of("en"), text.of("zh-hans"))


@dataclass(frozen=True)
class Shown:
    """One figure. state: it stands at the end of the day rather than counting it. `names` are those of the areas in a list of areas."""

    name: str
    label: Words
    value: Value
    state: bool
    names: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The value as a number: of a list, how many it names."""
        return len(self.value) if isinstance(self.value, list) else self.value


@dataclass(frozen=True)
class Part:
    """One section's figures."""

    name: str
    title: Words
    figures: list[Shown]

    @property
    def is_zero(self) -> bool:
        """Whether there is nothing but zero to tell."""
        return not any(figure.number for figure in self.figures)


@dataclass(frozen=True)
class Unit:
    """One unit's report: on_time, late, late_received or missing. The times are those of its confirmation; so is the note, which may
    name somebody and is never stored here (papers.notes)."""

    code: str
    name: str
    state: str
    confirmed_at: datetime | None = None
    received_at: datetime | None = None
    zero: bool = False
    channel: str = ""
    note: str = ""


@dataclass(frozen=True)
class DeclaredFigure:
    """A total that a unit declared, beside what its records say."""

    name: str
    label: Words
    declared: int
    recorded: int


@dataclass(frozen=True)
class DeclaredTotals:
    """What a unit declared that does not record yet: shown apart, never added."""

    code: str
    name: str
    channel: str
    figures: list[DeclaredFigure]


@dataclass(frozen=True)
class Moved:
    """A figure of an earlier sealed report that late records have changed."""

    name: str
    label: Words
    was: int
    now: int

    @property
    def added(self) -> int:
        return self.now - self.was


@dataclass(frozen=True)
class LateUnit:
    """How many records of earlier days came in late from a unit."""

    code: str
    name: str
    records: int


@dataclass(frozen=True)
class Late:
    """What came in after an earlier report was sealed and before this one was."""

    day: date
    figures: list[Moved]
    units: list[LateUnit]
    reports: list[Unit]


@dataclass(frozen=True)
class Versions:
    """By what the figures were reckoned. plans: a campaign's code and the time when its plan was learned."""

    pack: str
    pack_version: int
    plans: list[tuple[str, datetime]]
    code: str


@dataclass(frozen=True)
class Report:
    """The report of an area and a day. as_of: what had been received by then (None: it still keeps up with the records)."""

    area: str
    area_name: str
    level: str
    day: date
    starts_at: datetime
    ends_at: datetime
    as_of: datetime | None
    disease: Words
    names_late_units: bool
    parts: list[Part]
    units: list[Unit]
    declared: list[DeclaredTotals]
    late: Late | None
    versions: Versions
    format: int = FORMAT

    @property
    def seen(self) -> str:
        """A digest of the figures: what a secretary had on the screen when confirming."""
        figures = [[figure.name, figure.value] for part in self.parts for figure in part.figures]
        return hashlib.sha256(msgspec.json.encode(figures)).hexdigest()[:32]

    @property
    def reaches(self) -> datetime:
        """Up to when the report speaks: of one that keeps up with the records, no later than now."""
        return self.ends_at if self.as_of else min(self.ends_at, clock.now().astimezone(self.ends_at.tzinfo))

    @property
    def is_zero(self) -> bool:
        """Whether nothing was recorded on the day."""
        return not any(figure.number for part in self.parts for figure in part.figures if not figure.state and part.name != "reports")

    def of_state(self, state: str) -> list[Unit]:
        """The units whose report is in this state."""
        return [unit for unit in self.units if unit.state == state]

    def figure(self, name: str) -> Shown | None:
        """The figure of that name."""
        return next((figure for part in self.parts for figure in part.figures if figure.name == name), None)


def to_json(report: Report) -> dict[str, Any]:
    """The report as it is stored: without notes, so that no person stands in it."""
    content: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(noted(report, {})))
    return content


def noted(report: Report, notes: Mapping[str, str]) -> Report:
    """The report with these notes on its units' confirmations and no others, by day and unit (`2022-03-18|433122108001`)."""

    def each(units: list[Unit], day: date) -> list[Unit]:
        return [replace(unit, note=notes.get(f"{day.isoformat()}|{unit.code}", "")) for unit in units]

    late = replace(report.late, reports=each(report.late.reports, report.late.day)) if report.late else None
    return replace(report, units=each(report.units, report.day), late=late)


def from_json(content: dict[str, Any]) -> Report:
    """A stored report, to the letter."""
    return msgspec.convert(content, Report)
