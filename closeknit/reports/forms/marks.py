"""What a cell, a column or a list of a form holds, and by which headings it is found again."""

from typing import Literal

import msgspec

Spread = Literal["one", "rows", "list"]
Holds = Literal["figure", "constant", "date", "unit", "reporter", "area", "number", "state"]

OWN, OF_ROW = "", "row"  # whose figure: the form's own area's; that of the area whose name stands in the row
DAY, SINCE_START, CAMPAIGN = "day", "since_start", "campaign:"


class Anchor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where something stands, told by words alone: the labels left of it and the headings above it, each from the nearest outwards.

    nth: which of several cells with the same words. beside: its label stands right next to it. words: as people read them.
    """

    sheet: str
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    nth: int = 0
    beside: bool = False
    words: str = ""


class Holding(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is written there. area: OWN, OF_ROW or a code. window: DAY, SINCE_START or CAMPAIGN and a code. words: a constant, or the
    pattern of a date."""

    what: Holds
    figure: str = ""
    area: str = OWN
    window: str = DAY
    words: str = ""


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that was said of a form. one: a cell; rows: a column, in each row that names an area; list: a column filled downward, a
    row an area below the form's."""

    anchor: Anchor
    holding: Holding
    spread: Spread = "one"

    @property
    def key(self) -> tuple[str, tuple[str, ...], tuple[str, ...], int]:
        """By what a later mark takes an earlier one's place."""
        row = self.anchor.row if self.spread == "one" else ()
        return self.anchor.sheet, row, self.anchor.column, self.anchor.nth


def to_plain(marks: list[Mark]) -> list[dict[str, object]]:
    """The marks as they are stored."""
    plain: list[dict[str, object]] = msgspec.to_builtins(marks)
    return plain


def from_plain(plain: list[dict[str, object]]) -> list[Mark]:
    """Stored marks."""
    return msgspec.convert(plain, list[Mark])
