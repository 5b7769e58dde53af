"""Shifts and passed grids as their records tell them; what phones are told of grids that changed hands."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from closeknit.kit.ids import uuid7
from closeknit.ledger.models import Event
from closeknit.ledger.projections import Projection, grouped, projection
from closeknit.measures.shifts.kinds import Cannot, PassedOn, ShiftPlanned
from closeknit.measures.shifts.models import GridHold, Shift
from closeknit.sync.assignment.holdings import Held, hold


@projection
class Shifts(Projection):
    """One row a planned shift."""

    reads = (ShiftPlanned, PassedOn, Cannot)
    subject = "topic"
    model = Shift

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        for topic, steps in grouped(events, "topic").items():
            plans = [step for step in steps if step.kind == "deployment.shift_planned"]
            if plans:
                yield _shift(topic, plans[-1], [step for step in steps if step.kind != "deployment.shift_planned"])


def _shift(topic: str, plan: Event, steps: list[Event]) -> dict[str, Any]:
    worker, cannot = plan.data["worker"], None
    for step in steps:
        if step.kind == "workforce.passed_on":
            worker, cannot = step.data["to"], None
        elif step.data["worker"] == worker:
            cannot = step.at
    begins, ends = (datetime.fromisoformat(plan.data[name]) for name in ("from_at", "to_at"))
    return {
        "id": uuid7(), "topic": topic, "area": plan.area, "place": plan.place, "post": plan.data["post"][:200], "worker": worker[:80],
        "starts_at": begins, "ends_at": ends, "cannot_at": cannot,
    }  # fmt: skip


@projection
class GridHolds(Projection):
    """One row for each member who ever took part in passing on a grid, or said that they cannot work it."""

    reads = (PassedOn, Cannot)
    subject = "topic"
    model = GridHold

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        of_grids = [event for event in events if event.data["what"] == "grid"]
        for topic, steps in grouped(of_grids, "topic").items():
            for member, (holds, cannot) in _held(steps).items():
                yield {"id": uuid7(), "topic": topic, "member": member, "holds": holds, "cannot_at": cannot}


def _held(steps: list[Event]) -> dict[str, tuple[bool, datetime | None]]:
    """Of each member, as far as the column holds their code, the last step in which they took part."""
    held: dict[str, tuple[bool, datetime | None]] = {}
    for step in steps:
        worker, giver, taker = (step.data.get(name, "")[:80] for name in ("worker", "from", "to"))
        if step.kind == "workforce.cannot":
            held[worker] = (held.get(worker, (True, None))[0], step.at)
            continue
        if giver:
            held[giver] = (False, None)
        held[taker] = (True, None)
    return held


def holdings(member: str) -> Held:
    """The grids that somebody took over, and those that they gave away."""
    rows = list(GridHold.objects.filter(member=member).values_list("topic", "holds"))
    return Held(frozenset(code for code, holds in rows if holds), frozenset(code for code, holds in rows if not holds))


hold(holdings)
