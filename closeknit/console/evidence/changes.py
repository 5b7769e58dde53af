"""The columns of what makes a difference: those of the evidence, then why, and when the server learned of it."""

from dataclasses import dataclass, replace

from closeknit.console.evidence.columns import columns
from closeknit.console.evidence.listing import Line
from closeknit.console.lists.columns import Column
from closeknit.kit.text import Text
from closeknit.reports.differences import CAUSES, Change


@dataclass(frozen=True)
class ChangeLine:
    """One change: more or less, why, and the row."""

    change: Change
    line: Line

    @property
    def cause(self) -> Text:
        return CAUSES[self.change.cause]


def changed_columns(*, bare: bool) -> list[Column]:
    """Those of the evidence, then why the row is more or less, and when the server learned of it."""
    evidence = [_of_line(column) for column in columns(bare=bare)]
    why = Column("why", Text("Why", "原因"), lambda one: f"{'＋' if one.change.sign > 0 else '－'} {one.cause}", phone="wide")
    received = Column("received", Text("Received", "收到"), lambda one: one.change.by.received_at if one.change.by else None)
    return [*evidence, why, received]


def _of_line(column: Column) -> Column:
    value, link = column.value, column.link
    return replace(column, value=lambda one: value(one.line), link=(lambda one: link(one.line)) if link else None)
