"""RET-06: own residents who stay elsewhere, those longest without a word first; one press for what came of a call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Action, Badge, Empty, Pressable
from closeknit.console.records import finding, links, names
from closeknit.console.records.names import Called
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.command.kinds import moment
from closeknit.measures.returnees.kinds import Contact, Contacted, Declared, StaysAway
from closeknit.policy.packs import policy

OUTCOMES = {each.value: each.label for each in Contact}
RECORDED = Text("{outcome}, recorded.", "已登记：{outcome}")
NONE = Empty(
    Text("Nobody is known to stay elsewhere", "暂无在外人员"),
    Text(
        "Enter residents who stay elsewhere; they are called in turn until they come back.", "登记在外居住的本地居民，定期联系，直至返乡。"
    ),
    icon="route",
)


@dataclass(frozen=True)
class Presses(Pressable):
    """A row's buttons: what came of the call."""

    line: "Line"
    template: ClassVar[str] = "away/presses.html"
    outcomes: ClassVar[list[Contact]] = list(Contact)


@dataclass(frozen=True)
class Line:
    """Somebody who stays elsewhere, with the last word from them."""

    event: Event
    said: dict[str, Any]
    called: Called
    area: str
    last: Event | None
    due: bool
    may_record: bool
    shown_in: str
    back: str

    @property
    def url(self) -> str:
        return links.to("register.person", code=self.event.person)

    @property
    def badge(self) -> Badge:
        if self.last is None:
            return Badge(Text("Not called yet", "未联系"), "watch")
        return Badge(OUTCOMES[self.last.data["outcome"]], "watch" if self.due or self.last.data["outcome"] != "reached" else "good")

    @property
    def presses(self) -> Presses:
        return Presses(self)


def staying(area: str) -> tuple[list[Event], dict[str, Event]]:
    """The latest word on each resident of the area who is not back, and the last contact with each; a return that is declared ends it."""
    people: dict[str, Event] = {}
    for event in sorted(in_area(standing(StaysAway), area), key=lambda event: event.order):
        people[event.person] = event
    latest: dict[str, Event] = {}
    for event in sorted(standing(Contacted).filter(person__in=people).defer("digest"), key=lambda event: event.order):
        latest[event.person] = event
    back = dict(standing(Declared).filter(person__in=people).order_by("at").values_list("person", "at"))
    away = [each for code, each in people.items() if not each.data.get("back") and not (code in back and back[code] >= each.at)]
    return away, latest


def _lines(request: Request, area: str, now: datetime) -> list[Line]:
    events, latest = staying(area)
    full, may_record = names.in_full(request.account, "returnees.record"), can(request.account, "returnees.record")
    called = names.persons([each.person for each in events], full=full)
    areas = Area.objects.names({each.area for each in events})
    every = timedelta(days=float(policy(area).get("away.contact_every_days")))
    made = []
    for event in events:
        last = latest.get(event.person)
        due = last is None or now - last.at >= every
        made.append(Line(event, event.told(), called.get(event.person, Called(event.person, event.area)), areas.get(event.area, event.area),
                         last, due, may_record, area, request.get_full_path()))  # fmt: skip
    return sorted(made, key=lambda line: (line.last is not None, line.last.at if line.last else line.event.at, line.event.person))


def _waited(line: Line) -> tuple[Any, ...]:
    return (line.last is not None, line.last.at if line.last else line.event.at, line.event.person)


def _phone(line: Line) -> str:
    return str(line.said.get("phone", "")) if line.may_record else names.masked_phone(str(line.said.get("phone", "")))


def away(request: Request, area: str) -> HttpResponse:
    """The residents of an area who stay elsewhere; who is shown is written to the trail."""
    row = Area.objects.current().get(code=area)
    made = _lines(request, area, moment(request, policy(area)).now)
    may_record = can(request.account, "returnees.record")
    listing = Listing(
        columns=(
            Column("name", Text("Name", "姓名"), lambda line: line.called.name or line.event.person, link=lambda line: line.url,
                   phone="title"),
            Column("state", Text("Last contact", "最近联系"), lambda line: line.badge, sort=_waited, phone="end",
                   export=lambda line: line.badge.label),
            Column("where", Text("Stays in", "现在何地"), lambda line: line.said.get("where") if line.may_record else None),
            Column("since", Text("Since", "外出时间"), lambda line: line.said.get("since")),
            Column("phone", Text("Telephone", "联系电话"), _phone,
                   link=lambda line: f"tel:{_phone(line)}" if line.may_record and _phone(line) else ""),
            Column("at", Text("When", "联系时间"), lambda line: line.last.at if line.last else None),
            Column("plans", Text("Plans to come back", "计划返回"),
                   lambda line: line.last.told().get("plans_return") if line.last else None),
            Column("area", Text("Area", "地区"), lambda line: line.area, sort=lambda line: (line.event.area, line.event.person)),
            *((Column("presses", Text("What came of it", "登记结果"), lambda line: line.presses, export=lambda line: "", phone="wide"),)
              if may_record else ()),
        ),
        order="state",
        empty=NONE,
        filters=(Filter("due", Text("To be called", "应联系"), where(lambda line, value: line.due), type="flag"),) if made else (),
        search=words_said(lambda line: (line.called.name, line.event.person)),
        codes=lambda line: [line.event.person],
    )  # fmt: skip
    crumbs = links.above(request.account, row, "away.list")
    heading = Text("Residents elsewhere: {area}", "{area} 在外人员", area=row.name)
    return listing.respond(
        request, made, template="away/list.html", heading=heading, crumbs=crumbs, actions=_actions(request, area, may_record)
    )


def _actions(request: Request, area: str, may_record: bool) -> Iterable[Action]:
    back = urlencode({"area": area, "next": request.path})
    yield Action(Text("Who leaves", "外出人员"), reverse("away.leaving", args=[area]), "arrow-right")
    if may_record:
        yield Action(
            Text("Enter somebody", "登记在外人员"),
            f"{reverse('records.record', args=['returnees.stays_away'])}?{back}",
            "plus",
            primary=True,
        )


@require_POST
def contact(request: Request, area: str) -> HttpResponse:
    """Records what came of a call and goes back to the list, with an undo."""
    try:
        event_id, outcome = UUID(request.POST.get("event", "")), Contact(request.POST.get("outcome", ""))
    except ValueError as error:
        raise BadRequest from error
    person = request.POST.get("person", "")
    lies_in = finding.area_of(request.account, "person", person)
    if not in_scope(request.account, lies_in):
        raise Http404
    back = links.ours(request.POST.get("next", ""), links.to("away.list", area=area))
    try:
        save(request.account, Entry(event_id, "returnees.contacted", lies_in, {"outcome": str(outcome.value)}, {"person": person}))
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, str(event_id), RECORDED.format(outcome=outcome.label), back)
    return redirect(back)
