"""When the rounds of a scheme lie: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from closeknit.policy.packs import Policy

SPARE = 2  # rows behind the scheme's, for rounds that somebody adds
MOST = 12  # rounds of one plan


@dataclass(frozen=True)
class Round:
    """One round as a scheme proposes it; `spare`: it is kept only where somebody says so."""

    number: int
    starts_at: datetime
    ends_at: datetime
    spare: bool = False


def schemes(pack: Policy) -> Mapping[str, Mapping[str, Any]]:
    """The schemes in force by name."""
    found: Mapping[str, Mapping[str, Any]] = pack.get("rounds.schemes", {})
    return found


def proposed(scheme: Mapping[str, Any], first_day: date, pack: Policy) -> list[Round]:
    """The scheme's rounds from a day on, and some spare ones that go on in its last step. Local hours stay what they are."""
    begins, lasts = time.fromisoformat(pack.get("rounds.from")), timedelta(hours=float(pack.get("rounds.lasts_h")))
    start = datetime.combine(first_day, begins, pack.timezone)
    made = []
    for number, (hours, spare) in enumerate(_hours(scheme["steps"]), 1):
        at = start + timedelta(hours=hours)
        made.append(Round(number, at, at + lasts, spare))
    return made[:MOST]


def _hours(steps: list[Mapping[str, float]]) -> Iterator[tuple[float, bool]]:
    """How many hours after the first each round begins."""
    at, is_first = 0.0, True
    for step in steps:
        for _ in range(int(step["rounds"])):
            at += 0 if is_first else step["every_h"]
            is_first = False
            yield at, False
    for _ in range(SPARE):
        at += steps[-1]["every_h"]
        yield at, True
