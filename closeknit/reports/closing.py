"""Closing the day: units confirm or declare, the report is sealed at the cut-off, and from then on it is what it was."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from threading import Lock
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from closeknit.kit import clock
from closeknit.kit.once import Known
from closeknit.kit.text import Refusal, Text
from closeknit.ledger import record as ledger
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.registry.entering import wait_for_others
from closeknit.reports.compose import compose
from closeknit.reports.content import Report, to_json
from closeknit.reports.kinds import Confirmed
from closeknit.reports.models import Duty, Sealed
from closeknit.reports.papers.notes import as_sealed, sealed_notes
from closeknit.reports.windows import closed_days, duty_of, is_owed, is_unit, window

CLOCK = "clock"
MANY = 10  # so many reports are sealed one by one; of more, what they have in common is asked once
_turns: dict[str, Lock] = {}  # by area: who seals it in this process


class Refused(Refusal):
    """What cannot be done now: why, and what to do."""


def confirm(unit: str, day: date, *, by: str, zero: bool = False, channel: str = "app", note: str = "", seen: str = "") -> UUID:
    """A unit stands by its figures of a day; returns the record's id. After the cut-off it is late, and still taken. Raises `Refused`."""
    if not is_unit(unit, day):
        raise Refused(Text("This unit owes no report on that day. Choose another day.", "该单位当日无须报送日报，请选择其他日期。"))
    opens = window(unit, day).opens
    if clock.now() < opens:
        raise Refused(
            Text(
                "The day's report stands from {time}. Confirm it then.",
                "当日日报 {time} 起生成，请届时确认。",
                time=opens.strftime("%H:%M"),
            )
        )
    if standing(Confirmed).filter(topic=f"{day.isoformat()}|{unit}").exists():
        raise Refused(Text("This report is confirmed already. Nothing is left to do.", "该日报已确认，无须重复操作。"))
    data = {"day": day.isoformat(), "unit": unit, "zero": zero, "channel": channel, "note": note, "seen": seen}
    return _recorded("reports.confirmed", by=by, area=unit, data={name: value for name, value in data.items() if value})


def withdraw(event: Event, *, by: str) -> None:
    """Takes a confirmation back that was pressed by mistake. Raises `Refused` where somebody else has pressed it."""
    if event.member != by or event.kind != "reports.confirmed":
        raise Refused(Text("Only who confirmed can take it back.", "只有确认人本人可以撤回。"))
    _recorded(
        "ledger.voided",
        by=by,
        area=event.area,
        corrects=str(event.id),
        data={"reason": str(Text("Pressed by mistake", "误操作，撤回确认"))},
    )


def declare(unit: str, day: date, *, figures: Mapping[str, int], declared_by: str, channel: str, by: str) -> UUID:
    """Totals of a unit that does not record yet, as told by telephone, paper or chat; the latest of a day stand. Raises `Refused`."""
    if not figures:
        raise Refused(Text("Fill in at least one figure; zero is a figure.", "请至少填写一项数据；零也要填写。"))
    data = {"day": day.isoformat(), "unit": unit, "figures": dict(figures), "by": declared_by, "channel": channel}
    return _recorded("reports.declared", by=by, area=unit, data=data)


def _recorded(kind: str, *, by: str, area: str, data: Mapping[str, object], corrects: str | None = None) -> UUID:
    rest = {"corrects": corrects} if corrects else {}
    answer = ledger.record(kind, by=by, area=area, data=data, **rest)
    if answer.status not in ("accepted", "duplicate"):
        raise Refused(answer.text or Text("The record was refused ({reason}).", "记录未被接受（{reason}）。", reason=answer.reason))
    return UUID(answer.id)


def sealed(area: str, day: date) -> Sealed | None:
    """The sealed report of an area and a day; None where it is not sealed."""
    return Sealed.objects.filter(area=area, day=day).first()


def seal(area: str, day: date, *, by: str, known: Known | None = None) -> Sealed:
    """Seals what had been received by the cut-off; sealed twice it is the first. Raises `Refused` before the cut-off.

    Of all who look at the cut-off one composes, and the others wait for it. known: as `compose` takes it."""
    with _turns.setdefault(area, Lock()):
        return sealed(area, day) or _seal(area, day, by, known)


def _seal(area: str, day: date, by: str, known: Known | None) -> Sealed:
    frame = window(area, day)
    if clock.now() < frame.end:
        raise Refused(
            Text(
                "The report of {day} can be sealed from {time}; until then units may still report.",
                "{day} 日报须在 {time} 截止后封存；截止前各单位仍可报送。",
                day=day.isoformat(),
                time=frame.end.strftime("%H:%M"),
            )
        )
    _wait_for_writers()
    report = compose(area, day, as_of=frame.end, known=known if known and known.as_of == frame.end else None)
    made, _ = Sealed.objects.get_or_create(
        area=area,
        day=day,
        defaults={
            "starts_at": frame.start,
            "ends_at": frame.end,
            "sealed_at": clock.now(),
            "sealed_by": by,
            "arrival": _last_arrival(frame.end),
            "content": to_json(report),
            "personal": sealed_notes(report),
            "pack": report.versions.pack,
            "pack_version": report.versions.pack_version,
            "code_version": report.versions.code,
        },
    )
    return made


def _wait_for_writers() -> None:
    """Waits for writers and imports that have begun, so that nothing that was being written at the cut-off is missed. Whoever writes
    from here on learns it after the cut-off, and need not wait until the report is composed."""
    with transaction.atomic():
        wait_for_others()
        ledger.lock()


def _last_arrival(moment: datetime) -> int:
    last: int | None = Event.objects.filter(received_at__lte=moment).aggregate(last=Max("arrival"))["last"]
    return last or 0


def report_of(area: str, day: date, *, with_late: bool = True) -> tuple[Report, Sealed | None]:
    """The report of an area and a day: sealed (now, where its cut-off has passed and somebody owed it), else as it stands by now."""
    held = sealed_by_now(area, day)
    if held:
        return as_sealed(held), held
    end = window(area, day).end
    return compose(area, day, as_of=end if clock.now() >= end else None, with_late=with_late), None


def sealed_by_now(area: str, day: date) -> Sealed | None:
    """The sealed report; it is sealed at the first look after its cut-off, the days before it first, where some unit owed a report."""
    held = sealed(area, day)
    if held or clock.now() < window(area, day).end or not is_owed(area, day):
        return held
    duty = duty_of(area)
    for earlier in closed_days(duty, window(area, day).start) if duty else ():
        seal(area, earlier, by=CLOCK)
    return seal(area, day, by=CLOCK)


def seal_due(now: datetime) -> Iterator[Sealed]:
    """Seals every report whose cut-off has passed: of each area that collects, and of each of its units. Yields those that it sealed."""
    for duty in Duty.objects.current():
        for day in closed_days(duty, now):
            areas = {duty.area, *duty.units}
            held = set(Sealed.objects.filter(day=day, area__in=areas).values_list("area", flat=True))
            left = sorted(areas - held)
            known = Known(window(duty.area, day).end) if len(left) > MANY else None
            for area in left:
                yield seal(area, day, by=CLOCK, known=known)
