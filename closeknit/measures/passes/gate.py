"""A gate reads a status by a card's code: a word and until when, nothing of why; each reading is written to the trail."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.utils.timezone import localtime

from closeknit.access import trail
from closeknit.access.limits import spend
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Notice
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.passes.codes import holders
from closeknit.measures.passes.rules import FREE
from closeknit.measures.passes.standing import statuses
from closeknit.paper.cards.issuing import opened_by
from closeknit.policy.packs import policy
from closeknit.registry.known import canonical
from closeknit.registry.reading.household import members
from closeknit.registry.reading.names import age

SALT, WITHIN_MIN, MOST_WRONG = "passes-gate", 10, 30
CODE = FormField("code", Text("The code on the card", "卡上编码"), required=True, maximum=40)
SHOWN_BY = FormField(
    "shown_by", Text("Who shows it", "出示人"), "choice", True,
    [("self", Text("The person, or somebody of the household", "本人或同户家人")), ("helper", Text("Somebody else", "他人代为出示"))],
)  # fmt: skip
WRONG = Text("This code opens nothing. Compare it with the card, or register on paper.", "此编码无效，请核对卡上字符，或改用纸质登记。")
TOO_OFTEN = Text("Too many wrong codes. Register on paper until {time}.", "错误次数过多，请用纸质登记，{time} 后可再查验。")
NO_CONSENT = Text(
    "This person has not agreed that somebody else shows their code. Register them on paper or by their identity card; it counts the same.",
    "本人未同意他人代为出示。请用纸质或证件登记，效力相同。",
)
EMERGENCY = Notice(Text("In an emergency everybody passes, whatever stands here.", "急难情况一律放行，不受以下状态限制。"), "watch")
PASS_ON = Notice(
    Text(
        "The status says what the records say; it turns nobody away by itself. Who objects tells the village; it is answered.",
        "状态依记录得出，不单独作为劝返依据。本人有异议的，可向村（社区）提出并得到答复。",
    ),
    "info",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """Somebody of the card's household, as a gate may know them."""

    name: str
    age: int | None
    grant: str


def gate(request: Request, area: str) -> HttpResponse:
    """Asks for the code, then for whom of the household; says the word. The code stands in no address and in no trail. Whoever shows a
    card is read wherever they live: a gate sees all who come."""
    context: dict[str, Any] = {"emergency": EMERGENCY, "place": request.GET.get("place", "")}
    if "grant" in request.POST:
        return _answer(request, context)
    form = Form((CODE, SHOWN_BY), request.POST if request.method == "POST" else None, {"shown_by": "self"})
    if form.valid():
        card = opened_by(form.values["code"])
        if card is not None and card.household:
            household = canonical("household", [card.household]).get(card.household, card.household)
            trail.read(request.account, request.screen.name, [household], what="household", purpose="gate", path=request.path)
            context |= {"choices": _choices(household, form.values["shown_by"])}
            return show(request, "passes/gate.html", context, actions=_back(request))
        limit = int(policy(request.account.area).get("residents.wrong_codes", MOST_WRONG))
        until = spend("gate-code", request.account.username, limit=limit, minutes=WITHIN_MIN)
        form.refuse("code", WRONG if until is None else TOO_OFTEN.format(time=localtime(until).strftime("%H:%M")))
    return show(request, "passes/gate.html", {**context, "form": form, "submit": Text("Read", "查验")}, status=422 if form.errors else 200)


def _choices(household: str, shown_by: str) -> list[Choice]:
    return [
        Choice(names.masked(str(each.told.get("name", ""))), age(each.birth_date), signing.dumps([each.code, shown_by], salt=SALT))
        for each in members(household)
    ]


def _answer(request: Request, context: dict[str, Any]) -> HttpResponse:
    try:
        code, shown_by = signing.loads(request.POST["grant"], salt=SALT, max_age=60 * WITHIN_MIN)
    except signing.BadSignature:
        return gate_again(request, context)
    now = clock.now()
    if shown_by == "helper" and code not in holders(now, persons=[code]):
        context |= {"refused": Notice(NO_CONSENT, "bad")}
        trail.read(request.account, request.screen.name, [code], purpose="gate, no consent", path=request.path)
        return show(request, "passes/gate.html", context, actions=_back(request))
    trail.read(request.account, request.screen.name, [code], purpose="gate", path=request.path)
    ((person, found),) = statuses([code], now).items()
    called = names.persons([person], full=False).get(person)
    context |= {"status": found, "name": called.name if called else "", "now": now, "free": found.word == FREE}
    context |= {"badge": Badge(found.label, found.tone), "pass_on": PASS_ON}
    return show(request, "passes/gate.html", context, actions=_back(request))


def gate_again(request: Request, context: dict[str, Any]) -> HttpResponse:
    """The first question once more, for whoever waited too long."""
    form = Form((CODE, SHOWN_BY), None, {"shown_by": "self"})
    return show(request, "passes/gate.html", {**context, "form": form, "submit": Text("Read", "查验")})


def _back(request: Request) -> list[Action]:
    place = request.GET.get("place", "")
    desk = links.to("venues.desk", code=place) if place else ""
    return [
        Action(Text("Next card", "下一张"), request.get_full_path(), "id-badge-2", primary=True),
        *([Action(Text("Entry desk", "进入登记台"), desk, "door-enter")] if desk else []),
    ]
