"""How a report's figures and its units' states are drawn."""

from dataclasses import dataclass
from datetime import datetime

from closeknit.access.models import Account
from closeknit.console.evidence.links import evidence_url, may_follow, question_of
from closeknit.console.parts import Badge, Tile
from closeknit.kit.text import Text
from closeknit.reports.content import Part, Report, Shown, Words
from closeknit.reports.papers.wording import joined

TONES = {"on_time": "good", "late": "watch", "late_received": "info", "missing": "bad"}
LABELS = {
    "on_time": Text("On time", "按时"),
    "late": Text("Late", "迟报"),
    "late_received": Text("In time, received later", "按时确认、晚到"),
    "missing": Text("Missing", "未报"),
}
NOT_YET = Badge(Text("Not yet", "待报"), "quiet")


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


def badge(state: str, *, closed: bool) -> Badge:
    """A unit's state; before the cut-off nobody is missing yet."""
    return Badge(LABELS[state], TONES[state]) if closed or state != "missing" else NOT_YET


def groups(report: Report, account: Account) -> list[Group]:
    """The sections with something to tell first; those that are zero in all after them."""
    drawn = [_group(part, report, account) for part in report.parts]
    return sorted(drawn, key=lambda group: group.is_zero)


def _group(part: Part, report: Report, account: Account) -> Group:
    question = question_of(report)
    lines = [Line(one, evidence_url(question, one.name) if may_follow(account, one.name) else "") for one in part.figures]
    return Group(part.name, part.title, lines, part.is_zero)


def left(now: datetime, end: datetime) -> Text:
    """The time that is left, in hours and minutes."""
    minutes = max(0, int((end - now).total_seconds() // 60))
    if minutes < 60:
        return Text("{m} min", "{m} 分钟", m=minutes)
    return Text("{h} h {m} min", "{h} 小时 {m} 分钟", h=minutes // 60, m=minutes % 60)
