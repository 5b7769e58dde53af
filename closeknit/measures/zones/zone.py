"""What the records of one zone come to: the order that counts, who is excepted, what is told. Pure; kinds go by their wire names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from closeknit.kit.text import Text
from closeknit.ledger.models import Event

STATES: dict[str, tuple[Text, str]] = {
    "in_force": (Text("In force", "生效中"), "watch"), "coming": (Text("Not begun", "未开始"), "info"),
    "over": (Text("Over", "已结束"), "good"),
}  # fmt: skip


def begins(order: Event) -> datetime:
    """From when an order holds."""
    return datetime.fromisoformat(order.data["from_at"])


def ends(order: Event) -> datetime:
    """Until when it holds; at this moment it is over."""
    return datetime.fromisoformat(order.data["until_at"])


def counts(orders: Sequence[Event], lifted: Event | None, at: datetime) -> Event | None:
    """The order that counts: the latest that was not lifted and has begun. It may be over; no earlier one revives."""
    return next((each for each in reversed(orders) if _stands(each, lifted) and begins(each) <= at), None)


def _stands(order: Event, lifted: Event | None) -> bool:
    return lifted is None or order.order > lifted.order


@dataclass
class Zone:
    """A zone: its orders in their order, the latest lifting, the latest word on each condition, objections that nobody has decided."""

    number: str
    orders: list[Event] = field(default_factory=list)
    lifted: Event | None = None
    notes: dict[str, Event] = field(default_factory=dict)
    told: list[Event] = field(default_factory=list)
    objections: list[Event] = field(default_factory=list)
    decisions: list[Event] = field(default_factory=list)

    def order_at(self, at: datetime) -> Event | None:
        """The order by which the zone is in force; None where it is not."""
        order = counts(self.orders, self.lifted, at)
        return order if order is not None and at < ends(order) else None

    def shown(self, at: datetime) -> Event:
        """The order to show: the one that counts, else the latest of all."""
        return counts(self.orders, self.lifted, at) or self.orders[-1]

    def next_order(self, at: datetime) -> Event | None:
        """The latest order that was given and begins later."""
        return next((each for each in reversed(self.orders) if _stands(each, self.lifted) and begins(each) > at), None)

    def state(self, at: datetime) -> str:
        """in_force, coming or over."""
        if self.order_at(at):
            return "in_force"
        return "coming" if self.next_order(at) else "over"

    def ended_at(self, at: datetime) -> datetime | None:
        """When it was over; None while it is not."""
        if self.state(at) != "over":
            return None
        order = counts(self.orders, self.lifted, at)
        return ends(order) if order else self.lifted.at if self.lifted else None

    def last_change(self, at: datetime) -> datetime:
        """When what holds there changed last: by an order, by a lifting, or because an order ended by itself."""
        order = counts(self.orders, self.lifted, at)
        over = [ends(order)] if order is not None and at >= ends(order) else []
        return max([each.at for each in self.orders] + ([self.lifted.at] if self.lifted else []) + over)

    def is_untold(self, at: datetime) -> bool:
        """Whether nobody has told those who live there since the last change."""
        change = self.last_change(at)
        return not any(change <= each.at for each in self.told)

    def excepted(self, order: Event) -> set[str]:
        """The households that objections have taken out since an order."""
        return {each.household for each in self.decisions if each.data["outcome"] == "excepted" and each.order > order.order}

    def unmet(self, order: Event) -> list[str]:
        """The conditions of an order of which nobody has said since it was given that they are met."""
        notes = self.notes
        return [
            code for code in order.data["lifts"]
            if code not in notes or not notes[code].data["met"] or notes[code].order < self.orders[0].order
        ]  # fmt: skip


def in_order(events: Iterable[Event]) -> list[Event]:
    """Records in the order in which the last one is the latest."""
    return sorted(events, key=lambda each: each.order)


def fold(events: Iterable[Event]) -> dict[str, Zone]:
    """The zones by number; what is said of a zone that nobody ordered makes none."""
    zones: dict[str, Zone] = {}
    for event in in_order(events):
        number = str(event.data["zone"])
        STEPS[event.kind](zones.setdefault(number, Zone(number)), event)
    for zone in zones.values():
        decided = {each.topic for each in zone.decisions}
        zone.objections = [*{each.topic: each for each in zone.objections if each.topic not in decided}.values()]
    return {number: zone for number, zone in zones.items() if zone.orders}


def _lifted(zone: Zone, event: Event) -> None:
    zone.lifted = event


def _noted(zone: Zone, event: Event) -> None:
    zone.notes[event.data["condition"]] = event


STEPS: dict[str, Any] = {
    "zones.ordered": lambda zone, event: zone.orders.append(event), "zones.lifted": _lifted, "zones.condition_noted": _noted,
    "zones.announced": lambda zone, event: zone.told.append(event), "zones.objected": lambda zone, event: zone.objections.append(event),
    "zones.objection_decided": lambda zone, event: zone.decisions.append(event),
}  # fmt: skip
