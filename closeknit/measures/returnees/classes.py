"""What follows for returnees: their class by the table of risk areas, the measure that holds, and when it ends by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.isolation.kinds import IsolationOrdered, Released
from closeknit.measures.returnees.kinds import RiskAreaSet, day_of
from closeknit.measures.returnees.rules import Classed, Declaration, RiskArea, classify, control
from closeknit.policy.packs import Policy


@dataclass(frozen=True)
class Followed:
    """A return with its class, the measure that holds for it, its last day, and how it stands: none, under or ended."""

    classed: Classed
    measure: str
    until: date | None
    state: str
    ordered: bool
    said: dict[str, Any]


def risk_areas(area: str) -> list[RiskArea]:
    """The table of risk areas as it stands, of the area, those above and those below it."""
    path = Area.objects.current().filter(code=area).values_list("path", flat=True).first() or ""
    near = {*filter(None, path.split("/")), *Area.objects.below(area).values_list("code", flat=True)}
    events = standing(RiskAreaSet).filter(area__in=near).defer("personal", "digest")
    return [risk_area_of(event) for event in sorted(events, key=lambda event: event.order)]


def risk_area_of(event: Event) -> RiskArea:
    """A line of the table from its record; its id is that of the record by which it stands."""
    data = event.data
    ends = day_of(data["until"]) if data.get("until") else None
    return RiskArea(str(event.id), data["where"], data["level"], day_of(data["from"]), ends, event.area)


def followed(area: str, declared: Iterable[Event], verified: Mapping[UUID, Event], pack: Policy, today: date) -> dict[UUID, Followed]:
    """For each declaration what follows; a few statements, however many. An order that stands goes before the rule, and so does what
    was said on the spot."""
    declared = list(declared)
    table = risk_areas(area) if pack.has("risk_area") else []
    paths = dict(Area.objects.current().filter(code__in={each.area for each in declared}).values_list("code", "path"))
    orders = _orders({each.person for each in declared} - {""})
    found = {}
    for event in declared:
        here = [each for each in table if f"/{each.holds_in}/" in paths.get(event.area, "")]
        found[event.id] = _of(event, here, verified.get(event.id), orders.get(event.person), pack, today)
    return found


def _of(event: Event, table: list[RiskArea], word: Event | None, order: Event | None, pack: Policy, today: date) -> Followed:
    said = event.told()
    told = Declaration(
        str(event.id), day_of(said["arrived_at"]), (said["origin"], *said.get("via", ())), event.data.get("risk_stay", "")
    )  # fmt: skip
    classed = classify(told, table, int(pack.get("returnees.lookback_days")), pack.get("returnees.measures") or {})
    measure = (word.data.get("measure") if word else "") or classed.measure
    until = classed.until or (told.arrived + timedelta(days=int(pack.get("returnees.lookback_days"))) if measure else None)
    if order is not None and event.at <= order.at:
        released = order.kind == "isolation.released"
        measure = measure if released else order.data["measure"]
        until = order.at.astimezone(pack.timezone).date() if released else day_of(order.data["until"])
        state = "ended" if released else control(measure, until, today)
        return Followed(classed, measure, until, state, True, said)
    return Followed(classed, measure, until, control(measure, until, today), False, said)


def _orders(persons: Iterable[str]) -> dict[str, Event]:
    """The latest order or release of each of these persons."""
    events = standing(IsolationOrdered, Released).filter(person__in=list(persons)).defer("personal", "digest")
    return {event.person: event for event in sorted(events, key=lambda event: event.order)}
