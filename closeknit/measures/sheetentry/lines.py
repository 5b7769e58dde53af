"""The grid of a sheet: a line a row, what was typed into it, what is wrong with it, the record that it became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import get_language

from closeknit.console.forms import Words
from closeknit.console.records import links
from closeknit.console.records.cells import Cell
from closeknit.console.records.names import Called, code_words
from closeknit.console.records.words import said
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.paper.models import Row

TIME, WHO, WHERE, NEW = "time", "who", "where", "new"
OWN = (TIME, WHO, WHERE, NEW)
LABELS = {
    TIME: Text("Time", "时间"),
    WHO: Text("Name or code", "姓名或编号"),
    WHERE: Text("Where", "位置"),
    NEW: Text("In no list", "名册外"),
}
ROW = Text("row {n}: {label}", "第 {n} 行：{label}")
FOR_ALL = Text("for all rows: {label}", "全表相同：{label}")


@dataclass(frozen=True)
class Input:
    """One cell of the grid as the page draws it."""

    name: str
    label: Words
    typed: str
    error: Text | None
    digits: int = 0
    words: str = ""
    short: Words = ""
    mode: str = ""
    is_narrow: bool = False

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


@dataclass
class Line:
    """One row of the sheet before whoever types it."""

    row: Row
    about: str
    called: Called | None = None
    record: Event | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, Text] = field(default_factory=dict)
    may_change: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether something was typed into an open line."""
        return self.record is None and any(self.typed.values())

    @property
    def is_blank(self) -> bool:
        """Whether somebody has to be named."""
        return bool(self.about) and not self.row.listed

    @property
    def code(self) -> Text | str:
        return code_words(self.row.code)

    @property
    def words(self) -> str:
        """What the record says."""
        return said(self.record, "en" if get_language() == "en" else "zh-hans") if self.record else ""

    @property
    def page(self) -> str:
        """The record's own page."""
        return links.to("register.event", event=self.record.id) if self.record else ""

    @cached_property
    def hints(self) -> list[tuple[str, Text]]:
        """What is wrong, with the id of the cell where it is."""
        return [(f"r{self.row.number}-{name or TIME}", text) for name, text in self.errors.items()]

    def input(self, name: str, label: Words = "", cell: Cell | None = None) -> Input:
        """One of its cells."""
        spoken = ROW.format(n=self.row.number, label=label or LABELS[name]) if self.row.number else FOR_ALL.format(label=label)
        modes = {"integer": "numeric", "number": "decimal"}
        plain = Input(f"r{self.row.number}.{name}", spoken, self.typed.get(name, ""), self.errors.get(name), short=label or LABELS[name])
        if cell is None:
            return plain
        narrow = cell.question.type in ("integer", "number", "boolean")
        return replace(plain, digits=cell.digits, words=cell.in_words, mode=modes.get(cell.question.type, ""), is_narrow=narrow)

    def inputs(self, columns: Sequence[Cell]) -> list[Input]:
        """The cells of its fields."""
        return [self.input(cell.name, cell.label, cell) for cell in columns]

    @property
    def time(self) -> Input:
        return self.input(TIME)

    @property
    def who(self) -> Input:
        return self.input(WHO)

    @property
    def where(self) -> Input:
        return self.input(WHERE)

    @property
    def new(self) -> Input:
        return self.input(NEW)
