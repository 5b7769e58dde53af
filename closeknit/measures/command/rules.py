"""What counts as not in order, how bad it is, and which lines are shown: pure, from values alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Rule, Watched

SHOWN_CASES = 3


def lasted(since: datetime, now: datetime) -> Text:
    """How long something has lasted, in the largest fitting unit; what is still to come is told as such."""
    minutes = int((now - since).total_seconds() // 60)
    if minutes < 0:
        return Text("in {n} min", "{n} 分钟后", n=-minutes) if minutes > -120 else Text("in {n} h", "{n} 小时后", n=-minutes // 60)
    if minutes < 120:
        return Text("{n} min", "{n} 分钟", n=minutes)
    return Text("{n} h", "{n} 小时", n=minutes // 60) if minutes < 72 * 60 else Text("{n} days", "{n} 天", n=minutes // 1440)


@dataclass(frozen=True)
class Line:
    """One line of the board: a rule with its cases, the first of them by name."""

    rule: Rule
    watched: Watched

    @property
    def title(self) -> Text:
        return self.rule.title.format(n=sum(case.number for case in self.watched.cases))

    @property
    def shown(self) -> list[Case]:
        return self.watched.cases[:SHOWN_CASES]

    @property
    def more(self) -> int:
        return len(self.watched.cases) - len(self.shown)

    @property
    def since(self) -> datetime | None:
        """The longest that any of its cases has been out of order."""
        return min((case.since for case in self.watched.cases if case.since), default=None)


def lines(found: Iterable[tuple[Rule, Watched]], most: int | None) -> tuple[list[Line], bool]:
    """The lines in the order given, at most so many (None: all), and whether there are more: of what comes after nothing is asked."""
    every = (Line(rule, watched) for rule, watched in found if watched.cases)
    shown = list(islice(every, most))
    return shown, next(every, None) is not None


def longest_first(cases: Iterable[Case]) -> list[Case]:
    """What has been out of order longest first; what never was in order before all."""
    return sorted(cases, key=lambda case: (case.since is not None, case.since.timestamp() if case.since else 0, str(case.name)))


def most_first(cases: Iterable[Case]) -> list[Case]:
    """The largest number first."""
    return sorted(cases, key=lambda case: (-case.number, case.area, str(case.name)))


def stands_still(now: datetime, hours: timedelta, begins: time, ends: time) -> bool:
    """Whether hours without a visit mean something: not at night, nor before the working day is so many hours old. Local times."""
    opened = datetime.combine(now.date(), begins, now.tzinfo)
    return opened + hours <= now < datetime.combine(now.date(), ends, now.tzinfo)
