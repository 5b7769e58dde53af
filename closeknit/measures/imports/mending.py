"""One row that was doubted or set aside: its cells beside the form that mends it."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from closeknit.access import trail
from closeknit.access.models import Account
from closeknit.access.scope import in_scope, visible
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.records import links
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import citizen_id
from closeknit.kit.sealing import blind
from closeknit.kit.text import Text
from closeknit.measures.imports.words import FIELD_LABELS, asks
from closeknit.registry.actions import REAL_ID, Refused
from closeknit.registry.models import Import, Person, RosterRow
from closeknit.registry.reading.names import area_of_household, choices
from closeknit.registry.review import mending
from closeknit.registry.roster.verdict import CURES, REASONS, STATUSES

MOST_AREAS = 2000
VALID = Text("The number is right: born {born}, {sex}.", "号码有效：{born} 出生，{sex}。")
SOMEBODYS = Text("Somebody in the register has this number: the two will be made one person.", "名册中已有此号码：保存后两行视为同一人。")
MENDED = Text("Mended. What waited for it was judged again.", "已更正，等待中的记录已重新处理。")
STILL = Text("Saved; the doubt about the ID stays.", "已保存；证件存疑仍保留。")
ONE_PERSON = Text(
    "Saved. This ID is that of {code}: one person, this household is a second address.",
    "已保存。该证件号属 {code}，视为同一人，本户作为第二住址。",
)
LEFT = Text(
    "Left as it is. The person stays in the register and is due; the doubt stays too.", "已保留原样。人员仍在册、应访应检，存疑标记保留。"
)
REASON = FormField("reason", Text("How do you know? (goes into the record)", "更正依据（记入流水）"), required=True, maximum=200)
SEXES = {"m": Text("male", "男"), "f": Text("female", "女")}


def area_of_row(row: UUID) -> str | None:
    """Where a row lies; of one that could not be placed where its file lies."""
    held = RosterRow.objects.filter(id=row).values("area", "brought_by").first()
    if held is None:
        return None
    return held["area"] or Import.objects.filter(id=held["brought_by"]).values_list("area", flat=True).first()


def row(request: Request, row: UUID) -> HttpResponse:
    held = RosterRow.objects.current().filter(id=row).first()
    if held is None:
        return _later(row)
    cells = {name: str(text) for name, text in held.told().items()}
    form = Form(_fields(request.account, held, cells), request.POST if request.method == "POST" else None, _initial(held, cells))
    if form.valid():
        answer = _left(request, held, form) if "leave" in request.POST else _mended(request, held, form, cells)
        if answer is not None:
            return answer
    trail.read(request.account, request.screen.name, [held.person or f"row:{held.id}"], what="roster", path=request.path)
    cure = mending.cure_of(held, cells)
    words = Text("{reason}. {cure}", "{reason}。{cure}", reason=REASONS.get(held.reason, ""), cure=cure or "")  # type: ignore[call-overload]
    context = {
        "row": held,
        "status": STATUSES[held.status],  # type: ignore[index]  # the model's states are the verdict's
        "cells": [
            (FIELD_LABELS.get(name, name), text, name in _wrong(held)) for name, text in cells.items() if asks(name, request.account.area)
        ],
        "form": form,
        "cure": Notice(words, "bad" if held.status == "parked" else "watch") if held.reason else None,
        "may_leave": held.status == "doubtful" and not held.left,
        "person": links.to("register.person", code=held.person) if held.status != "parked" and held.person else "",
        "next": reverse("imports.rows") + "?" + request.GET.get("back", ""),
    }
    where = " · ".join(filter(None, (held.file, held.sheet, str(held.row))))
    crumbs = [(Text("Imports", "名册导入"), reverse("imports.list")), (Text("Rows to be put right", "待核行"), reverse("imports.rows"))]
    return show(request, "imports/row.html", context, heading=where, crumbs=crumbs, status=422 if form.errors else 200)


def _later(row: UUID) -> HttpResponse:
    """A version that no longer stands leads to the one that does."""
    old = RosterRow.objects.filter(id=row).first()
    same = RosterRow.objects.current().filter(file=old.file, sheet=old.sheet, row=old.row).first() if old else None
    if same is None:
        raise Http404
    return redirect("imports.row", row=same.id)


def _wrong(held: RosterRow) -> set[str]:
    return {"missing_name": {"name"}, "unknown_area": {*mending.OF_THE_AREA}, "bad_id": {"id_no"}, "no_id": {"id_no"}}.get(
        held.reason, set()
    )


def _fields(account: Account, held: RosterRow, cells: dict[str, str]) -> list[FormField]:
    return [
        FormField("name", Text("Name", "姓名"), required=True, maximum=60),
        FormField("id_no", Text("ID number", "证件号码"), maximum=40),
        FormField("area", Text("Area", "所属区域"), "choice", required=True, choices=choices(account, MOST_AREAS)),
        FormField("household", Text("Household code", "户编号"), maximum=80),
        REASON,
    ]


def _initial(held: RosterRow, cells: dict[str, str]) -> dict[str, str]:
    return {"name": cells.get("name", ""), "id_no": cells.get("id_no", ""), "area": held.area, "household": cells.get("household", "")}


def _mended(request: Request, held: RosterRow, form: Form, cells: dict[str, str]) -> HttpResponse | None:
    before = _initial(held, cells)
    changes = {name: str(value) for name, value in form.values.items() if name != "reason" and value != before[name]}
    if not changes:
        form.refuse(
            "",
            Text("Nothing was changed. Change what is wrong, or leave the row as it is.", "未作任何改动。请更正后保存，或选择保留原样。"),
        )
        return None
    if not in_scope(request.account, form.values["area"]):
        form.refuse("area", Text("This area is not yours. Choose one of the list.", "该地区不在您的辖区，请从列表中选择。"))
        return None
    if (
        "household" in changes
        and area_of_household(changes["household"])
        and not in_scope(request.account, area_of_household(changes["household"]))
    ):
        form.refuse("household", Text("This household lies outside your area.", "该户不在您的辖区。"))
        return None
    try:
        done = mending.mend(held, changes, by=author(request.account), reason=form.values["reason"], within=request.account.area)
    except Refused as refused:
        form.refuse(refused.field, refused.text)
        return None
    tell(request, ONE_PERSON.format(code=done.merged_into) if done.merged_into else STILL if done.row.status == "doubtful" else MENDED)
    return _next(request)


def _left(request: Request, held: RosterRow, form: Form) -> HttpResponse | None:
    try:
        mending.leave(held, by=author(request.account), reason=form.values["reason"])
    except Refused as refused:
        form.refuse(refused.field, refused.text)
        return None
    tell(request, LEFT)
    return _next(request)


def _next(request: Request) -> HttpResponse:
    back = request.GET.get("back", "")
    return redirect(reverse("imports.rows") + (f"?{back}" if back else ""))


@require_POST
def check(request: Request, row: UUID) -> HttpResponse:
    """A line below the ID as it is typed: what is wrong with it, or what it tells. It comes by POST, so that no log keeps the number."""
    text = request.POST.get("id_no", "")[:60]
    said, tone = _checked(request.account, row, text)
    return render(request, "imports/checked.html", {"said": Notice(said, tone)})


def _checked(account: Account, row: UUID, text: str) -> tuple[Text, str]:
    reading = citizen_id.read(text)
    if not settings.REAL_DATA and (citizen_id.may_be_real(text) or (reading.number and not reading.number.startswith("99"))):
        return REAL_ID, "bad"
    if reading.fault:
        return CURES[reading.fault], "watch" if reading.fault == "empty" else "bad"
    held = RosterRow.objects.filter(id=row).first()
    others = visible(Person.objects.current(), account).filter(id_index=blind(reading.number, purpose="id"))
    if held and others.exclude(code=held.person).exists():
        return SOMEBODYS, "watch"
    return VALID.format(born=reading.birth_date, sex=SEXES.get(reading.sex, "")), "good"
