"""One form for what is said of one act: set out, served, carried out, lifted, objected, decided."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.console.forms import FormField
from closeknit.console.records import asking
from closeknit.console.records.saving import Entry
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.measures.acts.act import Held, held
from closeknit.measures.inspections.kinds import ORDER_WORDS, offices, who_may
from closeknit.policy.packs import Policy

FIELDS = {
    "written": ("office", "legal_basis", "officers", "number", "until", "condition", "amount", "heard"),
    "served": ("way", "receiver"), "carried_out": ("evidence",), "lifted": ("reason",), "objected": ("words", "way"),
    "objection_decided": ("outcome", "reason"),
}  # fmt: skip
NAMES = {"lifted": ("action",), "objected": ("act", "action"), "written": ("act", "action"), "objection_decided": ("act", "objection")}
RECORDED = Text("Recorded: {kind}", "已登记：{kind}")
MAY_NOT = Text("{office} (has no power to order this)", "{office}（无权作出）")


def say(request: Request, what: str, act: str, code: str) -> HttpResponse:
    """The form of one step of an act; afterwards back to the act."""
    if what not in FIELDS:
        raise Http404
    one, name = held(act, code), f"inspections.{what}"
    kind, back = kinds()[name], reverse("acts.act", args=[act, code])
    known = {"act": act, "action": one.act.action, "objection": request.GET.get("objection", "")[:80]}

    def entries(values: dict[str, Any], event: UUID) -> list[Entry]:
        data = asking.said(name, values, one.place.area) | {field: known[field] for field in NAMES.get(what, ("act",))}
        return [Entry(event, name, one.place.area, data, {"place": code})]

    asked = asking.Asking(_fields(what, one), entries, RECORDED.format(kind=kind.label), back)
    heading = Text("{kind}: {act}, {place}", "{kind}：{place} {act}", kind=kind.label, act=one.label, place=one.place.name)
    return asking.respond(request, asked, initial=_initial(what, one), heading=heading, crumbs=[(one.place.name, back)])


def _fields(what: str, one: Held) -> list[FormField]:
    instead: dict[str, Any] = {}
    if what == "written":
        instead = {
            "office": {"type": "choice", "choices": _offices(one.act.action, one.pack), "help": _who(one)},
            "officers": {"required": True},
        }
    names = [name for name in FIELDS[what] if name != "amount" or one.act.action == "penalise"]
    return asking.fields(f"inspections.{what}", *names, **instead)


def _who(one: Held) -> Text:
    return Text("May order it: {offices}.", "有权机关：{offices}。", offices=who_may(one.act.action, one.pack))


def _offices(action: str, pack: Policy) -> list[tuple[str, Text]]:
    """Every office, those with the power first; the others say that they have none."""
    known = sorted(offices(pack).values(), key=lambda each: action not in each.may)
    return [(each.code, each.label if action in each.may else MAY_NOT.format(office=each.label)) for each in known]


def _initial(what: str, one: Held) -> dict[str, Any]:
    if what != "written":
        return {}
    if one.act.written:
        return {**one.act.written.data, "heard": "yes" if one.act.written.data.get("heard") else ""}
    day = clock.now().astimezone(one.pack.timezone).date()
    return {"legal_basis": one.act.made.data.get("legal_basis", ""), "number": f"{ORDER_WORDS[one.act.action].zh}〔{day.year}〕"}
