"""Taking a record that does not count off the list, with what was done; the record itself is kept."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.console.forms import Form
from closeknit.console.page import show
from closeknit.console.records.asking import fields
from closeknit.console.records.saving import Entry, save
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import carried_id
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event, Refusal
from closeknit.measures.arrivals.screens import Line, dressed
from closeknit.measures.arrivals.watch import open_refusals

KIND = "arrivals.cleared"
DONE = Text("Taken off the list. The record is kept.", "已从清单移除，原记录保留。")


def clear(request: Request, area: str, refusal: UUID) -> HttpResponse:
    """The form: why the record does not count, and what was done about it."""
    event, back = carried_id(request.POST), reverse("arrivals.records", args=[area])
    row = open_refusals(area).filter(id=refusal).defer("body", "digest").first()
    if row is None and Event.objects.filter(id=event, kind=KIND).exists():
        return redirect(back)  # the button was pressed twice
    if row is None:
        raise Http404
    form = Form(fields(KIND, "reason", reason={"type": "long_text"}), request.POST if request.method == "POST" else None)
    if form.valid() and _cleared(request, Entry(event, KIND, area, {"refusal": str(refusal), **form.values}), row, form):
        tell(request, DONE)
        return redirect(back)
    line: Line = dressed([row])[0]
    heading = Text("{kind}: dealt with", "{kind}：登记处理情况", kind=line.kind)
    context: dict[str, Any] = {"form": form, "hidden": [("event", str(event))], "cancel": back, "notices": [line.notice]}
    crumbs = [(request.screen.title, back)]
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def _cleared(request: Request, entry: Entry, row: Refusal, form: Form) -> bool:
    try:
        with transaction.atomic():
            save(request.account, entry)
            Refusal.objects.filter(id=row.id).update(settled_at=clock.now())
    except Invalid as invalid:
        form.refuse("reason", invalid.text)
    return form.valid()
