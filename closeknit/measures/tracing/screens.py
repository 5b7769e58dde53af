"""From a case's page: whose case it is, why somebody asks who was there at the same time, and the list by place and time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.console.forms import FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Empty, Facts
from closeknit.console.records import asking, finding, names
from closeknit.console.records.saving import Entry, device
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import carried_id
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.measures.investigations.kinds import Case
from closeknit.measures.tracing.kinds import Basis
from closeknit.measures.tracing.rules import days_before
from closeknit.measures.tracing.trace import Present, led, of_case, trace
from closeknit.policy.packs import policy

NAMED, ASKED = "tracing.person_named", "tracing.asked"
WHO = FormField("person", Text("Whose case it is", "病例本人"), required=True, maximum=80,
                help=Text("Name, code, or the last digits of the ID or telephone.", "姓名、编号，或证件号、电话末几位。"))  # fmt: skip
NAMED_WELL = Text("Recorded. Say why you ask who was there.", "已登记。请写明查询事由。")
ASKED_WELL = Text("Your question is recorded, with its reason.", "查询及事由已登记。")
NOBODY = Empty(
    Text("Nobody was there at the same time", "未查到同时空人员"),
    Text("Nothing is recorded around this person's entries in the days that are looked at.", "在回溯期内，该人员进入前后无其他登记。"),
    icon="walk",
)  # fmt: skip
OUTSIDE = Text("outside your area", "辖区外人员")


def _led(request: Request, number: str) -> Case:
    case = led(number, request.account)
    if case is None:
        raise Http404
    return case


def _crumbs(case: Case) -> list[tuple[str, str]]:
    return [(case.number, reverse("investigations.case", args=[case.number]))]


def person(request: Request, case: str) -> HttpResponse:
    """Whose case it is, and when the time begins and ends in which this person may have infected others."""
    held = _led(request, case)
    area, pack = held.opened.area, policy(held.opened.area)

    def entries(values: dict[str, Any], form: UUID) -> list[Entry]:
        one = finding.resolve(request.account, "person", str(values["person"]), "")
        data = asking.said(NAMED, {name: value for name, value in values.items() if name != "person"}, area)
        return [Entry(form, NAMED, area, {**data, "case": case}, {"person": one.code if one else ""})]

    bases = [(each.value, each.label) for each in Basis if days_before(each.value, pack) is not None]
    fields = [WHO, *asking.fields(NAMED, "basis", "began_at", "apart_at", basis={"choices": bases})]
    asked = asking.Asking(fields, entries, NAMED_WELL, reverse("tracing.ask", args=[case]), cancel=_crumbs(held)[0][1])
    return asking.respond(request, asked, crumbs=_crumbs(held))


def ask(request: Request, case: str) -> HttpResponse:
    """Why it has to be known; the answer opens the list. Where nobody has said whose case it is, that comes first."""
    held = _led(request, case)
    area, pack = held.opened.area, policy(held.opened.area)
    traced = of_case(held, pack)
    if traced is None:
        return redirect("tracing.person", case=case)

    def entries(values: dict[str, Any], form: UUID) -> list[Entry]:
        return [Entry(form, ASKED, area, {**asking.said(ASKED, values, area), "case": case})]

    facts = Facts([
        (Text("From", "起"), traced.window[0]), (Text("Until", "止"), traced.window[1]),
        (Text("At the same place within", "同一场所前后"), Text("{n} minutes", "{n} 分钟", n=pack.get("tracing.minutes"))),
    ])  # fmt: skip
    fields = asking.fields(ASKED, "reason", reason={"type": "long_text"})
    back = reverse("tracing.present", args=[case, carried_id(request.POST)])
    asked = asking.Asking(fields, entries, ASKED_WELL, back, cancel=_crumbs(held)[0][1])
    return asking.respond(request, asked, crumbs=_crumbs(held), template="tracing/ask.html", context={"facts": facts})


@dataclass(frozen=True)
class Line:
    """One entry near the person's own, in words."""

    present: Present
    place: str
    who: str
    phone: str
    person: str

    @property
    def at(self) -> datetime:
        return self.present.at

    @property
    def minutes(self) -> int:
        return round(self.present.apart_s / 60)


def _lines(found: Sequence[Present]) -> list[Line]:
    events = [each.event for each in found if each.event]
    persons = names.persons({event.person for event in events if event.person}, full=True)
    places = names.places({each.place for each in found})
    made = []
    for each in found:
        who = persons.get(each.event.person) if each.event else None
        told = each.event.told() if each.event and who is None else {}
        named = who.name if who else str(told.get("name", "")) if each.event else str(OUTSIDE)
        phone = who.phone if who else str(told.get("phone", ""))
        place = places[each.place].name if each.place in places else each.place
        made.append(Line(each, place, named, phone, each.event.person if each.event else ""))
    return made


def _listing(lines: Sequence[Line]) -> Listing:
    places = sorted({(line.present.place, line.place) for line in lines})
    return Listing(
        columns=(
            Column("who", Text("Who", "人员"), lambda line: line.who, sort=lambda line: (line.who, line.at), phone="title"),
            Column("place", Text("Place", "场所"), lambda line: line.place, sort=lambda line: (line.place, line.at)),
            Column("at", Text("Came at", "进入时间"), lambda line: line.at, sort=lambda line: (line.at, line.place)),
            Column("apart", Text("Minutes apart", "相隔分钟"), lambda line: line.minutes, number=True, phone="end",
                   sort=lambda line: (line.present.apart_s, line.at)),
            Column("phone", Text("Telephone", "联系电话"), lambda line: line.phone, sort=lambda line: (line.phone, line.at)),
            Column("kind", Text("Record", "记录类型"), lambda line: kinds()[line.present.kind].label, hidden=True,
                   sort=lambda line: (line.present.kind, line.at)),
        ),
        order="apart",
        empty=NOBODY,
        filters=(Filter("place", Text("Place", "场所"), where(lambda line, value: line.present.place == value), choices=places),)
        if places else (),
        search=words_said(lambda line: (line.who, line.place)),
        codes=lambda line: [line.person],
    )  # fmt: skip


def present(request: Request, case: str, asked: UUID) -> HttpResponse:
    """Who was there, as long as the reason that this reader gave opens it; each look is written with that reason before a file is read."""
    held = _led(request, case)
    since = clock.now() - timedelta(minutes=policy(held.opened.area).get("tracing.open_min"))
    given = Event.objects.filter(id=asked, kind=ASKED, topic=case, device=device(request.account), superseded_at__isnull=True)
    reason = given.filter(at__gte=since).first()
    if reason is None:
        return redirect("tracing.ask", case=case)
    lines = _lines(trace(case, by=request.account, why=str(reason.told()["reason"])))
    heading = Text("At the same place and time: case {case}", "同时空人员：调查 {case}", case=case)
    return _listing(lines).respond(request, lines, heading=heading, crumbs=_crumbs(held))
