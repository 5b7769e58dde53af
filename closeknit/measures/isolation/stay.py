"""What the records of one person come to: order, transfer, room, needs, objections. Pure; kinds go by their wire names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone

from closeknit.ledger.fields import end_of
from closeknit.ledger.models import Event

SITE = "isolation_site"  # the category of places


@dataclass
class Stay:
    """Where somebody stands at a moment. `home` is the area of their roster row; `trip` holds the latest transfer's stages by name."""

    person: str
    home: str = ""
    order: Event | None = None
    orders: list[Event] = field(default_factory=list)
    released: Event | None = None
    trip: dict[str, Event] = field(default_factory=dict)
    place: str = ""
    room: Event | None = None
    needs: Event | None = None
    objections: list[Event] = field(default_factory=list)
    decisions: list[Event] = field(default_factory=list)

    @property
    def measure(self) -> str:
        """The measure of the latest order; empty where there is none."""
        return str(self.order.data["measure"]) if self.order else ""

    @property
    def room_no(self) -> str:
        """The room they live in; empty where none was given since they came."""
        return str(self.room.data["room"]) if self.room else ""

    @property
    def need_codes(self) -> list[str]:
        """What they need."""
        return list(self.needs.data.get("needs", [])) if self.needs else []

    @property
    def stage(self) -> str:
        """How far the transfer is that is under way; empty where none is."""
        if not self.trip or "arrived" in self.trip:
            return ""
        return "left" if "left" in self.trip else "requested"

    def end(self, zone: timezone) -> datetime | None:
        """When the latest order ends, by itself."""
        return end_of(str(self.order.data["until"]), zone) if self.order else None

    def is_under(self, at: datetime, zone: timezone) -> bool:
        """Whether an order holds them at this moment."""
        end = self.end(zone)
        return end is not None and at < end

    def is_over(self, at: datetime, zone: timezone) -> bool:
        """Whether their order has ended and nobody has released them: they are free to go, and must be told."""
        end = self.end(zone)
        return end is not None and at >= end


def fold(person: str, home: str, events: Iterable[Event]) -> Stay:
    """The person's stay as their standing records tell it, in whatever order they come."""
    stay = Stay(person, home)
    for event in sorted(events, key=lambda each: each.order):
        STEPS[event.kind](stay, event)
    return stay


def _ordered(stay: Stay, event: Event) -> None:
    stay.order, stay.released = event, None
    stay.orders.append(event)


def _released(stay: Stay, event: Event) -> None:
    stay.order, stay.released, stay.place, stay.room = None, event, "", None


def _transferred(stay: Stay, event: Event) -> None:
    stage = str(event.data["stage"])
    if stage == "requested" or "arrived" in stay.trip or (stage == "left" and "left" in stay.trip):
        stay.trip = {}
    stay.trip[stage] = event
    if event.data.get("needs"):
        stay.needs = event
    to = str(event.data.get("to") or (event.place if stage == "arrived" else ""))
    if stage != "requested" and to != stay.place:
        stay.place, stay.room = to if stage == "arrived" else "", None


def _roomed(stay: Stay, event: Event) -> None:
    stay.place, stay.room = event.place, event


def _needing(stay: Stay, event: Event) -> None:
    stay.needs = event


def _objected(stay: Stay, event: Event) -> None:
    if all(each.topic != event.topic for each in stay.decisions):  # it may be put right after it was decided
        stay.objections = [*(each for each in stay.objections if each.topic != event.topic), event]


def _decided(stay: Stay, event: Event) -> None:
    stay.decisions.append(event)
    stay.objections = [each for each in stay.objections if each.topic != event.topic]


STEPS = {
    "isolation.ordered": _ordered, "isolation.released": _released, "isolation.transferred": _transferred,
    "isolation.room_given": _roomed, "isolation.needs_told": _needing, "isolation.objected": _objected,
    "isolation.objection_decided": _decided,
}  # fmt: skip
