"""One person's stay: where they stand, what is next, what was said."""

from copy import copy
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts, Notice
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, save
from closeknit.console.records.screens import told
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.ledger.register import Asked
from closeknit.measures.isolation.kinds import SITE, IsolationMeasure, Need, Stage, Stay, next_stage, pack_rules
from closeknit.measures.staying.sight import stay_of
from closeknit.policy.packs import Policy, policy
from closeknit.registry.known import known
from closeknit.registry.models import Alias, Place

MEASURES = {each.value: each.label for each in IsolationMeasure}
NEEDS = {each.value: each.label for each in Need}
STAGES = {each.value: each.label for each in Stage}
NEXT = {"left": Text("Left now", "现在出发"), "arrived": Text("Arrived now", "现已到达")}
FREE = Notice(
    Text(
        "The order has ended by itself. Tell the person that they are free to go, and record the release.",
        "隔离已到期自行结束。请告知本人可以离开，并登记解除。",
    ),
    "bad",
)  # fmt: skip
FORMS = (
    ("transferred", Text("Transfer", "转运"), "ambulance"), ("room_given", Text("Give a room", "安排房间"), "bed"),
    ("checked", Text("Reading", "健康监测"), "temperature"), ("needs_told", Text("Needs", "特殊需要"), "heart-handshake"),
    ("objected", Text("Objection", "提出异议"), "message-2"), ("released", Text("Release", "解除隔离"), "circle-check"),
)  # fmt: skip
MOST = 60
RECORDS = Text("{n} record{n:s}", "{n} 条")


def person(request: Request, code: str) -> HttpResponse:
    """The page of a stay; who is shown is written to the trail."""
    stay, area = stay_of(request.account, code)
    if stay.person != code:
        return redirect("isolation.person", code=stay.person)
    trail.read(request.account, request.screen.name, [code], path=request.path)
    full = names.in_full(request.account, "isolation.record")
    called = names.of("person", [code], full=full).get(code)
    pack, now = policy(area), clock.now()
    events = list(Event.objects.filter(kind__startswith="isolation.", person__in=_names(code)).order_by("-at", "-received_at")[:MOST])
    worded = zip(events, sentences([_read(event, pack) for event in events], whole=full, dated=True), strict=True)
    over = stay.is_over(now, pack.timezone)
    context = {
        "stay": stay, "facts": _facts(stay, pack, called), "over": FREE if over else None,
        "needs": [NEEDS[each] for each in stay.need_codes],
        "step": _step(stay), "event": uuid7(), "may_record": can(request.account, "isolation.record"),
        "objections": [
            (each, each.told().get("words", ""), _say("objection_decided", code, objection=each.topic)) for each in stay.objections
        ],
        "timeline": [(event, text, links.to("register.event", event=str(event.id))) for event, text in worded],
    }  # fmt: skip
    row = Area.objects.current().get(code=area)
    crumbs = [*links.above(request.account, row, "isolation.desk"), (row.name, links.to("isolation.desk", area=area))]
    heading = called.name if called and called.name else str(names.code_words(code))
    return show(request, "staying/person.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, stay, over))


def _names(code: str) -> list[str]:
    return [code, *Alias.objects.filter(reference="person", canonical=code, withdrawn_at__isnull=True).values_list("code", flat=True)]


def _read(event: Event, pack: Policy) -> Event:
    """The record as the history reads it: an order by its rule's label and the number of its records, which nobody reads as codes."""
    if event.kind != "isolation.ordered":
        return event
    read, data = copy(event), event.data
    rule = pack_rules(pack).get(str(data["rule"]))
    read.data = {**data, "evidence": RECORDS.format(n=len(data["evidence"])), **({"rule": rule.label} if rule else {})}
    return read


def _facts(stay: Stay, pack: Policy, called: names.Called | None) -> Facts:
    places = names.places([stay.place, *(str(each.data.get("to", "")) for each in stay.trip.values())])
    place = places[stay.place].name if stay.place in places else stay.place
    rule = pack_rules(pack).get(str(stay.order.data["rule"])) if stay.order else None
    trip = stay.trip[stay.stage] if stay.stage else None
    to = str(trip.data.get("to", "")) if trip else ""
    pairs: list[tuple[Text, Any]] = [
        (Text("Measure", "措施"), MEASURES.get(stay.measure)),
        (Text("By which rule", "依据规则"), rule.label if rule else stay.order.data["rule"] if stay.order else None),
        (Text("Order number", "文书编号"), stay.order.data.get("order_no") if stay.order else None),
        (Text("Until", "截止"), stay.end(pack.timezone)),
        (Text("Transfer", "转运"), STAGES.get(stay.stage)), (Text("To", "终点"), places[to].name if to in places else to),
        (Text("Since", "起"), trip.at if trip else None),
        (Text("Site and room", "场所、房间"), " ".join(filter(None, (place, stay.room_no)))),
        (Text("Home", "住址"), called.address if called else None), (Text("Telephone", "联系电话"), called.phone if called else None),
    ]  # fmt: skip
    return Facts([(label, value) for label, value in pairs if value])


def _step(stay: Stay) -> tuple[str, Text] | None:
    """The stage that one press records, while a transfer is under way."""
    following = next_stage(stay.stage)
    return (following, NEXT[following]) if stay.stage else None


def _say(what: str, code: str, **query: str) -> str:
    url = reverse("isolation.say", args=[what, code])
    return f"{url}?{urlencode(query)}" if query else url


def _actions(request: Request, stay: Stay, over: bool) -> list[Action]:
    code = stay.person
    notice = Action(Text("Notice", "告知单"), reverse("isolation.notice", args=[code]), "printer")
    actions = [notice] if stay.order or stay.released else []
    if can(request.account, "isolation.record"):
        order = Text("New order", "新的通知") if stay.order else Text("Order to isolate", "下达隔离通知")
        actions.append(Action(order, reverse("isolation.order", args=[code]), "file-text", primary=not stay.order))
        held = bool(stay.order or stay.place or stay.stage)
        shown = [each for each in FORMS if held or each[0] not in ("room_given", "objected", "released")]
        actions += [Action(label, _say(what, code), icon, primary=over and what == "released") for what, label, icon in shown]
    return actions


WHO = FormField("who", Text("The person's code", "人员编号"), required=True,
                help=Text("It stands on the notice that they carry.", "见本人携带的告知单。"))  # fmt: skip
UNKNOWN = Text("Nobody has this code. Look at the notice, or ask the village.", "没有此编号，请核对告知单或询问所在村。")


def arrive(request: Request, area: str) -> HttpResponse:
    """Somebody stands at the door of a site, announced or not: accepted at once, and flagged where no order is there."""
    sites = Place.objects.current().filter(category=SITE, area__in=Area.objects.below(area).values("code")).order_by("code")
    choices = [(each.code, each.name) for each in sites]
    fields = [WHO, *([FormField("to", Text("Isolation site", "隔离场所"), "choice", required=True, choices=choices)] if choices else []),
              FormField("escort", Text("Handed over by", "移交人"))]  # fmt: skip
    initial = {"to": choices[0][0]} if len(choices) == 1 else {}
    form = Form(fields, request.POST or None, initial)
    if form.valid() and not choices:
        form.refuse("", Text("There is no isolation site in this area.", "本辖区无隔离场所。"))
    if form.valid():
        code = str(form.values["who"]).strip()
        if code in known(Asked(person=[code])).person:
            return _arrived(request, code, form, {each.code: each.area for each in sites})
        form.refuse("who", UNKNOWN)
    context = {"form": form, "cancel": links.to("isolation.desk", area=area), "event": carried_id(request.POST)}
    return show(request, "staying/say.html", context, heading=Text("Somebody arrives", "人员到达"), status=422 if form.errors else 200)


def _arrived(request: Request, code: str, form: Form, areas: dict[str, str]) -> HttpResponse:
    to = str(form.values["to"])
    data = {"stage": "arrived", "to": to, "handed_over_by": form.values["escort"], "received_by": request.account.shown_name}
    event = carried_id(request.POST)
    entry = Entry(event, "isolation.transferred", areas[to], {name: value for name, value in data.items() if value}, {"person": code})
    try:
        answer = save(request.account, entry)
    except Invalid as invalid:
        form.refuse("", invalid.text)
        return show(request, "staying/say.html", {"form": form, "event": event}, heading=Text("Somebody arrives", "人员到达"), status=422)
    page = reverse("isolation.person", args=[code])
    told(request, answer.id, Text("Recorded: {kind}", "已登记：{kind}", kind=kinds()["isolation.transferred"].label), page)
    return redirect(page)
