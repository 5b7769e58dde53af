"""Making a plan of inspection, changing it, making one like it, ending it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records.saving import Entry, save
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import carried_id, next_number
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.checkplans.folding import PLANNED, SORTS, Plan
from closeknit.measures.checkplans.kinds import plan_called
from closeknit.measures.checkplans.units import Choices, choices
from closeknit.policy.packs import Policy, policy

SAVED = Text("Plan {plan} is saved.", "督查计划 {plan} 已保存。")
ENDED = Text("Plan {plan} is ended; who was not inspected stays on its list.", "督查计划 {plan} 已结束，未检查单位名单保留。")
WHY = FormField("reason", Text("Why it ends before all are inspected", "提前结束原因"), "long_text", required=True)
MORE_GROUPS = FormField(
    "more", Text("Other work groups", "其他工作专班"), "list", help=Text("One a line.", "每行一个。")
)  # fmt: skip
LABELS = {"villages": Text("Villages", "村（社区）"), "points": Text("Service points", "服务点"), "groups": Text("Work groups", "工作专班")}
FIRST = "DC-001"


def fields(offered: Mapping[str, Choices]) -> list[FormField]:
    """The questions of a plan; a sort of units of which there is none to choose from is not asked for."""
    return [
        FormField("title", Text("Title", "名称"), required=True, maximum=100),
        FormField("due_on", Text("Last day", "完成日期"), "date", required=True),
        FormField("checklist", Text("Checklist", "检查项"), "list", required=True, help=Text("One item a line.", "每行一项。")),
        *(FormField(sort, LABELS[sort], "list", choices=offered[sort]) for sort in SORTS if offered[sort]),
        MORE_GROUPS,
    ]


def usual_checklist(pack: Policy) -> list[str]:
    """The checklist of the pack, in the reader's language."""
    return [str(Text(**item)) for item in pack.get("supervision.checklist", ())]


def _initial(pack: Policy, offered: Mapping[str, Choices], like: Plan | None) -> dict[str, Any]:
    """What the form says at first: like another plan; else the pack's checklist and every village and point."""
    if like is None:
        due = (clock.now() + timedelta(days=int(pack.get("supervision.overdue_default_days")))).astimezone(pack.timezone).date()
        return {"due_on": due, "checklist": usual_checklist(pack), **{sort: [code for code, _ in offered[sort]] for sort in SORTS}}
    data = like.planned.data
    known = {code for code, _ in offered["groups"]}
    groups = data.get("groups", ())
    return {
        **{name: data.get(name, []) for name in ("title", "due_on", "checklist", *SORTS)},
        "more": [each for each in groups if each not in known],
    }


def _form(request: Request, area: str, plan: Plan | None, like: Plan | None) -> HttpResponse:
    pack = policy(area)
    offered = choices(request.account, area, pack)
    form = Form(fields(offered), request.POST if request.method == "POST" else None, _initial(pack, offered, plan or like))
    event = carried_id(request.POST)
    if form.valid():
        code = plan.code if plan else _number(event)
        groups = list(dict.fromkeys([*form.values.get("groups", ()), *form.values["more"]]))
        said = {"villages": form.values.get("villages", []), "points": form.values.get("points", []), "groups": groups}
        data = {
            "plan": code,
            "title": form.values["title"],
            "due_on": form.values["due_on"].isoformat(),
            "checklist": form.values["checklist"],
        }
        try:
            save(request.account, Entry(event, PLANNED, area, {**data, **{sort: codes for sort, codes in said.items() if codes}}))
        except Invalid as invalid:
            name = invalid.field.removeprefix("data.")
            form.refuse(name if name in {each.name for each in form.fields} else "", invalid.text)
        else:
            tell(request, SAVED.format(plan=code))
            return redirect(reverse("checkplans.plan", args=[code]))
    back = reverse("checkplans.plan", args=[plan.code]) if plan else reverse("checkplans.list", args=[area])
    heading = Text("Change plan {plan}", "修改督查计划 {plan}", plan=plan.code) if plan else Text("Plan an inspection", "制定督查计划")
    context = {"form": form, "hidden": [("event", str(event))], "cancel": back}
    return show(request, "console/pages/form.html", context, heading=heading, status=422 if form.errors else 200)


def _number(event: UUID) -> str:
    """The number of the plan that this form has made already, else the next free one."""
    held = Event.objects.filter(id=event, kind=PLANNED).first()
    return held.topic if held else next_number(Event.objects.filter(kind=PLANNED).values_list("topic", flat=True), FIRST)


def new(request: Request, area: str) -> HttpResponse:
    """A new plan; `?like=` begins with what another one says."""
    like = plan_called(request.GET.get("like", ""))
    return _form(request, area, None, like if like and like.area == area else None)


def _plan(code: str) -> Plan:
    plan = plan_called(code)
    if plan is None:
        raise Http404
    return plan


def change(request: Request, code: str) -> HttpResponse:
    """The plan as said last, to be said anew; who was inspected stays in it."""
    plan = _plan(code)
    return _form(request, plan.area, plan, None)


def end(request: Request, code: str) -> HttpResponse:
    """Ends a plan with a reason."""
    plan, event = _plan(code), carried_id(request.POST)
    form = Form([WHY], request.POST if request.method == "POST" else None)
    back = reverse("checkplans.plan", args=[code])
    if form.valid():
        try:
            save(request.account, Entry(event, "checkplans.ended", plan.area, {"plan": code, "reason": form.values["reason"]}))
        except Invalid as invalid:
            form.refuse("reason", invalid.text)
        else:
            tell(request, ENDED.format(plan=code))
            return redirect(back)
    context = {"form": form, "hidden": [("event", str(event))], "cancel": back}
    heading = Text("End plan {plan}", "结束督查计划 {plan}", plan=code)
    return show(request, "console/pages/form.html", context, heading=heading, status=422 if form.errors else 200)
