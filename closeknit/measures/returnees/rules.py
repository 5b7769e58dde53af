"""Decisions about people who come back, from values alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from closeknit.kit.folding import fold

LOW = "low"


def is_late(declared_at: datetime, now: datetime, within: timedelta) -> bool:
    """Whether somebody who was declared should have been verified by now."""
    return now - declared_at > within


def risk_class(stay: str, arrived: date | None, today: date, lookback_days: int) -> str:
    """RET-03: the class of the stay while the look-back lasts, counted from the arrival; low afterwards, empty where nothing is known."""
    if not stay:
        return ""
    if arrived is not None and (today - arrived).days > lookback_days:
        return LOW
    return stay


RANK = {"": 0, "low": 1, "medium": 2, "high": 3}
RULE = "risk_{level}"  # the name of a class's rule, where the pack gives none


@dataclass(frozen=True)
class RiskArea:
    """A line of the table of risk areas; `holds_in`: the area in which, and below which, it is to be heeded."""

    id: str
    where: str
    level: str
    starts: date
    ends: date | None
    holds_in: str

    def covers(self, stay: str) -> bool:
        """Whether a stay, a code or words, lies in the area: by the beginning of the code, or because the words name it."""
        said, here = fold(stay), fold(self.where)
        if here.isdigit():
            return said.startswith(here)
        return here in said

    def counts_for(self, arrived: date, lookback: timedelta) -> bool:
        """Whether it was a risk area at any time from the look-back before the arrival to as long after it: what is learned later about
        where somebody stayed counts too."""
        return self.starts <= arrived + lookback and (self.ends is None or self.ends >= arrived - lookback)


@dataclass(frozen=True)
class Declaration:
    """What a declaration says for the class."""

    id: str
    arrived: date
    stays: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True)
class Classed:
    """The class of a return: by which rule, on what evidence, what follows, and the last day of it."""

    level: str
    rule: str
    evidence: tuple[str, ...]
    measure: str = ""
    until: date | None = None
    tests: tuple[date, ...] = ()


def classify(told: Declaration, areas: Iterable[RiskArea], lookback_days: int, measures: Mapping[str, Any]) -> Classed:
    """RET-03: the highest class among the declared stay and the risk areas in which somebody stayed within the look-back. What follows
    stands in the pack by class; its days count from the day after the arrival."""
    lookback = timedelta(days=lookback_days)
    hit = [each for each in areas if each.counts_for(told.arrived, lookback) and any(each.covers(stay) for stay in told.stays)]
    level = max([told.said, *(each.level for each in hit)], key=lambda each: RANK.get(each, 0))
    if not level:
        return Classed("", "", ())
    evidence = (told.id, *sorted(each.id for each in hit if each.level == level))
    follows = measures.get(level)
    if not follows:
        return Classed(level, RULE.format(level=level), evidence)
    tests = tuple(told.arrived + timedelta(days=int(day)) for day in follows.get("tests", ()))
    until = told.arrived + timedelta(days=int(follows["days"]))
    return Classed(level, follows.get("rule", RULE.format(level=level)), evidence, follows["measure"], until, tests)


def control(measure: str, until: date | None, today: date) -> str:
    """How a measure stands: none, under, or ended: it ends by itself with its last day."""
    if measure in ("", "none") or until is None:
        return "none"
    return "under" if today <= until else "ended"
