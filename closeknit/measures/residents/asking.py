"""One form of a resident: drawn, sent as often as somebody presses, answered with a receipt."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from closeknit.console.forms import Form, FormField
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.residents.fields import FORM
from closeknit.measures.residents.pages import address, draw, later, new_form
from closeknit.measures.residents.saying import TOO_OFTEN, may_send, number_of
from closeknit.measures.residents.visitors import Visitor
from closeknit.registry.members.answering import Callees

Sends = Callable[[Visitor, dict[str, Any]], list[UUID]]


def ask_once(
    request: Request, who: Visitor, asked: list[FormField], send: Sends, thanks: Text, initial: Mapping[str, Any], **context: Any
) -> HttpResponse:
    """The form; sent, its receipt. `send` records what was answered, and raises `Invalid` with the field."""
    form = Form([*asked, FORM], request.POST if request.method == "POST" else None, {"form": new_form(), **initial})
    if form.valid():
        wait = may_send(who, address(request))
        if wait:
            whom = Callees([(who.area, "")]).of(who.area)
            return later(request, who, TOO_OFTEN.format(phone=whom.dials if whom else "—"), wait)
        try:
            numbers = [number_of(each) for each in send(who, form.values)]
            return draw(request, "residents/receipt.html", who, {"thanks": thanks, "numbers": numbers, "at": clock.now()})
        except Invalid as invalid:
            name = invalid.field.removeprefix("data.")
            form.refuse(name if name in form.values else "", invalid.text)
    return draw(request, "residents/form.html", who, {"form": form, **context}, status=422 if form.errors else 200)
