"""Bringing roster files in: the form, the progress that ends by itself, what came of it, and the workbook handed back."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.scope import areas_of, can
from closeknit.console.page import show
from closeknit.console.parts import Action, Notice, Tile
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.imports.words import BY_THE_COMMAND_LINE, CHANGES, FIELD_LABELS, asks
from closeknit.registry.models import Heading, Import, RosterRow, Upload
from closeknit.registry.review import returning, uploads
from closeknit.registry.roster.headings import FIELDS
from closeknit.registry.roster.verdict import STATUSES

LEAVE_OUT = "-"
STARTED = Text("Taken. You may leave this page; the rows go on being read.", "已接收。可离开本页，读取会继续进行。")
REMEMBERED = Text(
    "Remembered for every file from now on. The values of this column were not kept: bring the file in again to fill it in.",
    "已记住，以后的文件均按此识别。该列内容未保存，请重新上传文件以补录。",
)


def uploads_of(account: Account) -> QuerySet[Upload]:
    """What was handed in within the account's scope, the latest first."""
    return Upload.objects.filter(area__in=areas_of(account).values("code")).order_by("-at", "-id")


def imports_of(account: Account) -> QuerySet[Import]:
    """The files that were read within the account's scope."""
    return Import.objects.filter(what="roster", area__in=areas_of(account).values("code"))


def bring(request: Request) -> HttpResponse:
    """The form, and the files that came with it."""
    problem = None
    if request.method == "POST":
        try:
            upload = uploads.keep(request.FILES.getlist("files"), by=author(request.account), area=request.account.area)
        except uploads.Unfit as unfit:
            problem = Notice(unfit.text, "bad", Text("Not taken.", "未接收。"))
        else:
            uploads.start(upload)
            return redirect("imports.one", upload=upload.id)
    context = {
        "problem": problem,
        "largest": uploads.LARGEST // 1_000_000,
        "most": uploads.MOST_FILES,
        "accepted": ",".join(uploads.SUFFIXES),
    }
    crumbs = [(Text("Imports", "名册导入"), reverse("imports.list"))]
    return show(request, "imports/bring.html", context, crumbs=crumbs, status=422 if problem else 200)


def _mine(request: Request, upload: UUID) -> Upload:
    held = uploads_of(request.account).filter(id=upload).first()
    if held is None:
        raise Http404
    return held


def one(request: Request, upload: UUID) -> HttpResponse:
    """How far the reading has come; when it has ended, what came of it."""
    held = _mine(request, upload)
    if held.state in (Upload.State.WAITING, Upload.State.RUNNING) and uploads.rows_read(held) is None:
        Upload.objects.filter(id=held.id, state=held.state).update(
            state=Upload.State.FAILED, problem={"en": uploads.BROKEN_OFF.en, "zh": uploads.BROKEN_OFF.zh}, ended_at=clock.now()
        )
        held.refresh_from_db()
    context = _context(request, held)
    if "HX-Request" in request.headers:
        return render(request, "imports/state.html", context)
    crumbs = [(Text("Imports", "名册导入"), reverse("imports.list"))]
    return show(request, "imports/one.html", context, heading=_names(held), crumbs=crumbs, actions=_actions(request, held))


def _context(request: Request, held: Upload) -> dict[str, Any]:
    rows, changes = held.summary.get("rows", {}), held.summary.get("changes", {})
    read, of = uploads.rows_read(held) or (0, 0)
    review = reverse("imports.rows")
    tones = {"accepted": "good", "doubtful": "watch", "merged": "quiet", "parked": "bad"}
    tiles = [
        Tile(
            rows.get(name, 0),
            label,
            f"{review}?status={name}" if name in ("doubtful", "parked") else "",
            tone=tones[name] if rows.get(name) else "quiet",
        )
        for name, label in STATUSES.items()
    ]
    return {
        "upload": held,
        "running": held.state in (Upload.State.WAITING, Upload.State.RUNNING),
        "read": read,
        "of": of,
        "problem": Notice(Text(held.problem["en"], held.problem["zh"]), "bad") if held.problem else None,
        "tiles": tiles,
        "changes": [(label, changes[name]) for name, label in CHANGES.items() if changes.get(name)],
        "unknown": [name for name in held.summary.get("unknown_headings", []) if name not in _known()],
        "mapped": [name for name in held.summary.get("unknown_headings", []) if name in _known()],
        "dropped": held.summary.get("dropped_headings", []),
        "fields": [(name, FIELD_LABELS.get(name, name)) for name in FIELDS if asks(name, held.area)],
        "files": list(Import.objects.filter(upload=held.id).order_by("file")),
        "may_take": can(request.account, "exports.record"),
    }


def _known() -> set[str]:
    return set(Heading.objects.values_list("heading", flat=True))


def _names(held: Upload) -> str:
    names = [file["name"] for file in held.files]
    return "、".join(names[:3]) + (f" … ({len(names)})" if len(names) > 3 else "")


def _actions(request: Request, held: Upload) -> list[Action]:
    if held.state in (Upload.State.WAITING, Upload.State.RUNNING) or not uploads.can_be_read(held):
        return []
    return [Action(Text("Read again", "重新读取"), reverse("imports.again", kwargs={"upload": held.id}), "refresh", method="post")]


@require_POST
def again(request: Request, upload: UUID) -> HttpResponse:
    """Reads the same files once more, where a fault or a stopped server broke the reading off."""
    held = _mine(request, upload)
    if held.state not in (Upload.State.WAITING, Upload.State.RUNNING) and uploads.can_be_read(held):
        uploads.start(held)
        tell(request, STARTED, tone="info")
    return redirect("imports.one", upload=held.id)


@require_POST
def heading(request: Request, upload: UUID) -> HttpResponse:
    """Remembers what a column that was not known means."""
    held = _mine(request, upload)
    name, field = request.POST.get("heading", ""), request.POST.get("field", "")
    if name not in held.summary.get("unknown_headings", []) or field not in (*FIELDS, LEAVE_OUT):
        raise Http404
    told = {"field": "" if field == LEAVE_OUT else field, "by": author(request.account), "learned_at": clock.now()}
    Heading.objects.update_or_create(heading=name[:60], defaults=told)
    tell(request, REMEMBERED)
    return redirect("imports.one", upload=held.id)


def workbook(request: Request, brought: UUID) -> HttpResponse:
    """The same file with 结果 and 原因 beside each row; whoever takes it is written down with all whom it names."""
    held = imports_of(request.account).filter(id=brought).first()
    if held is None:
        raise Http404
    codes = RosterRow.objects.current().filter(Q(file=held.file)).exclude(person="").values_list("person", flat=True)
    trail.read(request.account, request.screen.name, codes, what="roster", purpose="workbook", path=request.path)
    name, content = returning.returned(held)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if name.endswith(".xlsx") else "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def brought_by(held: Import) -> str:
    """Who brought a file in, in words."""
    return str(BY_THE_COMMAND_LINE) if held.upload is None else held.by
