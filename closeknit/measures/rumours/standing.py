"""Rumours with what became of them: folded from the ledger, as known at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.measures.rumours.kinds import RumourAnswered, RumourChecked, RumourHeard, RumourTaken

STEPS = (RumourHeard, RumourTaken, RumourChecked, RumourAnswered)


@dataclass(frozen=True)
class Rumour:
    """One rumour: where it was first heard, how often, and the latest of each step."""

    heard: Event
    times: int
    taken: Event | None
    checked: Event | None
    answered: Event | None

    @property
    def code(self) -> str:
        return self.heard.topic

    @property
    def owner(self) -> str:
        return str(self.taken.data["owner"]) if self.taken else ""

    @property
    def state(self) -> str:
        """heard, checked, answered."""
        return "answered" if self.answered else "checked" if self.checked else "heard"

    def due(self, hours: float) -> datetime:
        """By when it is answered."""
        return self.heard.at + timedelta(hours=hours)

    def is_late(self, at: datetime, hours: float) -> bool:
        """Whether nobody has answered although the time is over."""
        return self.answered is None and self.due(hours) <= at


def rumours(*codes: str, areas: Iterable[str] | None = None, until: datetime | None = None, as_of: datetime | None = None) -> list[Rumour]:
    """The rumours of these numbers (none given: all), or that lie in these areas, by their steps before `until`; one statement."""
    events = standing(*STEPS, as_of=as_of).defer("personal", "digest")
    events = events.filter(at__lt=until) if until else events
    events = events.filter(topic__in=codes) if codes else events
    wanted = set(areas) if areas is not None else None
    folded = (_rumour(steps) for steps in grouped(list(events), "topic").values())
    return [each for each in folded if each and (wanted is None or each.heard.area in wanted)]


def _rumour(steps: Sequence[Event]) -> Rumour | None:
    first = [step for step in steps if step.kind == "outreach.rumour_heard" and not step.data.get("same_as")]
    if not first:
        return None

    def last(kind: str) -> Event | None:
        return next((step for step in reversed(steps) if step.kind == f"outreach.rumour_{kind}"), None)

    times = sum(step.kind == "outreach.rumour_heard" for step in steps)
    return Rumour(first[-1], times, last("taken"), last("checked"), last("answered"))
