"""How the residents' pages are drawn, and the ones that everybody meets: the code, the first page, the way out, the form on paper."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from closeknit.access.limits import spend
from closeknit.console.forms import Form, FormField
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.residents import fields
from closeknit.measures.residents.visitors import Visitor, let_in, let_out, visitor
from closeknit.measures.residents.ways import ways
from closeknit.paper.cards.issuing import count_use, opened_by
from closeknit.policy.packs import policy
from closeknit.registry.members.answering import Callees

WITHIN_MIN = 10
CODE = FormField("code", Text("The code on your card or the poster", "卡上或海报上的编码"), required=True, maximum=40)
WRONG = Text(
    "This code opens nothing. Compare each sign with the card, or ask the village for help.",
    "此编码无效。请逐个核对卡上字符，或请村（社区）协助。",
)
TOO_OFTEN = Text(
    "Too many wrong codes. Try again after {time}, or ask the village for help.", "错误次数过多，请于 {time} 后再试，或请村（社区）协助。"
)


def draw(request: Request, template: str, who: Visitor | None, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the residents'. It is kept in no cache and found by no search engine."""
    pack = who.policy if who else policy()
    whom = Callees([(who.area, "")]).of(who.area) if who else None
    known = {"who": who, "area_name": who.area_name if who else "", "whom": whom, "emergency": pack.get("residents.emergency_number")}
    response = render(request, template, {"title": request.screen.title, **known, **context}, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def later(request: Request, who: Visitor | None, text: Text, seconds: int) -> HttpResponse:
    """Not now: says when."""
    response = draw(request, "residents/message.html", who, {"message": text, "tone": "look"}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def asked_first(request: Request) -> HttpResponse:
    """Off to the first page, where the code is asked for."""
    return redirect("residents.home")


def new_form() -> str:
    """The number of a form that is drawn: however often it is sent, it is one."""
    return str(uuid4())


def home(request: Request) -> HttpResponse:
    """The first page: four things to do; without a card or poster the place to type a code."""
    if request.method == "POST":
        form = Form((CODE,), request.POST)
        return (
            _exchanged(request, form.values["code"], form)
            if form.valid()
            else draw(request, "residents/code.html", None, {"form": form}, status=422)
        )
    who = visitor(request)
    if who is None:
        form = Form((CODE,))
        if "wrong" in request.GET:
            form.refuse("code", WRONG)
        return draw(request, "residents/code.html", None, {"form": form})
    return draw(request, "residents/home.html", who, {"tests": who.policy.has("testing"), "ways": ways(who)})


def enter(request: Request, code: str) -> HttpResponse:
    """The address in the square of dots: the code is exchanged at once, and stands in no address after that."""
    return _exchanged(request, code, None)


def _exchanged(request: Request, code: str, form: Form | None) -> HttpResponse:
    card = opened_by(code)
    if card is not None:
        count_use(card.area, "opened" if card.household else "poster")
        response = redirect("residents.home")
        let_in(request, response, card=card.pk.hex)
        return response
    until = spend("resident-code", address(request), limit=int(policy().get("residents.wrong_codes")), minutes=WITHIN_MIN)
    if until is not None:
        text = TOO_OFTEN.format(time=localtime(until).strftime("%H:%M"))
        response = later(request, None, text, max(1, int((until - clock.now()).total_seconds())))
    elif form is not None:
        form.refuse("code", WRONG)
        response = draw(request, "residents/code.html", None, {"form": form}, status=422)
    else:
        response = redirect("/r/?wrong=1")
    if form is None:
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def address(request: Request) -> str:
    """The network address that calls, by which guessing is counted."""
    return str(request.META.get("REMOTE_ADDR", ""))


@require_POST
def leave(request: Request) -> HttpResponse:
    """Whoever takes the phone next begins without a card; a worker goes back to their own pages."""
    who = visitor(request)
    response = redirect("register.household", code=who.household) if who and who.account else redirect("residents.home")
    let_out(response)
    return response


def paper(request: Request) -> HttpResponse:
    """The same questions to be answered with a pen."""
    who = visitor(request)
    pack = who.policy if who else policy()
    parts = (
        (Text("I declare a return", "返乡报备"), fields.of_return(pack, door=True)),
        (Text("I ask for help", "我要求助"), fields.of_help(door=True)),
        (Text("I order", "我要订购"), fields.ON_PAPER_ORDER),
        *([(Text("I object to an order", "我对隔离通知有异议"), fields.ON_PAPER_OBJECTION)] if pack.has("isolation") else []),
    )
    return draw(request, "residents/paper.html", who, {"parts": parts})
