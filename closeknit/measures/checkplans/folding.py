"""What the records of a plan come to: its units, which of them were inspected, and which are left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from closeknit.ledger.fields import parse_time
from closeknit.ledger.models import Event

PLANNED, INSPECTED, ENDED = "checkplans.planned", "checkplans.inspected", "checkplans.ended"
SORTS = ("villages", "points", "groups")


@dataclass(frozen=True)
class Unit:
    """A unit of a plan: a village (area code), a service point (place code) or a work group (its name); the last word on it."""

    code: str
    sort: str
    check: Event | None = None


@dataclass(frozen=True)
class Plan:
    """A plan as its records say. `due_by`: when its last day is over."""

    code: str
    area: str
    title: str
    checklist: tuple[str, ...]
    due_by: datetime
    planned: Event
    units: tuple[Unit, ...] = field(default=())
    ended: Event | None = None

    @property
    def left(self) -> list[Unit]:
        """Who was not inspected."""
        return [unit for unit in self.units if unit.check is None]

    def state(self, now: datetime) -> str:
        """open, late (its time is over and somebody is left), done, ended (before it was done)."""
        if not self.left:
            return "done"
        return "ended" if self.ended else "late" if now >= self.due_by else "open"


def plan_of(events: Sequence[Event], zone: timezone) -> Plan | None:
    """The plan that these events are about, in their order; None where nobody planned it. Who was inspected stays in it."""
    said = [event for event in events if event.kind == PLANNED]
    if not said:
        return None
    plan = said[-1]
    checks = {event.data["unit"]: event for event in events if event.kind == INSPECTED}
    ends = [event for event in events if event.kind == ENDED and event.order > plan.order]
    units = {code: sort for sort in SORTS for code in plan.data.get(sort, ())}
    earlier = {code: sort for event in said for sort in SORTS for code in event.data.get(sort, ()) if code in checks}
    listed = tuple(Unit(code, sort, checks.get(code)) for code, sort in {**units, **earlier}.items())
    data = plan.data
    return Plan(plan.topic, plan.area, data["title"], tuple(data["checklist"]), over(data["due_on"], zone), plan, listed, _last(ends))


def over(day: str, zone: timezone) -> datetime:
    """When a bare day is over."""
    said = parse_time(day)
    assert isinstance(said, date)
    return datetime.combine(said + timedelta(days=1), time(), zone)


def _last(events: Iterable[Event]) -> Event | None:
    return max(events, key=lambda event: event.order, default=None)
