"""What residents send: a return, a request for help, an order, an objection. Each becomes a record that the village sees as unverified."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from closeknit.console.forms import Form, FormField
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.care.kinds import AskedBy
from closeknit.measures.residents import fields
from closeknit.measures.residents.listed import risk_areas, round_words
from closeknit.measures.residents.pages import address, asked_first, draw, later, new_form
from closeknit.measures.residents.saying import TOO_OFTEN, may_send, number_of, say
from closeknit.measures.residents.visitors import SALT, Visitor, visitor
from closeknit.measures.supplies.kinds import Channel, Pack, catalogue
from closeknit.registry.members.answering import Callees

GRANT_MINUTES = 30
ASKED = Text("Your request has arrived. Somebody of the village sees to it.", "求助已收到，村（社区）会尽快处理。")
DECLARED = Text("Your return is declared. Somebody of the village verifies it with you.", "报备已提交，村（社区）将与您核实。")
ORDERED = Text("Your order has arrived.", "订购已收到。")
OBJECTED = Text(
    "Your objection has arrived. Somebody other than who ordered decides, and you are answered.", "异议已收到，将由其他人员处理并答复您。"
)
NOTHING = Text("Write how many of at least one pack.", "请至少填写一种物资的数量。")
OVER = Text("You stood here too long. Answer the questions once more, then object.", "页面停留过久，请重新核对身份后再提出异议。")
Sends = Callable[[Visitor, dict[str, Any]], list[UUID]]


def declare(request: Request) -> HttpResponse:
    """A return, by card or from a poster."""
    who = visitor(request)
    if who is None:
        return asked_first(request)
    today = clock.now().astimezone(who.policy.timezone).date()
    asked = fields.of_return(who.policy, door=not who.household, listed=risk_areas(who.area, today))

    def send(visitor: Visitor, values: dict[str, Any]) -> list[UUID]:
        data = {name: value for name, value in values.items() if value and name != "form"}
        data |= {"arrived_at": values["arrived_at"].isoformat(), "way": "in_person" if visitor.account else "self"}
        return [say(visitor, "returnees.declared", data, form=values["form"], place=visitor.place)]

    return _asked(request, who, asked, send, DECLARED, {"arrived_at": today})


def ask(request: Request) -> HttpResponse:
    """A request for help, by card or from a poster."""
    who = visitor(request)
    if who is None:
        return asked_first(request)

    def send(visitor: Visitor, values: dict[str, Any]) -> list[UUID]:
        way = AskedBy.DOOR if visitor.account else AskedBy.PAGE if visitor.household else AskedBy.POSTER
        data = {**{name: value for name, value in values.items() if value and name != "form"}, "way": way.value}
        return [say(visitor, "care.help_requested", data, form=values["form"], place=visitor.place)]

    return _asked(request, who, fields.of_help(door=not who.household), send, ASKED, {}, danger=True)


def order(request: Request) -> HttpResponse:
    """Packs for the household of the card. Who stands at a poster is told to take the card or to call: an order needs a door."""
    who = visitor(request)
    if who is None:
        return asked_first(request)
    if not who.household:
        return draw(request, "message", who, {"message": NEEDS_A_DOOR, "tone": "look"})
    today = clock.now().astimezone(who.policy.timezone).date()
    packs = [pack for pack in catalogue(who.area).values() if pack.on(today)]
    most = int(who.policy.get("residents.most_packs"))
    asked = [FormField(f"pack_{each.code}", _called(each), "integer", minimum=0, maximum=most, help=each.contents) for each in packs]

    def send(visitor: Visitor, values: dict[str, Any]) -> list[UUID]:
        wanted = {each.code: values[f"pack_{each.code}"] for each in packs if values[f"pack_{each.code}"]}
        if not wanted:
            raise Invalid("", "missing", NOTHING)
        channel = (Channel.DOOR if visitor.account else Channel.APP).value
        return [
            say(visitor, "supplies.ordered", {"pack": code, "quantity": number, "channel": channel}, form=f"{values['form']}|{code}")
            for code, number in wanted.items()
        ]

    return _asked(request, who, asked, send, ORDERED, {}, note=round_words(who.area, clock.now()))


NEEDS_A_DOOR = Text(
    "An order has to name a door: open this page with your household's card, or call the number below.",
    "订购须写明住户：请用本户便民卡打开此页，或拨打下方电话。",
)
PRICED, FREE = Text("{pack}, {price} yuan", "{pack}，{price} 元"), Text("{pack}, free", "{pack}，免费")


def _called(pack: Pack) -> Text | str:
    """A pack as it is offered, with its price where somebody has said one."""
    if pack.price is None:
        return pack.label
    return PRICED.format(pack=pack.label, price=f"{pack.price:g}") if pack.price else FREE.format(pack=pack.label)


def grant(who: Visitor, person: str) -> str:
    """Lets whoever has just proved to be this person send an objection from the page that shows the order."""
    return signing.dumps({"person": person, "device": who.device}, salt=f"{SALT}-objection")


@require_POST
def objection(request: Request) -> HttpResponse:
    """An objection to the order under which somebody is."""
    who = visitor(request)
    if who is None:
        return asked_first(request)
    try:
        told = signing.loads(request.POST.get("grant", ""), salt=f"{SALT}-objection", max_age=60 * GRANT_MINUTES)
    except signing.BadSignature:
        told = {}
    if told.get("device") != who.device:
        return draw(request, "message", who, {"message": OVER, "tone": "look"}, status=422)

    def send(visitor: Visitor, values: dict[str, Any]) -> list[UUID]:
        data = {"words": values["words"], "way": "helper" if visitor.account else "page"}
        return [say(visitor, "isolation.objected", data, form=values["form"], person=str(told["person"]))]

    return _asked(request, who, [fields.OBJECTION], send, OBJECTED, {}, carried={"grant": request.POST["grant"]})


def _asked(
    request: Request, who: Visitor, asked: list[FormField], send: Sends, thanks: Text, initial: Mapping[str, Any], **context: Any
) -> HttpResponse:
    """The form; sent, its receipt."""
    form = Form([*asked, fields.FORM], request.POST if request.method == "POST" else None, {"form": new_form(), **initial})
    if form.valid():
        wait = may_send(who, address(request))
        if wait:
            whom = Callees([(who.area, "")]).of(who.area)
            return later(request, who, TOO_OFTEN.format(phone=whom.dials if whom else "—"), wait)
        try:
            numbers = [number_of(each) for each in send(who, form.values)]
            return draw(request, "receipt", who, {"thanks": thanks, "numbers": numbers, "at": clock.now()})
        except Invalid as invalid:
            name = invalid.field.removeprefix("data.")
            form.refuse(name if name in form.values else "", invalid.text)
    return draw(request, "form", who, {"form": form, **context}, status=422 if form.errors else 200)
