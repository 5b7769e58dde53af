"""A page that asks a few questions of a kind and records what was answered: once for each form that was drawn."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from closeknit.access.models import Account
from closeknit.access.scope import visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import questions
from closeknit.console.records.saving import Entry, author, save_many
from closeknit.console.records.screens import told
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import carried_id
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.kinds import kinds
from closeknit.policy.packs import policy
from closeknit.registry.members.answering import role_words
from closeknit.registry.models import Member

MOST_WORKERS = 400
BY_CODE = Text("The code of a worker; see the list of members.", "填写人员编号，可查人员名单。")


@dataclass(frozen=True)
class Asking:
    """What is asked, what is recorded of the answers under the form's id, what is said then, and where one goes on. cancel: where who
    gives up goes, where that is elsewhere: what the form would have made is not there."""

    fields: Sequence[FormField]
    entries: Callable[[dict[str, Any], UUID], Iterable[Entry]]
    done: Text
    back: str
    cancel: str = ""


def respond(request: Request, asking: Asking, *, initial: Mapping[str, Any] | None = None, **page: Any) -> HttpResponse:
    """The form, or the way on once its entries are recorded. What must change stands beside its question; `page` is what `show` takes."""
    posted = request.method == "POST"
    form = Form(asking.fields, request.POST if posted else None, initial)
    form_id = carried_id(request.POST)
    if form.valid():
        try:
            recorded = _recorded(request.account, asking.entries(form.values, form_id))
        except Invalid as invalid:
            name = invalid.field.removeprefix("data.").split(".")[0]
            form.refuse(name if name in {each.name for each in form.fields} else "", invalid.text)
        else:
            if recorded:
                told(request, recorded[0], asking.done, asking.back, *recorded[1:])
            else:
                tell(request, asking.done)
            return redirect(asking.back)
    context = {**page.pop("context", {}), "form": form, "cancel": asking.cancel or asking.back, "hidden": [("event", form_id)]}
    template = page.pop("template", "console/pages/form.html")
    return show(request, template, context, status=422 if form.errors else 200, **page)


def _recorded(account: Account, entries: Iterable[Entry]) -> list[str]:
    """The ids of what was recorded; raises the first `Invalid`. Sent again, what was recorded before is found and changes nothing."""
    answers = save_many(account, list(entries), by=author(account))
    for answer in answers:
        if isinstance(answer, Invalid):
            raise answer
    return [answer.id for answer in answers if not isinstance(answer, Invalid)]


def fields(kind: str, *names: str, **instead: Mapping[str, Any]) -> list[FormField]:
    """The questions for these fields of a kind; `instead` names what a question has otherwise (choices, a type, required)."""
    shapes = {shape.name: shape for shape in kinds()[kind].shapes}
    return [replace(questions.question(shapes[name]), **instead.get(name, {})) for name in names]


def said(kind: str, values: Mapping[str, Any], area: str) -> dict[str, Any]:
    """The answers as the kind's data; what was left empty is left out."""
    return questions.answers(kinds()[kind].shapes, values, policy(area).timezone)


def workers(account: Account, area: str) -> dict[str, Any]:
    """What makes the question for a worker a choice by name: of those of an area and below, whom the account sees. By code where there
    are too many to choose from, or none."""
    below = Area.objects.below(area).values("code")
    rows = list(visible(Member.objects.current().filter(area__in=below), account).order_by("area", "code")[: MOST_WORKERS + 1])
    if not 0 < len(rows) <= MOST_WORKERS:
        return {"help": BY_CODE}
    areas = Area.objects.names({row.area for row in rows})
    words = [" · ".join(map(str, filter(None, (row.name, role_words(row.role), areas.get(row.area, row.area))))) for row in rows]
    return {"type": "choice", "choices": list(zip((row.code for row in rows), words, strict=True))}
