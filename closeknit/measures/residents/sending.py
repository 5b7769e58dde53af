"""What residents send: a return, a request for help, an order. Each becomes a record that the village sees as unverified."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from closeknit.console.forms import FormField
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.care.kinds import AskedBy
from closeknit.measures.residents import fields
from closeknit.measures.residents.asking import ask_once
from closeknit.measures.residents.listed import risk_areas, round_words
from closeknit.measures.residents.pages import asked_first, draw
from closeknit.measures.residents.saying import say
from closeknit.measures.residents.visitors import Visitor, visitor
from closeknit.measures.supplies.kinds import Channel, Pack, catalogue

ASKED = Text("Your request has arrived. Somebody of the village sees to it.", "求助已收到，村（社区）会尽快处理。")
DECLARED = Text("Your return is declared. Somebody of the village verifies it with you.", "报备已提交，村（社区）将与您核实。")
ORDERED = Text("Your order has arrived.", "订购已收到。")
NOTHING = Text("Write how many of at least one pack.", "请至少填写一种物资的数量。")


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

    return ask_once(request, who, asked, send, DECLARED, {"arrived_at": today})


def ask(request: Request) -> HttpResponse:
    """A request for help, by card or from a poster."""
    who = visitor(request)
    if who is None:
        return asked_first(request)

    def send(visitor: Visitor, values: dict[str, Any]) -> list[UUID]:
        way = AskedBy.DOOR if visitor.account else AskedBy.PAGE if visitor.household else AskedBy.POSTER
        data = {**{name: value for name, value in values.items() if value and name != "form"}, "way": way.value}
        return [say(visitor, "care.help_requested", data, form=values["form"], place=visitor.place)]

    return ask_once(request, who, fields.of_help(door=not who.household), send, ASKED, {}, danger=True)


def order(request: Request) -> HttpResponse:
    """Packs for the household of the card. Who stands at a poster is told to take the card or to call: an order needs a door."""
    who = visitor(request)
    if who is None:
        return asked_first(request)
    if not who.household:
        return draw(request, "residents/message.html", who, {"message": NEEDS_A_DOOR, "tone": "look"})
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

    return ask_once(request, who, asked, send, ORDERED, {}, note=round_words(who.area, clock.now()))


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
