"""Inspecting one unit: an answer to each item of the checklist; what was not well goes onto the list of problems at once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import in_scope
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.kit.ids import carried_id, next_number
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.checkplans.folding import INSPECTED, Plan, Unit
from closeknit.measures.checkplans.kinds import plan_called
from closeknit.measures.checkplans.units import lies_in, named

FOUND = "supervision.found"
ANSWERS = (("met", Text("Well", "合格")), ("not_met", Text("Not well", "不合格")))
SEEN_HELP = Text("Where it is not well: goes with the problem. Name units, not persons.", "不合格时填写，随问题登记。写单位，不写个人。")
DUE = FormField("due_on", Text("To be put right by", "整改期限"), "date", help=Text("Left empty: the usual days.", "不填则按默认天数。"))
DONE = Text("{unit}: inspected, nothing found.", "{unit}：检查完毕，未发现问题。")
FOUND_SOME = Text("{unit}: inspected; {n} problem{n:s} put on the list.", "{unit}：检查完毕，{n} 个问题已列入清单。")
AGAIN = Text("This unit was inspected already. What you say now counts instead.", "该单位已检查过，本次填写将取代上次结果。")
IS_ENDED = Text("This plan is ended. Change it, to go on with it.", "该计划已结束；如需继续，请先修改计划。")


@dataclass(frozen=True)
class Check:
    """One inspection as the form says it."""

    event: UUID
    plan: Plan
    unit: Unit
    area: str
    values: dict[str, Any]

    @property
    def not_met(self) -> list[tuple[int, str]]:
        """The items that were not well, with their places in the checklist."""
        return [(number, item) for number, item in enumerate(self.plan.checklist) if self.values[f"item_{number}"] == "not_met"]

    def problem_of(self, item: str) -> UUID:
        """The id of the problem that an item becomes."""
        return uuid5(self.event, item)

    def entries(self) -> list[Entry]:
        """The inspection, and a problem for each item that was not well."""
        bad = [item for _, item in self.not_met]
        data = {
            "plan": self.plan.code,
            "unit": self.unit.code,
            "met": [each for each in self.plan.checklist if each not in bad],
            "not_met": bad,
        }
        place = {"place": self.unit.code} if self.unit.sort == "points" else {}
        said = Entry(self.event, INSPECTED, self.area, {name: value for name, value in data.items() if value}, place)
        taken = set(Event.objects.filter(kind=FOUND, topic__startswith=f"{self.plan.code}-").values_list("topic", flat=True))
        problems = []
        for number, item in self.not_met:
            problem = next_number(taken, f"{self.plan.code}-01")
            taken.add(problem)
            found = {"problem": problem, "unit": self.unit.code, "title": item, "note": self.values[f"seen_{number}"]}
            found["due_at"] = self.values["due_on"].isoformat() if self.values["due_on"] else ""
            problems.append(Entry(self.problem_of(item), FOUND, self.area, {name: each for name, each in found.items() if each}, place))
        return [said, *problems]


def fields(plan: Plan) -> list[FormField]:
    """Two questions an item, and until when it must be put right."""
    asked = []
    for number, item in enumerate(plan.checklist):
        asked.append(FormField(f"item_{number}", item, "choice", required=True, choices=ANSWERS))
        seen = Text("{item}: what was seen", "{item}：具体情况", item=item)
        asked.append(FormField(f"seen_{number}", seen, maximum=400, help=SEEN_HELP if number == 0 else ""))
    return [*asked, DUE]


def check(request: Request, code: str, unit: str) -> HttpResponse:
    """The checklist of a plan for one unit."""
    plan = plan_called(code)
    one = next((each for each in plan.units if each.code == unit), None) if plan else None
    if plan is None or one is None or not in_scope(request.account, area := lies_in(one, plan.area)):
        raise Http404
    name, back = named([one])[unit], reverse("checkplans.plan", args=[code])
    form = Form(fields(plan), request.POST if request.method == "POST" else None)
    event = carried_id(request.POST)
    if plan.ended:
        form.refuse("", IS_ENDED)
    if form.valid():
        made = Check(event, plan, one, area, form.values)
        refused = None if Event.objects.filter(id=event).exists() else record(request, made)
        if refused is None:
            problems = [str(made.problem_of(item)) for _, item in made.not_met]
            told(request, str(event), (FOUND_SOME if problems else DONE).format(unit=name, n=len(problems)), back, *problems)
            return redirect(back)
        form.refuse("", refused.text)
    notices = [Notice(AGAIN, "info")] if one.check and not form.errors else []
    context = {"form": form, "hidden": [("event", str(event))], "cancel": back, "notices": notices}
    heading = Text("{plan}: {unit}", "{plan}：{unit}", plan=plan.title, unit=name)
    crumbs = [(plan.title, back)]
    status = 422 if form.errors and request.method == "POST" else 200
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=status)


def record(request: Request, made: Check) -> Invalid | None:
    """Records an inspection with its problems, all or nothing; why it cannot be taken, None where it is."""
    with transaction.atomic():
        outcomes = save_many(request.account, made.entries(), by=author(request.account))
        refused = next((each for each in outcomes if isinstance(each, Invalid)), None)
        transaction.set_rollback(refused is not None)
    return refused
