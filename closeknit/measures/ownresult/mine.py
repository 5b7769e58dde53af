"""One's own result and what is asked of one: only for who knows a second thing that is on no card, and only about themselves."""

from django.http import HttpResponse
from django.utils.timezone import localtime

from closeknit.console.forms import Form, FormField
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.ownresult.asked import dues, order_of
from closeknit.measures.ownresult.household import Answered, prove
from closeknit.measures.ownresult.objecting import grant
from closeknit.measures.ownresult.results import results
from closeknit.measures.residents.kinds import (
    FORM,
    OBJECTION,
    TOO_OFTEN,
    Visitor,
    address,
    asked_first,
    draw,
    later,
    may_send,
    new_form,
    own_parts,
    visitor,
)
from closeknit.paper.cards import tries
from closeknit.paper.cards.issuing import count_use

WRONG = Text(
    "These answers do not fit together. Check them; where the village has no ID number of yours, ask there.",
    "信息核对不一致。请检查后重填；若村里未登记您的身份证号，请向村（社区）查询。",
)
SHUT = Text(
    "Too many wrong answers today. Try again after {time}, or ask the village to open it.",
    "今日核对错误次数过多，请于 {time} 后再试，或请村（社区）重新开放。",
)
NEEDS_CARD = Text(
    "Results are shown with your household's card only, never from a poster. Take the card, or call the number below.",
    "查询结果须使用本户便民卡，海报不能查询。请使用便民卡或拨打下方电话。",
)

PROOF = (
    FormField("name", Text("Your full name", "本人姓名"), required=True, maximum=40),
    FormField("end", Text("Last four characters of your ID number", "本人身份证号后四位"), required=True, minimum=4, maximum=4),
    FormField(
        "second", Text("Four more digits", "再填四位数字"), required=True, minimum=4, maximum=4,
        help=Text(
            "Your birthday as month and day, such as 0702, or the last four of the telephone that the village knows.",
            "生日的月日（如 7 月 2 日填 0702），或在村里登记的手机号后四位。",
        ),
    ),
)  # fmt: skip


def mine(request: Request) -> HttpResponse:
    """Asks who it is; then the page, which nothing keeps: whoever wants it again answers again."""
    who = visitor(request)
    if who is None:
        return asked_first(request)
    if not who.household:
        return draw(request, "residents/message.html", who, {"message": NEEDS_CARD, "tone": "look"})
    form = Form(PROOF, request.POST if request.method == "POST" else None)
    if form.valid():
        wait = may_send(who, address(request))
        if wait:
            return later(request, who, TOO_OFTEN.format(phone="—"), wait)
        answered = prove(who, form.values["name"], form.values["end"], form.values["second"])
        _note(request, who, answered)
        if answered.person:
            return _page(request, who, answered.person)
        if answered.shut:
            again = tries.opens_again(who.area)
            return later(
                request, who, SHUT.format(time=localtime(again).strftime("%Y-%m-%d %H:%M")), int((again - clock.now()).total_seconds()) + 1
            )
        form.refuse("", WRONG)
    return draw(request, "residents/form.html", who, {"form": form, "proof": True}, status=422 if form.errors else 200)


def _note(request: Request, who: Visitor, answered: Answered) -> None:
    """Each try goes into the trail: of the person whose name was given, else of the household."""
    purpose = "shown" if answered.person else "shut" if answered.shut else "refused"
    codes, what = ([answered.meant], "person") if answered.meant else ([who.household], "household")
    who.note_reading(request.screen.name, codes, what=what, purpose=purpose)
    count_use(who.area, "result" if answered.person else "refused")


def _page(request: Request, who: Visitor, person: str) -> HttpResponse:
    now, pack = clock.now(), who.policy
    tests = pack.has("testing")
    context = {
        "tests": tests,
        "days": pack.get("residents.results_days"),
        "results": results(person, now=now, days=int(pack.get("residents.results_days"))) if tests else [],
        "dues": dues(person, who, now),
        "order": order_of(person, who, now) if pack.has("isolation") else None,
        "objection": Form([OBJECTION, FORM], None, {"form": new_form()}),
        "grant": grant(who, person),
        "parts": own_parts(who, person, now),
        "now": now,
    }
    return draw(request, "ownresult/mine.html", who, context)
