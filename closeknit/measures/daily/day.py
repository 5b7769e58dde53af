"""The clerk's page: which units have reported, by whom and when; confirming for a caller; totals of who does not record yet."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.evidence.asking import asked_day
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Empty, Tile
from closeknit.console.records.names import members
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.daily.asking import by, here, shown_day
from closeknit.measures.daily.drawing import LABELS, TONES, badge, label
from closeknit.reports import closing
from closeknit.reports.compose import declarable
from closeknit.reports.content import Report, from_json
from closeknit.reports.duty import Owed, owed
from closeknit.reports.figures import Question
from closeknit.reports.kinds import ConfirmedBy, DeclaredBy
from closeknit.reports.windows import window

ORDER = ("missing", "late", "late_received", "on_time")
NOTHING = " "  # no dash where there is no button
ZERO = Text("zero", "零报告")
NOBODY = Empty(Text("No unit here owes a report on that day.", "该地区当日无单位须报送日报。"))
SEALED = Text("Sealed; what comes now is told in the next report.", "已封存；此后收到的内容在下期日报中说明。")


@dataclass(frozen=True)
class UnitLine:
    """One unit on the clerk's page: as it stands now, and as it was sealed where that differs."""

    owed: Owed
    name: str
    then: str
    closed: bool
    who: str

    @property
    def how(self) -> str:
        """What is special about the confirmation: by telephone, zero."""
        data = self.owed.confirmation.data if self.owed.confirmation else {}
        words = [ConfirmedBy.PHONE.label if data.get("channel") == ConfirmedBy.PHONE else "", ZERO if data.get("zero") else ""]
        return " ".join(str(word) for word in words if word)

    def when(self, name: str) -> str:
        """The time of the confirmation, `at` or `received_at`; with the date where it was another day."""
        if self.owed.confirmation is None:
            return ""
        local = getattr(self.owed.confirmation, name).astimezone(self.owed.cut_off.tzinfo)
        return str(local.strftime("%H:%M" if local.date() == self.owed.day else "%m-%d %H:%M"))

    def url(self, screen: str) -> str:
        """A screen about this unit's day."""
        return reverse(screen, args=[self.owed.unit, self.owed.day.isoformat()])


def day(request: Request, area: str) -> HttpResponse:
    """All units of the area with their state, those that have not reported first."""
    asked = shown_day(request, area)
    frame = window(area, asked)
    sealed = closing.sealed_by_now(area, asked)
    closed = clock.now() >= frame.end
    due = sorted(owed(area, frame.start, frame.end), key=lambda each: (ORDER.index(each.state), each.unit))
    may_manage = can(request.account, "reports.manage", area)
    counts = {state: len([each for each in due if each.state == state]) for state in reversed(ORDER)}
    context = {
        "frame": frame,
        "sealed": sealed,
        "closed": closed,
        "tiles": [_tile(state, number, closed) for state, number in counts.items()],
        "day": asked.isoformat(),
    }
    heading = Text("{area}: reports of {day}", "{area} {day} 报送情况", area=here(area).name, day=asked.isoformat())
    actions = _actions(area, asked, may_manage and closed and not sealed)
    page = {"template": "daily/day.html", "context": context, "heading": heading, "actions": actions}
    is_open = clock.now() >= frame.opens and any(each.confirmation is None for each in due)
    listing = _listing(may_act=may_manage and is_open, sealed=sealed is not None, closed=closed)
    return listing.respond(request, _lines(due, area, closed, from_json(sealed.content) if sealed else None), **page)


def _listing(*, may_act: bool, sealed: bool, closed: bool) -> Listing:
    """The list of units; with what can be done for those that have not reported, for who may do it."""
    columns = [
        Column(
            "unit",
            Text("Unit", "单位"),
            lambda line: line.name,
            lambda line: line.owed.unit,
            link=lambda line: line.url("daily.unit"),
            phone="title",
        ),
        Column("state", Text("State", "状态"), lambda line: badge(line.owed.state, closed=line.closed), _by_state, phone="end"),
        Column("confirmed", Text("Confirmed", "确认时间"), lambda line: line.when("at"), lambda line: line.when("at")),
        Column("received", Text("Received", "收到时间"), lambda line: line.when("received_at"), lambda line: line.when("received_at")),
        Column("by", Text("By", "确认人"), lambda line: line.who),
        Column("how", Text("How", "方式"), lambda line: line.how),
        Column("note", Text("Note", "说明"), lambda line: line.owed.note, phone="wide"),
    ]
    then = Column("then", Text("As sealed", "封存时"), lambda line: LABELS[line.then] if line.then else "")
    columns[2:2] = [then] if sealed else []
    acts = [Column("phone", "", _by_phone), Column("totals", "", _totals)] if may_act else []
    states = tuple((state, label(state, closed=closed)) for state in reversed(ORDER))
    only = Filter("state", Text("State", "状态"), where(lambda line, state: line.owed.state == state), choices=states)
    search = words_said(lambda line: (line.name, line.owed.unit, line.who))
    return Listing([*columns, *acts], order="", empty=NOBODY, filters=(only,), search=search)


def _by_state(line: UnitLine) -> tuple[int, str]:
    return ORDER.index(line.owed.state), line.owed.unit


def _by_phone(line: UnitLine) -> Action | str:
    if line.owed.confirmation:
        return NOTHING
    sure = Text("Has {name} confirmed its figures by telephone?", "{name} 是否已在电话中核对并确认数据？", name=line.name)
    return Action(Text("By telephone", "电话确认"), line.url("daily.phone"), "phone", method="post", confirm=sure)


def _totals(line: UnitLine) -> Action | str:
    return NOTHING if line.owed.confirmation else Action(Text("Totals", "代录数据"), line.url("daily.declare"), "pencil")


def _tile(state: str, number: int, closed: bool) -> Tile:
    missing = state == "missing" and not closed
    return Tile(number, label(state, closed=closed), tone="quiet" if missing or not number else TONES[state])


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
    lines = []
    for each in due:
        before, member = then.get(each.unit, each.state), each.confirmation.member if each.confirmation else ""
        lines.append(
            UnitLine(each, names.get(each.unit, each.unit), before if before != each.state else "", closed, who.get(member, member))
        )
    return lines


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
    context = {"form": form}
    return show(request, "daily/declare.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _fields(figures: list[tuple[str, Text]]) -> list[FormField]:
    channels = [(channel.value, channel.label) for channel in DeclaredBy]
    return [
        FormField("channel", Text("How it came", "申报方式"), type="choice", required=True, choices=channels),
        FormField("by", Text("Who told it", "申报人"), required=True, maximum=40),
        *(FormField(name, label, type="integer", minimum=0) for name, label in figures),
    ]
