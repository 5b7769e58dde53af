"""The clerk's page: which units have reported, by whom and when; confirming for a caller; totals of who does not record yet."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.evidence.paging import pages
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Tile
from closeknit.console.records.names import members
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.daily.asking import asked_day, by, here, shown_day
from closeknit.measures.daily.drawing import LABELS, TONES, badge
from closeknit.reports import closing
from closeknit.reports.compose import declarable
from closeknit.reports.content import Report, from_json
from closeknit.reports.duty import Owed, owed
from closeknit.reports.figures import Question
from closeknit.reports.kinds import ConfirmedBy, DeclaredBy
from closeknit.reports.windows import is_unit, window

ORDER = ("missing", "late", "late_received", "on_time")
SEALED = Text("Sealed; what comes now is told in the next report.", "已封存；此后收到的内容在下期日报中说明。")


@dataclass(frozen=True)
class UnitLine:
    """One unit on the clerk's page."""

    code: str
    name: str
    badge: Badge
    then: Badge | None
    owed: Owed
    confirmed: str
    received: str
    who: str
    channel: Text | str

    @property
    def is_open(self) -> bool:
        """Whether it can still be confirmed for somebody who calls."""
        return self.owed.confirmation is None


def day(request: Request, area: str) -> HttpResponse:
    """All units of the area with their state, those that have not reported first."""
    asked = shown_day(request, area)
    frame = window(area, asked)
    sealed = closing.sealed_by_now(area, asked)
    closed = clock.now() >= frame.end
    due = sorted(owed(area, frame.start, frame.end), key=lambda each: (ORDER.index(each.state), each.unit))
    shown = pages(request, len(due))
    may_manage = can(request.account, "reports.manage", area)
    counts = {state: len([each for each in due if each.state == state]) for state in reversed(ORDER)}
    context = {
        "frame": frame,
        "sealed": sealed,
        "closed": closed,
        "lines": _lines(due[shown.start : shown.stop], area, closed, from_json(sealed.content) if sealed else None),
        "tiles": [_tile(state, number, closed) for state, number in counts.items()],
        "pages": shown,
        "may_manage": may_manage,
        "is_open": clock.now() >= frame.opens,
        "day": asked.isoformat(),
    }
    heading = Text("{area}: reports of {day}", "{area} {day} 报送情况", area=here(area).name, day=asked.isoformat())
    return show(request, "daily/day.html", context, heading=heading, actions=_actions(area, asked, may_manage and closed and not sealed))


def _tile(state: str, number: int, closed: bool) -> Tile:
    missing = state == "missing" and not closed
    return Tile(number, Text("Not yet", "待报") if missing else LABELS[state], tone="quiet" if missing or not number else TONES[state])


def _actions(area: str, asked: date, may_seal: bool) -> list[Action]:
    parts = [area, asked.isoformat()]
    actions = [
        Action(Text("Sealed reports", "历史日报"), reverse("daily.archive", args=[area]), "history"),
        Action(Text("Bulletin", "日通报"), reverse("daily.bulletin", args=parts), "file-text", primary=not may_seal),
    ]
    seal_it = Action(Text("Seal", "封存"), reverse("daily.seal", args=parts), "lock", primary=True, method="post")
    return [*actions, seal_it] if may_seal else actions


def _lines(due: list[Owed], area: str, closed: bool, sealed: Report | None) -> list[UnitLine]:
    names = dict(Area.objects.below(area).values_list("code", "name"))
    who = members({each.confirmation.member for each in due if each.confirmation})
    then = {unit.code: unit.state for unit in sealed.units} if sealed else {}
    channels = {channel.value: channel.label for channel in ConfirmedBy}
    lines = []
    for each in due:
        pressed = each.confirmation
        before = then.get(each.unit, each.state)
        lines.append(
            UnitLine(
                each.unit,
                names.get(each.unit, each.unit),
                badge(each.state, closed=closed),
                badge(before, closed=True) if before != each.state else None,
                each,
                _when(pressed.at, each) if pressed else "",
                _when(pressed.received_at, each) if pressed else "",
                who.get(pressed.member, pressed.member) if pressed else "",
                channels.get(pressed.data.get("channel", "app"), "") if pressed else "",
            )
        )
    return lines


def _when(moment: datetime, each: Owed) -> str:
    """The time; with the date where it was another day."""
    local = moment.astimezone(each.cut_off.tzinfo)
    return local.strftime("%H:%M" if local.date() == each.day else "%m-%d %H:%M")


def _back(request: Request, asked: date) -> HttpResponse:
    return redirect(f"{reverse('daily.day', args=[request.account.area])}?day={asked.isoformat()}")


@require_POST
def phone(request: Request, area: str, day: str) -> HttpResponse:
    """Confirms for a unit that has called."""
    asked = asked_day(day)
    try:
        event = closing.confirm(area, asked, by=by(request.account), channel=ConfirmedBy.PHONE.value)
        said = Text("{area}: confirmed by telephone.", "{area}：已电话确认。", area=here(area).name)
        tell(request, said, undo=reverse("daily.undo", args=[area, day, event]))
    except closing.Refused as refused:
        tell(request, refused.text, tone="watch")
    return _back(request, asked)


@require_POST
def seal(request: Request, area: str, day: str) -> HttpResponse:
    """Seals by hand a day on which nobody owed a report; all others seal themselves at the cut-off."""
    asked = asked_day(day)
    try:
        closing.seal(area, asked, by=by(request.account))
        tell(request, SEALED)
    except closing.Refused as refused:
        tell(request, refused.text, tone="watch")
    return redirect(f"{reverse('daily.day', args=[area])}?day={asked.isoformat()}")


def declare(request: Request, area: str, day: str) -> HttpResponse:
    """Totals that a unit tells by telephone, on paper or in a chat: shown apart, never added."""
    asked = asked_day(day)
    frame = window(area, asked)
    figures = declarable(Question(area, frame.start, frame.end))
    form = Form(_fields([(one.name, one.label) for one in figures]), request.POST if request.method == "POST" else None)
    if form.valid():
        told = {one.name: form.values[one.name] for one in figures if form.values.get(one.name) is not None}
        try:
            closing.declare(
                area, asked, figures=told, declared_by=form.values["by"], channel=form.values["channel"], by=by(request.account)
            )
            tell(
                request, Text("{area}: noted, shown apart from what is recorded.", "{area}：已登记，与系统记录分列。", area=here(area).name)
            )
            return _back(request, asked)
        except closing.Refused as refused:
            form.refuse("", refused.text)
    heading = Text("{area}: totals of {day}", "{area} {day} 申报数据", area=here(area).name, day=asked.isoformat())
    crumbs = [(Text("Reports of the day", "每日报送"), f"{reverse('daily.day', args=[request.account.area])}?day={asked.isoformat()}")]
    context = {"form": form, "is_unit": is_unit(area, asked)}
    return show(request, "daily/declare.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _fields(figures: list[tuple[str, Text]]) -> list[FormField]:
    channels = [(channel.value, channel.label) for channel in DeclaredBy]
    return [
        FormField("channel", Text("How it came", "申报方式"), type="choice", required=True, choices=channels),
        FormField("by", Text("Who told it", "申报人"), required=True, maximum=40),
        *(FormField(name, label, type="integer", minimum=0) for name, label in figures),
    ]
