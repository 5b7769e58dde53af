"""One request for help: what is asked, who sees to it, what has happened, the next step."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Facts
from closeknit.console.records import links, names
from closeknit.console.records.saving import Entry, author, guard, save
from closeknit.console.records.screens import told
from closeknit.console.records.words import sentences
from closeknit.console.screens import Request as Asked
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import TOTAL_ORDER, Event
from closeknit.ledger.queries import standing
from closeknit.measures.care.kinds import HelpRequested, Referred
from closeknit.measures.helping.listing import MATTERS, URGENCIES, WAYS, dressed, lines
from closeknit.measures.helping.requests import requests
from closeknit.measures.helping.rules import steps
from closeknit.policy.packs import policy
from closeknit.registry.models import Member

LABELS = {
    "care.help_taken": (Text("Pass on to somebody", "转交他人"), "user"), "care.help_closed": (Text("Close", "办结"), "circle-check"),
    "care.help_asked_again": (Text("Asked again", "再次求助"), "refresh"),
}  # fmt: skip
UNKNOWN = Text("There is no request of this number in your area.", "辖区内没有该编号的求助。")
NO_REFERRAL = Text("There is no referral of this number in your area.", "辖区内没有该编号的转介。")
NO_OWNER = Text("Nobody of that code works here. Look at the list of workers.", "没有该编号的工作人员，请查看工作人员名单。")


def area_of_request(code: str) -> str | None:
    """Where help was asked for; None where nobody asked under this number."""
    return _asked(HelpRequested, code)


def _asked(said: type[HelpRequested] | type[Referred], code: str) -> str | None:
    area: str | None = standing(said).filter(topic=code).order_by("-at").values_list("area", flat=True).first()
    return area


def of_a_request(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where nobody asked under this number in the account's area, or where the owner is nobody."""
    if not in_scope(account, area_of_request(str(entry.data.get("request", "")))):
        raise Invalid("data.request", "unknown", UNKNOWN)
    owner = str(entry.data.get("owner", ""))
    if owner and owner != author(account) and not Member.objects.current().filter(code=owner).exists():
        raise Invalid("data.owner", "unknown", NO_OWNER)


def of_a_referral(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where nobody was referred under this number in the account's area."""
    if not in_scope(account, _asked(Referred, str(entry.data.get("referral", "")))):
        raise Invalid("data.referral", "unknown", NO_REFERRAL)


for kind in LABELS:
    guard(kind, of_a_request)
guard("care.referral_answered", of_a_referral)


def request_page(request: Asked, code: str) -> HttpResponse:
    """The page of a request; who is shown is written to the trail."""
    area = area_of_request(code)
    if area is None:
        raise Http404
    found = requests(standing(HelpRequested).filter(topic=code))
    (line,) = dressed(request.account, lines(found, policy(area), clock.now()))
    asked = line.request.asked
    trail.read(request.account, request.screen.name, [asked.person or asked.household or f"event:{asked.id}"], path=request.path)
    full = names.in_full(request.account, "care.record")
    events = list(Event.objects.filter(kind__startswith="care.", topic=code).order_by(*TOTAL_ORDER))
    worded = zip(events, sentences(events, whole=full, dated=True), strict=True)
    said = asked.told() if full else {}
    home = names.of("person" if asked.person else "household", [asked.person or asked.household], full=full)
    called = home.get(asked.person or asked.household)
    facts = Facts([(label, value) for label, value in (
        (Text("State", "状态"), line.badge), (Text("How urgent", "紧急程度"), URGENCIES[line.request.urgency]),
        (Text("Due", "办理期限"), line.due), (Text("Who sees to it", "责任人"), line.owner), (Text("Who asks", "求助人"), line.who),
        (Text("Telephone", "联系电话"), said.get("phone") or (called.phone if called else "")),
        (Text("Where they are", "所在位置"), said.get("where") or (called.address if called else "")),
        (Text("In their words", "具体内容"), line.words), (Text("How it came", "求助渠道"), WAYS.get(asked.data.get("way", ""))),
        (Text("Area", "地区"), line.area),
    ) if value])  # fmt: skip
    context = {
        "facts": facts, "line": line, "event": uuid7(), "may_record": can(request.account, "care.record"),
        "timeline": [(event, text, links.to("register.event", event=str(event.id))) for event, text in worded],
    }  # fmt: skip
    row = Area.objects.current().get(code=area)
    crumbs = [*links.above(request.account, row, "care.help"), (row.name, links.to("care.help", area=area))]
    heading = Text("Request: {matter}", "求助：{matter}", matter=MATTERS[asked.data["matter"]])
    return show(
        request, "helping/request.html", context, heading=heading, crumbs=crumbs, actions=_actions(request, line.request.state, asked)
    )


def _actions(request: Asked, state: str, asked: Event) -> list[Action]:
    if not can(request.account, "care.record"):
        return []
    pairs = {"request": asked.topic, "area": asked.area, "next": request.path}
    made = []
    for number, kind in enumerate(steps(state)):
        label, icon = LABELS[kind]
        made.append(
            Action(label, f"{reverse('records.record', args=[kind])}?{urlencode(pairs)}", icon, primary=number == 0 and state == "taken")
        )
    if asked.person:
        query = urlencode({**pairs, "person": asked.person})
        made.append(Action(Text("Refer", "转介"), f"{reverse('records.record', args=['care.referred'])}?{query}", "arrow-right"))
    return made


@require_POST
def take(request: Asked, code: str) -> HttpResponse:
    """One press: I see to it."""
    area = area_of_request(code)
    if area is None:
        raise Http404
    entry = Entry(uuid7(), "care.help_taken", area, {"request": code, "owner": author(request.account)})
    try:
        answer = save(request.account, entry)
    except Invalid as invalid:
        tell(request, invalid.text, tone="bad")
    else:
        told(request, answer.id, Text("You see to it.", "已由您负责办理。"), reverse("care.request", args=[code]))
    return redirect("care.request", code=code)
