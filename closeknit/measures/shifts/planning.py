"""Planning a place's shifts round the clock: people take turns, within the hours of duty and of rest that the pack allows."""

from datetime import datetime, time
from uuid import uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.models import Account
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records.saving import Entry, author, guard, save_many
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.shifts.rules import Span, rotation
from closeknit.measures.shifts.standing import may_have
from closeknit.measures.workforce.kinds import catalogue, of_our_own
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place

REMEDY = Text("{why} Add people, or make the shifts shorter.", "{why}请增加人员或缩短班次。")
DONE = Text("{n} shift{n:s} planned.", "已排 {n} 个班次。")
CODES = Text("Codes of members, one a line, in the order in which they take turns.", "人员编号，每行一个，按轮班顺序。")


def plans(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where a shift is given to somebody of another area, not qualified, or over the limits."""
    worker = str(entry.data.get("worker", ""))
    of_our_own(account, [worker], "worker")
    may_have(worker, _span(entry), str(entry.data["post"]), policy(entry.area), without=str(entry.corrects or entry.id))


guard("deployment.shift_planned", plans)


def _fields(pack: Policy) -> tuple[FormField, ...]:
    posts = [(post.code, post.label) for post in catalogue(pack).values()]
    return (
        FormField("post", Text("Post", "岗位"), "choice", required=True, choices=posts),
        FormField("day", Text("Day", "日期"), "date", required=True),
        FormField("begins", Text("Begins at (hour)", "起始（时）"), "integer", required=True, minimum=0, maximum=23),
        FormField("hours", Text("For how many hours", "共几小时"), "integer", required=True, minimum=1, maximum=24),
        FormField("each", Text("Hours of a shift", "每班几小时"), "integer", required=True, minimum=1, maximum=24),
        FormField("at_once", Text("People at once", "每班人数"), "integer", required=True, minimum=1, maximum=50),
        FormField("workers", Text("Who", "人员"), "list", required=True, help=CODES),
        FormField("event", "", "hidden"),
    )


def plan(request: Request, code: str) -> HttpResponse:
    """Plans a day of one place in turns. All shifts or none."""
    place = Place.objects.current().filter(code=code).first()
    if place is None:
        raise Http404
    pack = policy(place.area)
    today = clock.now().astimezone(pack.timezone).date()
    usual = {"day": today, "begins": 0, "hours": 24, "each": int(pack.get("duty.usual_shift_h")), "at_once": 1, "event": str(uuid7())}
    form = Form(_fields(pack), request.POST if request.method == "POST" else None, usual)
    back = reverse("shifts.roster", args=[place.area])
    if form.valid():
        entries = _entries(form, place, pack)
        refused = _refused(request.account, entries, pack)
        if refused is None:
            outcome = save_many(request.account, entries, by=author(request.account))
            refused = next((each for each in outcome if isinstance(each, Invalid)), None)
        if refused is None:
            tell(request, DONE.format(n=len(entries)))
            return redirect(f"{back}?day={form.values['day']}")
        form.refuse("workers", REMEDY.format(why=refused.text))
    heading = Text("Plan shifts: {place}", "{place} 排班", place=place.name)
    crumbs = [(Text("Shifts", "排班"), back)]
    context = {"form": form, "cancel": back}
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _entries(form: Form, place: Place, pack: Policy) -> list[Entry]:
    said_, workers = form.values, list(dict.fromkeys(form.values["workers"]))
    begins = datetime.combine(said_["day"], time(said_["begins"]), pack.timezone)
    turns = rotation(begins, said_["hours"], said_["each"], workers, said_["at_once"])
    form_id = carried_id(said_)
    return [
        Entry(
            uuid5(form_id, str(number)), "deployment.shift_planned", place.area,
            {"post": said_["post"], "worker": worker, "from_at": span.starts.isoformat(), "to_at": span.ends.isoformat()},
            {"place": place.code},
        )
        for number, (worker, span) in enumerate(turns)
    ]  # fmt: skip


def _refused(account: Account, entries: list[Entry], pack: Policy) -> Invalid | None:
    """Why the plan cannot be as a whole: each shift beside those that the same plan gives to the same worker."""
    spans = [(str(each.data["worker"]), _span(each)) for each in entries]
    try:
        of_our_own(account, {worker for worker, _ in spans}, "workers")
        for number, (worker, span) in enumerate(spans):
            others = [other for place, (whose, other) in enumerate(spans) if whose == worker and place != number]
            may_have(worker, span, str(entries[number].data["post"]), pack, beside=others)
    except Invalid as invalid:
        return invalid
    return None


def _span(entry: Entry) -> Span:
    return Span(datetime.fromisoformat(str(entry.data["from_at"])), datetime.fromisoformat(str(entry.data["to_at"])))
