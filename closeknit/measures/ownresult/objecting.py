"""An objection to the order under which somebody is, from the page on which they have just proved who they are."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.residents.kinds import OBJECTION, SALT, Visitor, ask_once, asked_first, draw, say, visitor

GRANT_MINUTES = 30
OBJECTED = Text(
    "Your objection has arrived. Somebody other than who ordered decides, and you are answered.", "异议已收到，将由其他人员处理并答复您。"
)
OVER = Text("You stood here too long. Answer the questions once more, then object.", "页面停留过久，请重新核对身份后再提出异议。")


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
        return draw(request, "residents/message.html", who, {"message": OVER, "tone": "look"}, status=422)

    def send(visitor: Visitor, values: dict[str, Any]) -> list[UUID]:
        data = {"words": values["words"], "way": "helper" if visitor.account else "page"}
        return [say(visitor, "isolation.objected", data, form=values["form"], person=str(told["person"]))]

    return ask_once(request, who, [OBJECTION], send, OBJECTED, {}, carried={"grant": request.POST["grant"]})
