"""Looking through what was recorded: the list of a kind, and what a measure can record and list."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.scope import can
from closeknit.console.manifest import measures
from closeknit.console.page import show
from closeknit.console.parts import Action
from closeknit.console.records.listing import events_of, listing
from closeknit.console.records.screens import kind_for, permission
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Kind, kinds
from closeknit.policy.packs import policy
from closeknit.reports.figures import is_asked

RECORDS = Text("Records", "登记流水")
OTHERS = Text("Other records", "其他")
OWN_LABELS = {"registry": Text("Register", "底册"), "reports": Text("Reports", "日报"), "ledger": RECORDS}


def records(request: Request, kind: str) -> HttpResponse:
    """The records of a kind in the reader's scope."""
    declared = kind_for(request.account, kind, "view")
    actions = []
    if can(request.account, permission(declared, "record")) and declared.by_form:
        actions = [Action(Text("Record", "登记"), reverse("records.record", args=[kind]), "plus", primary=True)]
    crumbs = [(RECORDS, reverse("records.menu"))]
    rows = events_of(request.account, declared)
    return listing(request.account, declared).respond(request, rows, heading=declared.label, crumbs=crumbs, actions=actions)


def menu(request: Request) -> HttpResponse:
    """What can be recorded and listed, measure by measure; `?measure=` shows one alone."""
    groups = _groups(request)
    wanted = request.GET.get("measure", "")
    if wanted:
        groups = {name: group for name, group in groups.items() if name == wanted}
        if not groups:
            raise Http404
    labels = {measure.name: measure.label for measure in measures()} | OWN_LABELS
    context = {"groups": [(labels.get(name, OTHERS), lines) for name, lines in groups.items()]}
    return show(request, "console/records/menu.html", context)


def _groups(request: Request) -> dict[str, list[dict[str, Any]]]:
    in_force, groups = policy(request.account.area), {measure.name: [] for measure in measures()}
    for kind in kinds().values():
        line = _line(request, kind)
        if is_asked(kind, in_force) and (line["record"] or line["view"]):
            groups.setdefault(kind.measure, []).append(line)
    return {name: lines for name, lines in groups.items() if lines}


def _line(request: Request, kind: Kind) -> dict[str, Any]:
    may_record = kind.by_form and can(request.account, permission(kind, "record"))
    may_view = can(request.account, permission(kind, "view"))
    return {
        "label": kind.label,
        "record": reverse("records.record", args=[kind.name]) if may_record else "",
        "view": reverse("records.list", args=[kind.name]) if may_view else "",
    }
