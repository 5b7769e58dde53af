"""Calls and sign-ups as they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.volunteers.kinds import CallClosed, Called, Category, SignedUp, TakenOn
from closeknit.measures.volunteers.rules import apart, state
from closeknit.registry.models import Member, Place

AS = {each.value: each.label for each in Category}


@dataclass(frozen=True)
class Call:
    """A call with how many signed up and were taken on."""

    event: Event
    place: str
    signed_up: int
    taken: int
    state: str

    @property
    def code(self) -> str:
        return self.event.topic

    @property
    def number(self) -> int:
        return int(self.event.data["number"])


@dataclass(frozen=True)
class SignUp:
    """Somebody who signed up; apart: how far they live from the site. worker: under which code they were taken on."""

    event: Event
    name: str
    phone: str
    area: str
    apart: int
    worker: str


def calls(events: Iterable[Event], today: date) -> list[Call]:
    """The calls of which these are the records, each as said last; three statements."""
    by_code = grouped(list(events), "topic")
    said = {code: [step for step in steps if step.kind == "deployment.called"] for code, steps in by_code.items()}
    said = {code: steps for code, steps in said.items() if steps}
    counts: dict[str, set[str]] = {}
    taken: dict[str, set[str]] = {}
    for topic, number in standing(SignedUp).filter(topic__in=said).values_list("topic", "id"):
        counts.setdefault(topic, set()).add(str(number))
    for call, sign_up in standing(TakenOn).filter(data__call__in=list(said)).values_list("data__call", "topic"):
        taken.setdefault(call, set()).add(sign_up)
    places = dict(Place.objects.current().filter(code__in={steps[-1].place for steps in said.values()}).values_list("code", "name"))

    def call(code: str, event: Event) -> Call:
        closed = by_code[code][-1].kind == "deployment.call_closed"
        here = len(taken.get(code, ()))
        stands = state(int(event.data["number"]), here, closed=closed, over=event.data["day"][:10] < today.isoformat())
        return Call(event, places.get(event.place, event.place), len(counts.get(code, ())), here, stands)

    return [call(code, steps[-1]) for code, steps in said.items()]


def calls_of(area: str, today: date) -> list[Call]:
    """The calls of an area's places."""
    return calls(in_area(standing(Called, CallClosed), area).defer("personal", "digest"), today)


def call_of(code: str, today: date) -> Call | None:
    """The call of a number."""
    return next(iter(calls(standing(Called, CallClosed).filter(topic=code).defer("personal", "digest"), today)), None)


def sign_ups(call: Call) -> list[SignUp]:
    """Who signed up, those who live nearest first, then in their order; four statements."""
    events = list(standing(SignedUp).filter(topic=call.code).order_by("at", "id"))
    taken = dict(standing(TakenOn).filter(topic__in=[str(event.id) for event in events]).values_list("topic", "data__worker"))
    areas = {row.code: row for row in Area.objects.current().filter(code__in={event.area for event in events} | {call.event.area})}
    members = dict(Member.objects.current().filter(code__in={event.data.get("worker", "") for event in events}).values_list("code", "name"))
    site = areas[call.event.area].path

    def one(event: Event) -> SignUp:
        told, home = event.told(), areas[event.area]
        worker = told.get("worker", "")
        name = told.get("name", "") or members.get(worker, worker)
        return SignUp(event, name, told.get("phone", ""), home.name, apart(home.path, site), taken.get(str(event.id), ""))

    return sorted((one(event) for event in events), key=lambda each: (bool(each.worker), each.apart, each.event.order))
