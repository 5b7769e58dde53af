"""Looking through what was recorded: the list of a kind, and what a measure can record and list."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.console.forms import Form
from closeknit.console.manifest import measures
from closeknit.console.page import show
from closeknit.console.parts import Action
from closeknit.console.records.files import table_file
from closeknit.console.records.listing import IN_A_FILE, ON_A_PAGE, STATES, Listing
from closeknit.console.records.questions import is_asked
from closeknit.console.records.screens import NOT_BY_FORM, kind_for, permission
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Kind, kinds
from closeknit.policy.packs import policy

RECORDS = Text("Records", "登记流水")
HEADS = (
    Text("When", "时间"),
    Text("What was said", "内容"),
    Text("Household or person", "户或人员"),
    Text("Place", "场所"),
    Text("Area", "地区"),
    Text("By", "登记人"),
)
OF_WHEREABOUTS = (HEADS[0], Text("Decision", "处置"), HEADS[3])
OTHERS = Text("Other records", "其他")
OWN_LABELS = {"registry": Text("Register", "底册"), "reports": Text("Reports", "日报"), "ledger": RECORDS}


def records(request: Request, kind: str) -> HttpResponse:
    """The records of a kind in the reader's scope."""
    declared = kind_for(request.account, kind, "view")
    listing = Listing(request, request.account, declared)
    if request.GET.get("format"):
        return _file(request, listing)
    first = (listing.page - 1) * ON_A_PAGE
    lines = listing.lines(first, first + ON_A_PAGE)
    trail.read(request.account, request.screen.name, [line.subject for line in lines], what="records", path=request.path)
    context = {
        "listing": listing, "listed": listing, "lines": lines, "whereabouts": declared.whereabouts, "states": STATES,
        "filters": Form(listing.filters, None, listing.query).asked, "before": listing.before, "after": listing.after,
        "may_export": can(request.account, "exports.record"), "state": listing.query.get("state", ""),
        "sort": listing.query.get("sort", ""),
    }  # fmt: skip
    actions = []
    if can(request.account, permission(declared, "record")) and kind not in NOT_BY_FORM:
        actions = [Action(Text("Record", "登记"), reverse("records.record", args=[kind]), "plus", primary=True)]
    crumbs = [(RECORDS, reverse("records.menu"))]
    return show(request, "console/records/list.html", context, heading=declared.label, crumbs=crumbs, actions=actions)


def _file(request: Request, listing: Listing) -> HttpResponse:
    if not can(request.account, "exports.record"):
        raise PermissionDenied
    lines = listing.lines(0, IN_A_FILE)
    trail.read(request.account, request.screen.name, [line.subject for line in lines], what="records", purpose="export", path=request.path)
    rows = [
        (localtime(line.event.at).strftime("%Y-%m-%d %H:%M:%S"), line.words, line.subject, line.place, line.area, line.member)
        for line in lines
    ]
    if listing.kind.whereabouts:
        return table_file(request.GET["format"], OF_WHEREABOUTS, [(row[0], row[1], row[3]) for row in rows], listing.kind.name)
    return table_file(request.GET["format"], HEADS, rows, listing.kind.name)


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
    may_record = kind.name not in NOT_BY_FORM and can(request.account, permission(kind, "record"))
    may_view = can(request.account, permission(kind, "view"))
    return {
        "label": kind.label,
        "record": reverse("records.record", args=[kind.name]) if may_record else "",
        "view": reverse("records.list", args=[kind.name]) if may_view else "",
    }
