"""What other measures may ask of shifts and of grids that were passed on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.shifts.models import GridHold, Shift
from closeknit.measures.shifts.rules import DAY, LONG, OVERLAP, REST, Limits, Span, wrong
from closeknit.measures.workforce.kinds import not_qualified
from closeknit.policy.packs import Policy
from closeknit.registry.models import Member

WHY = {
    OVERLAP: Text("{who} has another shift at that time.", "{who} 该时段已有班次。"),
    LONG: Text("A shift lasts at most {shift} hours.", "单个班次不超过 {shift} 小时。"),
    DAY: Text("{who} would have more than {day} hours on one day.", "{who} 当日工时将超过 {day} 小时。"),
    REST: Text("{who} would rest less than {rest} hours between two shifts.", "{who} 两班之间休息不足 {rest} 小时。"),
}
NEAR = timedelta(days=2)
COLUMNS = ("topic", "area", "place", "post", "worker", "starts_at", "ends_at", "cannot_at")


@dataclass(frozen=True)
class Planned:
    """A shift, who has it now, and whether they said that they cannot."""

    topic: str
    area: str
    place: str
    post: str
    worker: str
    starts_at: datetime
    ends_at: datetime
    cannot_at: datetime | None


def shift_of(topic: str) -> Planned | None:
    """The shift of that number."""
    row = Shift.objects.filter(topic=topic).values_list(*COLUMNS).first()
    return Planned(*row) if row else None


def shifts_of(worker: str, begins: datetime, ends: datetime) -> list[Planned]:
    """Somebody's shifts that touch a time, in order."""
    rows = Shift.objects.filter(worker=worker, ends_at__gt=begins, starts_at__lt=ends).order_by("starts_at", "id")
    return [Planned(*row) for row in rows.values_list(*COLUMNS)]


def shifts_at(places: Iterable[str], begins: datetime, ends: datetime) -> list[Planned]:
    """The shifts at places that touch a time, in order."""
    rows = Shift.objects.filter(place__in=list(places), ends_at__gt=begins, starts_at__lte=ends).order_by("starts_at", "id")
    return [Planned(*row) for row in rows.values_list(*COLUMNS)]


def grid_holds(*, grids: Iterable[str] = (), member: str = "") -> dict[tuple[str, str], tuple[bool, datetime | None]]:
    """Of grids, or of one member: who took them over (True) or gave them away, and since when they cannot; by grid and member."""
    rows = GridHold.objects.filter(member=member) if member else GridHold.objects.filter(topic__in=list(grids))
    return {(topic, who): (holds, cannot) for topic, who, holds, cannot in rows.values_list("topic", "member", "holds", "cannot_at")}


def limits(pack: Policy) -> Limits:
    """What the pack allows."""
    duty = {name: float(pack.get(f"duty.{name}")) for name in ("most_hours_a_shift", "most_hours_a_day", "least_rest_h")}
    return Limits(duty["most_hours_a_shift"], duty["most_hours_a_day"], duty["least_rest_h"], pack.timezone)


def may_have(worker: str, span: Span, post: str, pack: Policy, *, beside: Iterable[Span] = (), without: str = "") -> None:
    """Raises `Invalid` where somebody has not the post's skill, or the shift is over the limits for them, with those `beside` it."""
    not_qualified(worker, post, pack, span.starts.astimezone(pack.timezone).date())
    near = Shift.objects.filter(worker=worker, cannot_at=None).exclude(topic=without)
    held = near.filter(ends_at__gt=span.starts - NEAR, starts_at__lt=span.ends + NEAR)
    allowed = limits(pack)
    why = wrong(span, [*beside, *(Span(*row) for row in held.values_list("starts_at", "ends_at"))], allowed)
    if why:
        name = Member.objects.current().filter(code=worker).values_list("name", flat=True).first() or worker
        numbers = {"shift": f"{allowed.shift:g}", "day": f"{allowed.day:g}", "rest": f"{allowed.rest:g}"}
        raise Invalid("data.worker", why, WHY[why].format(who=name, **numbers))
