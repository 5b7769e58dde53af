"""Which reports are due, and whether each came in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from closeknit.areas.models import Area
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.policy.packs import policy
from closeknit.reports.kinds import Confirmed
from closeknit.reports.models import Duty

NOT_YET, MISSING = Text("Not yet", "待报"), Text("Missing", "未报")


def unreported(*, closed: bool) -> Text:
    """What a report that nobody has confirmed is called everywhere: before its cut-off it is not missing yet."""
    return MISSING if closed else NOT_YET


@dataclass(frozen=True)
class Owed:
    """One unit's report of one day. standing: on_time, late, late_received or missing."""

    unit: str
    day: date
    cut_off: datetime
    confirmation: Event | None

    @property
    def state(self) -> str:
        """Whether it was confirmed and received by the cut-off; a valley without a network is not late."""
        if self.confirmation is None:
            return "missing"
        if self.confirmation.at > self.cut_off:
            return "late"
        return "late_received" if self.confirmation.received_at > self.cut_off else "on_time"

    @property
    def note(self) -> str:
        """What was written beside the confirmation, in one line; decrypted, for it may name somebody."""
        return " ".join(str(self.confirmation.told().get("note", "")).split()) if self.confirmation else ""


def cut_off_of(day: date, hour_and_minute: str, zone: timezone) -> datetime:
    """The moment of a day's cut-off, "17:00" in the local zone."""
    hour, minute = hour_and_minute.split(":")
    return datetime.combine(day, time(int(hour), int(minute)), zone)


def owed(area: str, start: datetime, end: datetime, as_of: datetime | None = None) -> list[Owed]:
    """The reports of the area's units whose cut-off lies in start < cut-off ≤ end, as known at `as_of`."""
    pairs = list(_pairs(area, start, end, as_of))
    topics = [f"{day.isoformat()}|{unit}" for unit, day, _ in pairs]
    earliest: dict[str, Event] = {}
    for event in standing(Confirmed, as_of=as_of).filter(topic__in=topics).order_by("received_at", "arrival"):
        earliest.setdefault(event.topic, event)
    return [Owed(unit, day, moment, earliest.get(topic)) for (unit, day, moment), topic in zip(pairs, topics, strict=True)]


def _pairs(area: str, start: datetime, end: datetime, as_of: datetime | None) -> Iterable[tuple[str, date, datetime]]:
    below = set(Area.objects.below(area, as_of).values_list("code", flat=True))
    for duty in Duty.objects.as_of(as_of):
        zone = policy(duty.area, as_of).timezone
        units = [unit for unit in duty.units if unit in below]
        day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
        while day <= last and units:
            moment = cut_off_of(day, duty.cut_off, zone)
            if start < moment <= end and duty.first_day <= day and (duty.last_day is None or day <= duty.last_day):
                yield from ((unit, day, moment) for unit in units)
            day += timedelta(days=1)


def owe(area: str, *, cut_off: str, units: list[str], first_day: date, last_day: date | None) -> Duty:
    """From now on these units owe a report on each day; the same again changes nothing."""
    values = {"cut_off": cut_off, "units": units, "first_day": first_day, "last_day": last_day}
    held: Duty | None = Duty.objects.current().filter(area=area).first()
    if held and all(getattr(held, name) == value for name, value in values.items()):
        return held
    Duty.objects.current().filter(area=area).update(retired_at=clock.now())
    duty: Duty = Duty.objects.create(area=area, learned_at=clock.now(), **values)
    return duty
