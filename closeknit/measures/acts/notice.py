"""What the premises are given: the decision in plain lines, how to object, and the slip on which they sign that they have it."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.console.page import show
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.acts.act import Held, held, when

TITLES = {
    "rectify": Text("Order to correct", "责令改正通知书"), "close": Text("Closure order", "责令停业决定书"),
    "seal": Text("Sealing order", "查封决定书"), "penalise": Text("Penalty decision", "行政处罚决定书"),
}  # fmt: skip
DECIDES = {
    "rectify": Text("You are ordered to put this right.", "现责令你单位改正上述问题。"),
    "close": Text("The premises are closed.", "现决定责令你单位停业。"),
    "seal": Text("The premises are sealed.", "现决定对你单位场所予以查封。"),
    "penalise": Text("A penalty is imposed.", "现决定给予你单位行政处罚。"),
}  # fmt: skip
FOUND = Text("On {day} we found at your premises: {found}.", "{day} 检查发现你单位存在下列问题：{found}。")
BASIS = Text("By: {basis}.", "依据：{basis}。")
FINE = Text("Fine: {n} yuan.", "罚款：{n} 元。")
UNTIL = Text("Until: {until}.", "期限至：{until}。")
BY_ITSELF = Text("It ends then by itself; nobody may keep it longer without a new decision.", "到期自行结束，未有新决定不得延长。")
WHEN = Text("It is lifted when: {condition}.", "解除条件：{condition}。")
OBJECT = Text(
    "You may object at any time: say so to the officers, or write to the office. You are answered within {n} hours, by somebody else.",
    "如有异议可随时提出：当面告知执法人员或书面递交作出机关，{n} 小时内由其他人员答复。",
)
REVIEW = Text(
    "You may also ask for administrative reconsideration within {n} days, or go to court within the time of the law.",
    "也可在收到本文书之日起 {n} 日内申请行政复议，或依法在规定期限内提起行政诉讼。",
)
HEARD = Text("You were heard before the decision.", "作出前已听取你单位陈述、申辩。")
OFFICERS = Text("Officers: {officers}.", "执法人员：{officers}。")


def lines(one: Held) -> list[Text]:
    """The decision in lines: what was found, by which provision what is ordered, until when, and how to object."""
    act = one.act
    assert act.written is not None
    paper, end = act.written.data, act.end(one.pack.timezone)
    made = [FOUND.format(day=when(act.made.at, one.pack)[:10], found="；".join(act.found))] if act.found else []
    made += [BASIS.format(basis=paper["legal_basis"]), DECIDES[act.action]]
    if paper.get("amount"):
        made.append(FINE.format(n=paper["amount"]))
    if end:
        made.append(UNTIL.format(until=str(paper["until"]) if len(str(paper["until"])) == len("2022-03-25") else when(end, one.pack)))
        made += [BY_ITSELF] if act.action in ("close", "seal") else []
    if paper.get("condition"):
        made.append(WHEN.format(condition=paper["condition"]))
    made += [HEARD] if paper.get("heard") else []
    get = one.pack.get
    return [
        *made, OBJECT.format(n=get("inspections.objection_within_h")), REVIEW.format(n=get("inspections.object_within_days")),
        OFFICERS.format(officers="；".join(paper["officers"])),
    ]  # fmt: skip


def notice(request: Request, act: str, code: str) -> HttpResponse:
    """The decision to print, with its slip."""
    one = held(act, code)
    if one.act.written is None:
        raise Http404
    context = {
        "lines": lines(one), "to": one.place.name, "number": one.act.written.data["number"], "office": one.office,
        "day": when(one.act.written.at, one.pack)[:10], "act": one.act,
    }  # fmt: skip
    crumbs = [(one.place.name, reverse("acts.act", args=[act, code]))]
    return show(request, "acts/notice.html", context, heading=TITLES[one.act.action], crumbs=crumbs)
