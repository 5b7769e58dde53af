"""One form for what is said of one person: transfer, room, needs, reading, objection, decision, release; and one press for a next stage."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import names, questions
from closeknit.console.records.saving import Entry, author, save, save_many
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import Shape, kinds
from closeknit.measures.isolation.kinds import SITE, Stay, next_stage
from closeknit.measures.staying.sight import stay_of
from closeknit.policy.packs import policy
from closeknit.registry.models import Member, Place

SAYABLE = ("transferred", "room_given", "needs_told", "checked", "objected", "objection_decided", "released")
LIFTED = Text("Objection upheld: the order is lifted.", "异议成立，撤销隔离通知。")
RECORDED = Text("Recorded: {kind}", "已登记：{kind}")
NEEDS = ("stage", "from", "to", "vehicle", "driver", "escort", "needs")
SITE_LABEL = Text("Isolation site", "隔离场所")


def say(request: Request, what: str, code: str) -> HttpResponse:
    """The form of one kind about one person, filled with what is known; afterwards back to the person's page."""
    if what not in SAYABLE:
        raise Http404
    stay, area = stay_of(request.account, code)
    kind, pack = kinds()[f"isolation.{what}"], policy(area)
    shapes = [shape for shape in questions.shown(kind, pack) if shape.name != "objection"]
    form = Form(_fields(shapes, what, stay), request.POST or None, _initial(request, stay, what))
    person = reverse("isolation.person", args=[stay.person])
    trail.read(request.account, request.screen.name, [stay.person], path=request.path)
    if form.valid():
        data = questions.answers(shapes, form.values, pack.timezone)
        if what == "objection_decided":
            data["objection"] = request.GET.get("objection", "")
        place = str(form.values.get("site") or stay.place)
        entry = Entry(carried_id(request.POST), kind.name, area, data, {"person": stay.person, **({"place": place} if place else {})})
        try:
            answer = _save(request.account, entry)
        except Invalid as invalid:
            name = invalid.field.removeprefix("data.")
            form.refuse(name if name in {field.name for field in form.fields} else "", invalid.text)
        else:
            told(request, answer, RECORDED.format(kind=kind.label), person)
            return redirect(f"{reverse('isolation.order', args=[stay.person])}?change=1" if data.get("outcome") == "changed" else person)
    called = names.persons([stay.person], full=names.in_full(request.account, "isolation.record")).get(stay.person)
    heading = Text("{kind}: {name}", "{kind}：{name}", kind=kind.label, name=called.name if called else stay.person)
    context = {"form": form, "cancel": person, "event": carried_id(request.POST)}
    return show(request, "staying/say.html", context, heading=heading, crumbs=[(Text("Stay", "隔离情况"), person)],
                status=422 if form.errors else 200)  # fmt: skip


def _save(account: Account, entry: Entry) -> str:
    """Records it; where an objection lifts the order, the release is recorded in the same breath."""
    if entry.data.get("outcome") != "lifted":
        return save(account, entry).id
    release = Entry(uuid7(), "isolation.released", entry.area, {"reason": str(LIFTED)}, entry.references)
    for outcome in save_many(account, [entry, release], by=author(account)):
        if isinstance(outcome, Invalid):
            raise outcome
    return str(entry.id)


def _fields(shapes: list[Shape], what: str, stay: Stay) -> list[FormField]:
    fields = [questions.question(shape) for shape in shapes]
    if what == "room_given":
        return [_sites("site", SITE_LABEL, required=True), *fields]
    if what != "transferred":
        return fields
    return [_sites(each.name, each.label) if each.name == "to" else each for each in fields]


def _sites(name: str, label: Text | str, *, required: bool = False) -> FormField:
    found = Place.objects.current().filter(category=SITE).order_by("code").values_list("code", "name")
    choices = [(code, called) for code, called in found]
    return FormField(name, label, "choice", required, choices) if choices else FormField(name, label, "text", required)


def _initial(request: Request, stay: Stay, what: str) -> dict[str, Any]:
    known: dict[str, Any] = {"needs": stay.need_codes, "site": stay.place}
    if what == "transferred":
        known |= {name: value for name, value in _trip(stay).items() if name in NEEDS} | {"stage": next_stage(stay.stage)}
    if what == "released" and stay.order:
        known["reason"] = str(Text("The order has ended.", "隔离期满。"))
    return known | dict(request.GET.items())


def _trip(stay: Stay) -> Mapping[str, Any]:
    """What was said of the transfer that is under way, the personal fields too."""
    if not stay.stage:
        return {"from": stay.place} if stay.place else {}
    said: dict[str, Any] = {}
    for stage in ("requested", "left"):
        if stage in stay.trip:
            said |= stay.trip[stage].told()
    return said


def press(request: Request, code: str) -> HttpResponse:
    """One press: the transfer's next stage is now, with what was said of it; who presses hands over, or receives."""
    stay, area = stay_of(request.account, code)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])  # only now: before, it would tell that somebody is there
    person = reverse("isolation.person", args=[stay.person])
    if request.POST.get("stage") != next_stage(stay.stage) or not stay.stage:
        tell(request, Text("Somebody was faster: look again.", "已有人登记，请查看最新情况。"), tone="watch")
        return redirect(person)
    data = {name: value for name, value in _trip(stay).items() if name in NEEDS and value} | {"stage": next_stage(stay.stage)}
    if stay.need_codes:
        data["needs"] = stay.need_codes
    data["handed_over_by" if data["stage"] == "left" else "received_by"] = _who(request.account)
    entry = Entry(carried_id(request.POST), "isolation.transferred", area, data, {"person": stay.person})
    try:
        answer = save(request.account, entry)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, answer.id, RECORDED.format(kind=kinds()["isolation.transferred"].label), person)
    return redirect(person)


def _who(account: Account) -> str:
    name = Member.objects.current().filter(code=account.member).values_list("name", flat=True).first() if account.member else None
    return name or account.shown_name
