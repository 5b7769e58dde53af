"""Giving results: to these tubes, or to all others at once after the page has named how many."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice, Tab, Tabs
from closeknit.console.records.questions import codes as choices
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Result
from closeknit.measures.laboratory.actions import Gave, Given, give
from closeknit.measures.laboratory.receiving import EVENT, LAB, TUBES, last_lab
from closeknit.measures.laboratory.rules import codes
from closeknit.measures.laboratory.work import WAITING
from closeknit.measures.tubes.kinds import Tube, within

RESULT = FormField("result", Text("Result", "检测结果"), "choice", required=True, choices=choices(Result))
TESTED = FormField("tested_at", Text("Tested", "检测时间"), "datetime", help=Text("Left empty: now.", "不填即为现在。"))
RIGHT = FormField("right", Text("Put right results that are there already", "更正已有结果"), "boolean")
WHY = FormField("why", Text("Why it is put right", "更正原因"), maximum=200)
BOX = FormField("box", Text("Only of this box (empty: of all)", "仅限转运箱（不填为全部）"), maximum=60)
BUT = FormField("but", Text("All but these tubes", "以下采样管除外"), "long_text", maximum=60_000,
                help=Text("Those that are not negative, or not ready: one a line.", "非阴性或尚未完成的，每行一管。"))  # fmt: skip
CONFIRMED = FormField("confirmed", Text("Number", "数量"), "hidden")
GAVE = Text("Results recorded: {n}.", "已登记结果 {n} 管。")
SAME = Text("There already, nothing changed: {n}.", "{n} 管结果相同，未作改动。")
SAY_WHY = Text("Say why the result is put right.", "请填写更正原因。")
NEVER = Text(
    "Nobody has received {n} of them ({first}); they stand among what does not reconcile.",
    "其中 {n} 管无接收登记（{first}），已列入账实不符。",
)
NONE_LEFT = Text("No tube of this laboratory waits for a result.", "该机构没有待出结果的采样管。")
UNKNOWN = Text("No such tube waits here: {first}. Check the number.", "待检清单中没有 {first}，请核对管号。")
CONFIRM = Text(
    "{n} tubes will be negative, {but} are left out. Press once more to record them.",
    "将有 {n} 管登记为阴性，{but} 管除外。请再按一次确认。",
)


def tabs(area: str, now: str) -> Tabs:
    """The three ways to give results."""
    ways = (("results", Text("These tubes", "逐管录入")), ("rest", Text("All others negative", "其余全阴")),
            ("upload", Text("From a file", "文件导入")))  # fmt: skip
    return Tabs([Tab(word, reverse(f"laboratory.{name}", args=[area]), name == now) for name, word in ways], Text("How", "录入方式"))


def _page(request: Request, area: str, way: str, form: Form, **context: Any) -> HttpResponse:
    row, back = Area.objects.current().get(code=area), reverse("laboratory.work", args=[area])
    heading = Text("Results: {area}", "{area} 检测结果", area=row.name)
    crumbs = [(Text("Laboratory", "检测机构"), back)]
    context = {"form": form, "tabs": tabs(area, way), "cancel": back, **context}
    return show(request, "laboratory/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def told(request: Request, gave: Gave) -> None:
    """Says what became of results, and which tubes nobody had received."""
    if gave.recorded:
        tell(request, GAVE.format(n=len(gave.recorded)))
        tubes = [each.tube for each in gave.recorded]
        here = set(Tube.objects.filter(code__in=tubes, receipts__gt=0).values_list("code", flat=True))
        never = [tube for tube in tubes if tube not in here]
        if never:
            tell(request, NEVER.format(n=len(never), first=never[0]), tone="watch")
    if gave.same:
        tell(request, SAME.format(n=len(gave.same)), tone="info")


def results(request: Request, area: str) -> HttpResponse:
    """One result for the tubes that are named."""
    initial = {"lab": last_lab(request.account), "event": str(uuid7()), "tubes": request.GET.get("tube", "")}
    posted = request.POST if request.method == "POST" else None
    form = Form([TUBES, RESULT, LAB, TESTED, RIGHT, WHY, EVENT], posted, initial)
    if form.valid() and form.values["right"] and not form.values["why"]:
        form.refuse("why", SAY_WHY)
    if form.valid():
        at = form.values["tested_at"] or clock.now()
        given = [Given(tube, Result(form.values["result"]), at) for tube in codes(form.values["tubes"])]  # type: ignore[call-arg]  # by its value
        why = form.values["why"] if form.values["right"] else ""
        gave = give(request.account, given, area=area, lab=form.values["lab"], root=carried_id(form.values), why=why)
        told(request, gave)
        if not gave.refused:
            return redirect("laboratory.work", area=area)
        for _, text in gave.refused[:5]:
            form.refuse("tubes", text)
    return _page(request, area, "results", form, submit=Text("Record", "登记结果"))


def _rest(area: str, lab: str, box: str) -> list[str]:
    rows = within(area).filter(WAITING, lab=lab)
    return list((rows.filter(box=box) if box else rows).order_by("code").values_list("code", flat=True))


def rest(request: Request, area: str) -> HttpResponse:
    """All that wait at a laboratory are negative, but those that are named: asked twice, the second time with the number."""
    initial = {"lab": last_lab(request.account), "event": str(uuid7())}
    form = Form([LAB, BOX, BUT, TESTED, EVENT, CONFIRMED], request.POST if request.method == "POST" else None, initial)
    notice = None
    if form.valid():
        waiting, but = _rest(area, form.values["lab"], form.values["box"]), codes(form.values["but"])
        strange = [tube for tube in but if tube not in waiting]
        tubes = [tube for tube in waiting if tube not in but]
        if strange:
            form.refuse("but", UNKNOWN.format(first=strange[0]))
        elif not tubes:
            form.refuse("lab", NONE_LEFT)
        elif form.values["confirmed"] == str(len(tubes)):
            return _all_negative(request, area, form, tubes)
        else:
            notice = Notice(CONFIRM.format(n=len(tubes), but=len(but)), "watch")
            again = request.POST.copy()
            again["confirmed"] = str(len(tubes))
            form = Form(form.fields, again, initial)
    return _page(request, area, "rest", form, notice=notice, submit=Text("All others negative", "其余全阴"))


def _all_negative(request: Request, area: str, form: Form, tubes: list[str]) -> HttpResponse:
    at: datetime = form.values["tested_at"] or clock.now()
    given = [Given(tube, Result.NEGATIVE, at) for tube in tubes]
    told(request, give(request.account, given, area=area, lab=form.values["lab"], root=carried_id(form.values)))
    return redirect("laboratory.work", area=area)
