"""A unit's own report: the figures that its records make, and one press to stand by them."""

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.models import Account
from closeknit.access.scope import can
from closeknit.console.evidence.asking import asked_day
from closeknit.console.evidence.figures import groups
from closeknit.console.page import show
from closeknit.console.parts import Action, Notice
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.daily.asking import by, here, shown_day
from closeknit.measures.daily.drawing import left
from closeknit.reports import closing
from closeknit.reports.duty import Owed, owed
from closeknit.reports.windows import Window, is_unit, window

UNDO_FOR = timedelta(minutes=2)  # the button stands for ten seconds; a slow network gets the rest


def mine(request: Request) -> HttpResponseBase:
    """The report of the reader's own area."""
    if not request.account.area:
        raise Http404
    return _report(request, request.account.area, shown_day(request, request.account.area))


def unit(request: Request, area: str, day: str) -> HttpResponseBase:
    """The report of a unit, as its supervisor looks at it."""
    return _report(request, area, asked_day(day))


def _report(request: Request, area: str, day: date) -> HttpResponse:
    report, sealed = closing.report_of(area, day, with_late=False)
    frame, state = window(area, day), _state(area, day)
    drawn = groups(report, request.account)
    context = {
        "report": report,
        "sealed": sealed,
        "groups": [group for group in drawn if not group.is_zero],
        "zero": [group for group in drawn if group.is_zero],
        "notice": _notice(frame, state),
        "note": state.note if state else "",
        "may_confirm": _may_confirm(request.account, frame, state),
        "confirm_url": reverse("daily.confirm", args=[area, day.isoformat()]),
    }
    heading = Text("{area}: report of {day}", "{area} {day} 日报", area=report.area_name, day=day.isoformat())
    actions = [
        Action(Text("Earlier reports", "历史日报"), reverse("daily.archive", args=[area]), "history"),
        Action(Text("Print and send", "打印与转发"), reverse("daily.bulletin", args=[area, day.isoformat()]), "printer"),
    ]
    if state and can(request.account, "reports.manage", area):
        actions.append(Action(Text("Totals", "代录数据"), reverse("daily.declare", args=[area, day.isoformat()]), "phone"))
    return show(request, "daily/mine.html", context, heading=heading, actions=actions)


def _state(area: str, day: date) -> Owed | None:
    """How the unit's own report stands now; None where it owes none."""
    if not is_unit(area, day):
        return None
    frame = window(area, day)
    return next((each for each in owed(area, frame.start, frame.end) if each.unit == area), None)


def _may_confirm(account: Account, frame: Window, state: Owed | None) -> bool:
    return bool(state) and state.confirmation is None and clock.now() >= frame.opens and can(account, "reports.record", frame.area)


def _notice(frame: Window, state: Owed | None) -> Notice:
    now, cut_off = clock.now(), frame.end.strftime("%H:%M")
    if state is None:
        return Notice(Text("This area owes no report on that day; these are its figures.", "该地区当日无须报送日报，以下为当日数据。"))
    if state.confirmation:
        return _confirmed(state, frame)
    if now < frame.opens:
        opens = frame.opens.strftime("%H:%M")
        return Notice(
            Text("These are the figures so far. You can confirm them from {time}.", "以下为目前数据，{time} 起可以确认。", time=opens)
        )
    if now < frame.end:
        return Notice(
            Text("On time until {time}: {left} left.", "{time} 前确认即为按时，还有 {left}。", time=cut_off, left=left(now, frame.end)),
        )
    return Notice(
        Text(
            "The cut-off at {time} has passed. Confirm now: it counts as late, and the next bulletin says that it came.",
            "已过 {time} 截止时间。请尽快确认，计为迟报，下期通报将注明已补报。",
            time=cut_off,
        ),
        "bad",
    )


def _confirmed(state: Owed, frame: Window) -> Notice:
    assert state.confirmation is not None
    zone = frame.end.tzinfo
    at, received = state.confirmation.at.astimezone(zone), state.confirmation.received_at.astimezone(zone)
    when = at.strftime("%H:%M") if at.date() == frame.day else at.strftime("%m-%d %H:%M")
    if state.state == "on_time":
        return Notice(Text("Confirmed at {when}, on time. Thank you.", "已于 {when} 按时确认，辛苦了。", when=when), "good")
    if state.state == "late_received":
        said = Text(
            "Confirmed at {when}, in time; received at {received}. That is not late.",
            "{when} 按时确认，{received} 收到，不作迟报。",
            when=when,
            received=received.strftime("%m-%d %H:%M"),
        )
        return Notice(said, "good")
    return Notice(Text("Confirmed at {when}, after the cut-off.", "已于 {when} 确认（截止后）。", when=when), "watch")


@require_POST
def confirm(request: Request, area: str, day: str) -> HttpResponse:
    """One press: the unit stands by the figures that were on the screen."""
    asked = asked_day(day)
    back = redirect("daily.mine") if area == request.account.area else redirect("daily.unit", area, day)
    if area == request.account.area and request.POST.get("day"):
        back["Location"] += f"?day={asked.isoformat()}"
    try:
        event = closing.confirm(
            area,
            asked,
            by=by(request.account),
            zero=request.POST.get("zero") == "yes",
            note=request.POST.get("note", "").strip()[:500],
            seen=request.POST.get("seen", "")[:64],
        )
    except closing.Refused as refused:
        tell(request, refused.text, tone="watch")
        return back
    said = Text("{area}: the report is confirmed.", "{area}：日报已确认。", area=here(area).name)
    tell(request, said, undo=reverse("daily.undo", args=[area, day, event]))
    return back


@require_POST
def undo(request: Request, area: str, day: str, event: UUID) -> HttpResponse:
    """Takes back a confirmation that was just pressed."""
    asked = asked_day(day)
    pressed = Event.objects.filter(id=event, area=area, kind="reports.confirmed", topic=f"{asked.isoformat()}|{area}").first()
    if pressed is None:
        raise Http404
    try:
        if clock.now() - pressed.received_at > UNDO_FOR:
            raise closing.Refused(Text("It is too late to undo. Ask the town's clerk.", "撤回时间已过，请联系乡镇专干。"))
        closing.withdraw(pressed, by=by(request.account))
        tell(request, Text("Taken back: the report is not confirmed.", "已撤回，日报尚未确认。"), tone="info")
    except closing.Refused as refused:
        tell(request, refused.text, tone="watch")
    if area == request.account.area:
        return redirect(f"{reverse('daily.mine')}?day={asked.isoformat()}")
    return redirect(f"{reverse('daily.day', args=[request.account.area])}?day={asked.isoformat()}")
