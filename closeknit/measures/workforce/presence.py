"""From sign-ins and sign-outs to who was where from when to when; what does not add up is marked, and counts once it is settled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.registry.models import Place

SIGNED_OUT = "workforce.signed_out"
FORGOTTEN_H = 36  # whoever signed in longer ago and not out since has forgotten it
LONGEST_H = 24  # more is settled for no stint
IN_TWICE, NO_IN, NO_OUT = "in_twice", "no_in", "no_out"
COLUMNS = ("id", "kind", "at", "member", "area", "place", "data__post", "data__unit")


class Step(NamedTuple):
    """A sign-in or sign-out."""

    id: str
    kind: str
    at: datetime
    member: str
    area: str
    place: str
    post: str
    unit: str

    @property
    def where(self) -> str:
        """The place, else the area."""
        return self.place or self.area


@dataclass(frozen=True)
class Stint:
    """Somebody's time at a post. `end` is None while it lasts. odd: why its hours do not add up; hours then are what was settled."""

    step: Step
    start: datetime | None
    end: datetime | None
    odd: str = ""
    settled: float | None = None

    @property
    def lasts(self) -> bool:
        """Whether they stand there still."""
        return self.end is None and not self.odd


def stints(steps: Iterable[Step], now: datetime) -> list[Stint]:
    """What the steps, in their order, come to. A second sign-in ends the stint before without an end that is known."""
    made: list[Stint] = []
    open_: dict[str, int] = {}
    for step in steps:
        before = open_.pop(step.member, None)
        if step.kind == SIGNED_OUT:
            if before is None:
                made.append(Stint(step, None, step.at, NO_IN))
            else:
                made[before] = replace(made[before], end=step.at)
            continue
        if before is not None:
            made[before] = replace(made[before], odd=NO_OUT if _forgotten(made[before], step.at) else IN_TWICE)
        open_[step.member] = len(made)
        made.append(Stint(step, step.at, None))
    for number in open_.values():
        if _forgotten(made[number], now):
            made[number] = replace(made[number], odd=NO_OUT)
    return made


def _forgotten(stint: Stint, now: datetime) -> bool:
    return now - stint.step.at > timedelta(hours=FORGOTTEN_H)


def hours_by_day(stints: Iterable[Stint], zone: timezone, now: datetime) -> Mapping[tuple[str, date], float]:
    """Hours by member and local day. A stint over midnight counts on both days; one that lasts counts up to now; of one that does not
    add up what was settled, on the day of its step."""
    hours: dict[tuple[str, date], float] = defaultdict(float)
    for stint in stints:
        member = stint.step.member
        if stint.odd:
            hours[member, stint.step.at.astimezone(zone).date()] += stint.settled or 0.0
            continue
        assert stint.start is not None
        at, end = stint.start.astimezone(zone), (stint.end or now).astimezone(zone)
        while at < end:
            until = min(end, datetime.combine(at.date() + timedelta(days=1), time(), zone))
            hours[member, at.date()] += (until - at) / timedelta(hours=1)
            at = until
    return hours


def stood(signed: QuerySet[Event], settled: QuerySet[Event], now: datetime) -> list[Stint]:
    """What these sign-ins and sign-outs come to, with the hours that a clerk has settled."""
    steps = [Step(str(row[0]), *row[1:6], row[6] or "", row[7] or "") for row in signed.order_by(*TOTAL_ORDER).values_list(*COLUMNS)]
    made = stints(steps, now)
    if not any(stint.odd for stint in made):
        return made
    hours = dict(settled.order_by(*TOTAL_ORDER).values_list("topic", "data__hours"))
    return [replace(stint, settled=hours.get(stint.step.id)) if stint.odd else stint for stint in made]


def wheres_of(stints: Iterable[Stint]) -> dict[str, str]:
    """The names of the places and areas of these stints."""
    steps = [stint.step for stint in stints]
    places = dict(Place.objects.current().filter(code__in={step.place for step in steps} - {""}).values_list("code", "name"))
    return {**Area.objects.names({step.area for step in steps}), **places}
