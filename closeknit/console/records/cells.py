"""A field of a kind as a column: boxes or a line on paper, a cell of a grid for whoever types a sheet."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timezone
from typing import Any, Literal

from closeknit.console.answers import READERS, Unreadable
from closeknit.console.forms import MISSING, FormField, Words
from closeknit.console.records.questions import question, shown
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Kind
from closeknit.policy.packs import Policy

Paper = Literal["boxes", "yes", "number", "moment", "words"]
WIDTHS: dict[Paper, int] = {"boxes": 12, "yes": 20, "number": 14, "moment": 22, "words": 17}  # millimetres; boxes: each
YES, NO = frozenset("1xvy√✓是") | {"yes"}, frozenset("02n否") | {"no"}
NUMBERS = Text("“{label}” takes one of these numbers: {numbers}.", "“{label}”请填序号：{numbers}。")
TICK = Text("“{label}”: 1 for yes, nothing for no.", "“{label}”：是填 1，否则不填。")
TIME = Text("“{label}” takes a time such as 9:05 or 905, not “{value}”.", "“{label}”应填时间，如 9:05 或 905；现为“{value}”。")
CLOCK = re.compile(r"(\d{1,2})(?:[:.时点])?(\d{2})分?")
DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True)
class Cell:
    """One column. `in_numbers`: on paper the number of the choice is written down, its words stand at the foot."""

    question: FormField
    in_numbers: bool = False

    @property
    def name(self) -> str:
        return self.question.name

    @property
    def label(self) -> Words:
        return self.question.label

    @property
    def numbers(self) -> list[tuple[str, Words]]:
        """What is typed for each choice: its place in the list; where all choices are numbers, themselves."""
        if all(value.isdigit() for value, _ in self.question.choices):
            return [(value, "") for value, _ in self.question.choices]
        return [(str(place), label) for place, (_, label) in enumerate(self.question.choices, 1)]

    @property
    def in_words(self) -> str:
        """The numbers with their words, in a line."""
        return " · ".join(f"{number} {label}".strip() for number, label in self.numbers)

    @property
    def digits(self) -> int:
        """So many single digits may be typed, each of which is a whole answer; 0 where an answer can be longer."""
        ordinal = any(label for _, label in self.numbers) and self.question.type == "choice"
        return len(self.numbers) if ordinal and len(self.numbers) < 10 else 0

    @property
    def paper(self) -> Paper:
        """What it looks like on paper."""
        if self.question.choices:
            return "number" if self.in_numbers else "boxes"
        shapes: dict[str, Paper] = {"boolean": "yes", "integer": "number", "number": "number", "date": "moment", "datetime": "moment"}
        return shapes.get(self.question.type, "words")

    @property
    def width(self) -> int:
        """Millimetres that it takes at least."""
        return WIDTHS[self.paper] * (len(self.numbers) if self.paper == "boxes" else 1)


def cells(kind: Kind, policy: Policy, *, without: Iterable[str] = (), room: int = 0) -> list[Cell]:
    """The columns of a kind by the pack in force. room: millimetres of paper; the longest lists go in numbers until it is enough."""
    columns = [Cell(question(shape)) for shape in shown(kind, policy) if shape.name not in set(without)]
    while room and sum(each.width for each in columns) > room:
        boxed = [each for each in columns if each.paper == "boxes"]
        if not boxed:
            break
        widest = max(boxed, key=lambda each: each.width)
        columns = [replace(each, in_numbers=True) if each is widest else each for each in columns]
    return columns


def read(columns: Sequence[Cell], typed: Mapping[str, str], *, day: date, zone: timezone) -> tuple[dict[str, Any], dict[str, Text]]:
    """What a row of cells says, and for each cell that cannot be taken what to type instead."""
    values: dict[str, Any] = {}
    errors: dict[str, Text] = {}
    for cell in columns:
        try:
            value = READERS[cell.question.type](cell.question, _as_answered(cell, _plain(typed.get(cell.name, "")), day, zone))
        except Unreadable as trouble:
            errors[cell.name] = trouble.text
            continue
        values[cell.name] = value
        if cell.question.required and value in (None, "", []):
            asked = NUMBERS.format(label=cell.label, numbers=cell.in_words) if cell.question.choices else MISSING.format(label=cell.label)
            errors[cell.name] = asked
    return values, errors


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _as_answered(cell: Cell, text: str, day: date, zone: timezone) -> list[str]:
    """What was typed, as the reader of the form's field takes it."""
    if not text:
        return []
    kind = cell.question.type
    if kind == "boolean":
        if text.lower() not in YES | NO:
            raise Unreadable(TICK.format(label=cell.label))
        return ["on"] if text.lower() in YES else []
    if kind == "datetime":
        return [moment(text, day, zone, label=cell.label).isoformat()]
    if kind == "date":
        return [str(day_of(text, day) or text)]
    if cell.question.choices:
        parts = re.findall(r"\d" if text.isdigit() and len(cell.numbers) < 10 else r"[^\s,;、]+", text) if kind == "list" else [text]
        return [_chosen(cell, part) for part in parts]
    return [text]


def _chosen(cell: Cell, part: str) -> str:
    """The choice whose number, word or code was typed."""
    for (number, _), (value, label) in zip(cell.numbers, cell.question.choices, strict=True):
        if part in (number, value, str(label)):
            return value
    raise Unreadable(NUMBERS.format(label=cell.label, numbers=cell.in_words))


def day_of(text: str, near: date) -> date | None:
    """A day, also without its year: the one that is nearest to `near`. None for what is no day."""
    found = DAY.fullmatch(text.strip())
    if not found:
        return None
    year, month, number = (int(part) if part else 0 for part in found.groups())
    try:
        return min((date(each, month, number) for each in ([year] if year else _years(near))), key=lambda each: abs(each - near))
    except ValueError:
        return None


def _years(near: date) -> list[int]:
    return [near.year - 1, near.year, near.year + 1]


def moment(text: str, day: date, zone: timezone, *, label: Words) -> datetime:
    """A time of the day, 9:05 or 905, or with its day before it, 3-19 1:10. Raises `Unreadable`."""
    *said, clock = _plain(text).replace("T", " ").split() or [""]
    on = day_of(said[0], day) if len(said) == 1 else day if not said else None
    found = CLOCK.fullmatch(clock)
    hour, minute = (int(part) for part in found.groups()) if found else (24, 0)
    if on is None or hour > 23 or minute > 59:
        raise Unreadable(TIME.format(label=label, value=text[:40]))
    return datetime.combine(on, time(hour, minute), zone)
