"""One's own status, on the page on which somebody has proved who they are; and an objection to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from closeknit.console.forms import Form
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.measures.passes.codes import open_objections
from closeknit.measures.passes.page import appeal, evidence
from closeknit.measures.passes.standing import statuses
from closeknit.measures.residents.kinds import (
    FORM,
    OBJECTION,
    OwnPart,
    Visitor,
    ask_once,
    asked_first,
    draw,
    new_form,
    own_part,
    say,
    visitor,
)

SALT, GRANT_MINUTES = "passes-own", 30
OBJECTED = Text("Your objection has arrived. Somebody looks at the records and answers you.", "异议已收到，工作人员将核查记录并答复您。")
OVER = Text("You stood here too long. Answer the questions once more, then object.", "页面停留过久，请重新核对身份后再提出异议。")


def _own(who: Visitor, person: str, now: datetime) -> dict[str, Any] | None:
    if not who.policy.has("passes"):
        return None
    ((_, found),) = statuses([person], now).items()
    waiting = open_objections(now, person=person)
    return {
        "status": found, "class": {"good": "good", "watch": "wait", "bad": "look"}[found.tone], "appeal": appeal(who.area),
        "evidence": [(kinds()[each.kind].label, each.at) for each in evidence(found)], "now": now,
        "waiting": waiting[-1].at if waiting else None, "form": Form([OBJECTION, FORM], None, {"form": new_form()}),
        "grant": signing.dumps({"person": person, "device": who.device}, salt=SALT),
    }  # fmt: skip


PART = own_part(OwnPart("passes/own.html", _own))


@require_POST
def objection(request: Request) -> HttpResponse:
    """An objection to one's own status, from the page that shows it."""
    who = visitor(request)
    if who is None:
        return asked_first(request)
    try:
        told = signing.loads(request.POST.get("grant", ""), salt=SALT, max_age=60 * GRANT_MINUTES)
    except signing.BadSignature:
        told = {}
    if told.get("device") != who.device:
        return draw(request, "residents/message.html", who, {"message": OVER, "tone": "look"}, status=422)

    def send(visitor: Visitor, values: dict[str, Any]) -> list[UUID]:
        data = {"words": values["words"], "way": "helper" if visitor.account else "page"}
        return [say(visitor, "passes.objected", data, form=values["form"], person=str(told["person"]))]

    return ask_once(request, who, [OBJECTION], send, OBJECTED, {}, carried={"grant": request.POST["grant"]})
