"""The window of a day's report: from the previous day's cut-off to this day's, in local time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from closeknit.areas.models import Area
from closeknit.policy.packs import policy
from closeknit.reports.duty import cut_off_of
from closeknit.reports.models import Duty


@dataclass(frozen=True)
class Window:
    """One area's day: it counts start ≤ when < end, is shown from `opens`, and closes at `end`. All in the area's own zone."""

    area: str
    day: date
    start: datetime
    opens: datetime
    end: datetime


def window(area: str, day: date) -> Window:
    """The window of a day: by the hour of the duty that the area stands under, else by the policy pack."""
    here = policy(area)
    duty = duty_of(area)
    hour = duty.cut_off if duty else here.get("report.cut_off")
    return Window(
        area,
        day,
        cut_off_of(day - timedelta(days=1), hour, here.timezone),
        cut_off_of(day, here.get("report.compose_from"), here.timezone),
        cut_off_of(day, hour, here.timezone),
    )


def duty_of(area: str) -> Duty | None:
    """The duty that an area stands under: as one of its units, or as its own area or one below it; the nearest where there are several."""
    path = Area.objects.current().filter(code=area).values_list("path", flat=True).first() or ""
    above = [code for code in path.split("/") if code]
    duties = [duty for duty in Duty.objects.current() if area in duty.units or duty.area in above]
    return max(
        duties,
        key=lambda duty: (area in duty.units and duty.area != area, above.index(duty.area) if duty.area in above else -1),
        default=None,
    )


def duties_within(area: str) -> list[Duty]:
    """The duties whose units lie in the area, or under which it stands itself."""
    below = set(Area.objects.below(area).values_list("code", flat=True))
    return [duty for duty in Duty.objects.current() if below & set(duty.units)]


def is_owed(area: str, day: date) -> bool:
    """Whether some report was owed in the area on that day."""
    return any(_covers(duty, day) for duty in duties_within(area))


def is_unit(area: str, day: date) -> bool:
    """Whether the area itself owes a report on that day."""
    return any(area in duty.units and _covers(duty, day) for duty in Duty.objects.current())


def day_of(area: str, now: datetime) -> date:
    """The day that one looks at: today by the area's clock, or the last day on which a report was owed."""
    today = now.astimezone(policy(area).timezone).date()
    last = [duty.last_day or today for duty in duties_within(area)]
    return min(today, max(last, default=today))


def closed_days(duty: Duty, now: datetime, *, most: int = 7) -> Iterable[date]:
    """The last days of a duty whose cut-off has passed, the earliest first."""
    zone = policy(duty.area).timezone
    last = min(now.astimezone(zone).date(), duty.last_day or date.max)
    for back in reversed(range(most)):
        day = last - timedelta(days=back)
        if day >= duty.first_day and cut_off_of(day, duty.cut_off, zone) <= now:
            yield day


def _covers(duty: Duty, day: date) -> bool:
    return duty.first_day <= day and (duty.last_day is None or day <= duty.last_day)
