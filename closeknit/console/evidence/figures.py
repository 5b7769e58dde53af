"""A report's figures as tiles, each with the way to its evidence."""

from dataclasses import dataclass

from closeknit.access.models import Account
from closeknit.console.evidence.links import evidence_url, may_follow, question_of
from closeknit.console.parts import Tile
from closeknit.reports.content import Part, Report, Shown, Words
from closeknit.reports.papers.wording import joined


@dataclass(frozen=True)
class Line:
    """One figure with the way to its evidence; no way for who may not see it."""

    shown: Shown
    url: str


@dataclass(frozen=True)
class Group:
    """One section as it is drawn."""

    name: str
    title: Words
    lines: list[Line]
    is_zero: bool

    @property
    def tiles(self) -> list[Tile]:
        """The figures as tiles."""
        return [Tile(line.shown.number, str(line.shown.label), line.url, joined(line.shown.names)) for line in self.lines]


def groups(report: Report, account: Account) -> list[Group]:
    """The sections with something to tell first; those that are zero in all after them."""
    drawn = [_group(part, report, account) for part in report.parts]
    return sorted(drawn, key=lambda group: group.is_zero)


def _group(part: Part, report: Report, account: Account) -> Group:
    question = question_of(report)
    lines = [Line(one, evidence_url(question, one.name) if may_follow(account, one.name) else "") for one in part.figures]
    return Group(part.name, part.title, lines, part.is_zero)
