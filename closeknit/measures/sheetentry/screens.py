"""Entering a sheet: the grid, the scans beside it, and what is done with the whole sheet."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape

from closeknit.access import trail
from closeknit.access.scope import can, visible
from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge
from closeknit.console.records import links
from closeknit.console.records.screens import kind_for
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.measures.sheetentry.entering import Entering
from closeknit.paper import scans
from closeknit.paper.models import Scan, Sheet
from closeknit.paper.pictures import Unfit
from closeknit.registry.models import Member

SHEETS, SHEET = Text("Sheets on paper", "纸质表"), Text("{kind}: sheet {code}", "{kind}：{code}")
ENTERED = Text("{n} of {of} entered.", "已录 {n} 行，共 {of} 行。")
OPENED = Text("The sheet is open again.", "已重新打开。")
KEPT, GONE = Text("The scan is kept with the sheet.", "扫描件已保存。"), Text("The scan is destroyed.", "扫描件已销毁。")
NO_FILE = Text("Choose the photograph or the PDF of the sheet first.", "请先选择纸质表的照片或 PDF。")
DONE = Badge(Text("entered", "已录完"), "good")
MOST_WORKERS = 300
# A PDF is shown by the browser's own viewer, which the pages' policy would keep out.
POLICY_OF_A_SCAN = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def area_of(code: str, scan: UUID | None = None) -> str | None:
    """The area of a sheet, by which the gate decides."""
    return Sheet.objects.filter(code=code).values_list("area", flat=True).first()


def _sheet(code: str) -> Sheet:
    found = Sheet.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def sheet(request: Request, code: str) -> HttpResponse:
    """The grid of a sheet; a POST saves what is whole, and comes back with the rest."""
    held = _sheet(code)
    kind = kind_for(request.account, held.kind, "record")
    do = request.POST.get("do", "save") if request.method == "POST" else ""
    if do in ACTS:
        ACTS[do](request, held)
        return redirect("sheetentry.sheet", code=code)
    entering = Entering(request.account, held, kind, request.POST if do else None)
    if do:
        entering.save(finish=do == "finish")
        if not entering.errors and not entering.wrong:
            done = Entering(request.account, held, kind).progress
            tell(request, ENTERED.format(n=done.entered, of=done.awaited))
            return redirect("sheetentry.sheet", code=code)
        entering = _again(request, held, entering)
    return _grid(request, entering)


def _again(request: Request, held: Sheet, tried: Entering) -> Entering:
    """The sheet as it stands after a part of it was saved, with what was typed into the rest and what is wrong there."""
    fresh = Entering(request.account, held, tried.kind, request.POST)
    fresh.errors = tried.errors
    wrong = {line.row.number: line.errors for line in tried.lines}
    for line in fresh.lines:
        line.errors = {} if line.record else wrong[line.row.number]
    return fresh


def _grid(request: Request, entering: Entering) -> HttpResponse:
    held, kind = entering.sheet, entering.kind
    codes = [line.row.code for line in entering.lines]
    trail.read(request.account, request.screen.name, codes, what=held.about, path=request.path)
    done = entering.progress
    wrong, kept = bool(entering.errors or entering.wrong), list(held.scans.order_by("at"))
    context = {
        "entering": entering, "sheet": held, "done": done, "lines": entering.lines,
        "rows": [(line, line.inputs(entering.columns)) for line in entering.lines],
        "for_all": entering.for_all.inputs(entering.columns),
        "choices": [cell for cell in entering.columns if cell.question.choices],
        "asks_whom": any(line.is_blank for line in entering.lines), "asks_found": held.about in ("household", "person"),
        "workers": list(visible(Member.objects.current(), request.account).order_by("code")[:MOST_WORKERS]),
        "scans": kept, "pictures": [each for each in kept if each.is_picture], "may_destroy": can(request.account, "sheets.manage"),
        "state": DONE if held.done_at else None,
        "area": Area.objects.current().filter(code=held.area).first(), "most_mb": scans.LARGEST // 1_000_000,
        "campaign": Campaign.objects.current().filter(code=held.campaign).first() if held.campaign else None,
        "columns_in_all": len(entering.columns) + 3,
    }  # fmt: skip
    actions = [Action(Text("The sheet on paper", "查看纸质表"), links.to("sheets.paper", code=held.code), "printer")]
    heading = SHEET.format(kind=kind.label, code=str(held))
    crumbs = [(SHEETS, reverse("sheets.list"))]
    return show(request, "sheetentry/sheet.html", context, heading=heading, crumbs=crumbs, actions=actions, status=422 if wrong else 200)


def _open_again(request: Request, held: Sheet) -> None:
    held.done_at, held.done_by = None, ""
    held.save(update_fields=["done_at", "done_by"])
    tell(request, OPENED, tone="info")


def _keep(request: Request, held: Sheet) -> None:
    file = request.FILES.get("scan")
    try:
        if file is None:
            raise Unfit(NO_FILE)
        scans.keep(held, file, by=request.account.username)
    except Unfit as unfit:
        tell(request, unfit.text, tone="bad")
    else:
        tell(request, KEPT)


def _destroy(request: Request, held: Sheet) -> None:
    if not can(request.account, "sheets.manage"):
        raise PermissionDenied
    scans.destroy(_scan(held, request.POST.get("scan", "")))
    tell(request, GONE, tone="info")


ACTS: dict[str, Callable[[Request, Sheet], None]] = {"open": _open_again, "keep": _keep, "destroy": _destroy}


def _scan(held: Sheet, number: Any) -> Scan:
    try:
        return held.scans.get(pk=UUID(str(number)))
    except (ValueError, Scan.DoesNotExist) as error:
        raise Http404 from error


def scan(request: Request, code: str, scan: UUID) -> HttpResponse:
    """A scan itself; that it was read is written down with whom it shows, and with the sheet."""
    held = _sheet(code)
    kind_for(request.account, held.kind, "record")
    found = _scan(held, scan)
    content = scans.content(found)
    if content is None:
        raise Http404
    codes = held.rows.exclude(code="").values_list("code", flat=True)
    trail.read(request.account, request.screen.name, [held.code, *codes], what="sheet", purpose="scan", path=request.path)
    name = f"{escape(str(held))}.{found.type.rpartition('/')[2]}"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Security-Policy": POLICY_OF_A_SCAN}
    return HttpResponse(content, content_type=found.type, headers=headers)
