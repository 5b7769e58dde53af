"""Putting a person's or a household's entry right, with a reason; the register keeps both versions."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.access.scope import in_scope
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.measures.entries.trails import crumbs
from closeknit.registry.actions import Refused, amend_household, amend_person
from closeknit.registry.kinds import Category
from closeknit.registry.models import Household, Person
from closeknit.registry.reading.names import area_of_household, choices, masked_id, masked_phone

REASON = FormField("reason", Text("Reason", "更正原因"), required=True, maximum=200)
DONE = Text("Put right. The register keeps both versions.", "已更正，前后两版均保留。")
NOTHING = Text("Nothing was changed. Change what is wrong, or cancel.", "未作任何改动。请更正后保存，或取消。")
EMPTY_KEEPS = Text("Left empty: {now} stays.", "不填则保留 {now}。")
OUTSIDE = Text("This lies outside your area. Choose one of yours.", "不在您的辖区，请选择本辖区。")


def person(request: Request, code: str) -> HttpResponse:
    row = Person.objects.current().filter(code=code).first()
    if row is None:
        raise Http404
    told = row.told()
    numbers = {"id_no": masked_id(told.get("id_no", "")), "phone": masked_phone(told.get("phone", ""))}
    fields = [
        FormField("name", Text("Name", "姓名"), required=True, maximum=60),
        FormField("id_no", Text("ID number", "证件号码"), maximum=30, help=EMPTY_KEEPS.format(now=numbers["id_no"] or "—")),
        FormField("phone", Text("Telephone", "联系电话"), maximum=60, help=EMPTY_KEEPS.format(now=numbers["phone"] or "—")),
        FormField("household", Text("Lives in household", "所在户编号"), required=True, maximum=80),
        FormField("area", Text("Area", "所属区域"), "choice", required=True, choices=choices(request.account)),
        FormField("category", Text("Category", "人员类别"), "choice", choices=[(each.value, each.label) for each in Category]),
        FormField("note", Text("Note", "备注"), maximum=200),
    ]
    initial = {"name": told.get("name", ""), "household": row.household, "area": row.area, "note": told.get("note", "")}
    initial["category"] = row.category
    form = Form([*fields, REASON], request.POST if request.method == "POST" else None, initial)
    changes = _changes(form, initial)
    if form.valid() and _may(request, form, changes):
        try:
            amend_person(code, changes, by=author(request.account), reason=form.values["reason"])
        except Refused as refused:
            form.refuse(refused.field, refused.text)
        else:
            tell(request, DONE)
            return redirect("register.person", code=code)
    return _page(request, form, str(initial["name"]), code, row.area)


def household(request: Request, code: str) -> HttpResponse:
    row = Household.objects.current().filter(code=code).first()
    if row is None:
        raise Http404
    told = row.told()
    fields = [
        FormField("address", Text("Address", "住址"), maximum=200),
        FormField("landmark", Text("Landmark", "位置说明"), maximum=200),
        FormField(
            "area",
            Text("Area (its people go with it)", "所属区域（户内人员一并划转）"),
            "choice",
            required=True,
            choices=choices(request.account),
        ),
    ]
    initial = {"address": told.get("address", ""), "landmark": told.get("landmark", ""), "area": row.area}
    form = Form([*fields, REASON], request.POST if request.method == "POST" else None, initial)
    changes = _changes(form, initial)
    if form.valid() and _may(request, form, changes):
        amend_household(code, changes, by=author(request.account), reason=form.values["reason"])
        tell(request, DONE)
        return redirect("register.household", code=code)
    return _page(request, form, str(initial["address"] or code), code, row.area)


def _changes(form: Form, initial: dict[str, str]) -> dict[str, str]:
    typed = {name: value for name, value in form.values.items() if name != "reason" and value != initial.get(name, "")}
    return {name: value for name, value in typed.items() if value or name in initial}


def _may(request: Request, form: Form, changes: dict[str, str]) -> bool:
    if not changes:
        form.refuse("", NOTHING)
    if "area" in changes and not in_scope(request.account, changes["area"]):
        form.refuse("area", OUTSIDE)
    if "household" in changes and not in_scope(request.account, area_of_household(changes["household"])):
        form.refuse("household", OUTSIDE)
    return not form.errors


def _page(request: Request, form: Form, name: str, code: str, area: str) -> HttpResponse:
    kind = request.screen.name.removeprefix("register.amend_")
    back = reverse(f"register.{kind}", kwargs={"code": code})
    trail.read(request.account, request.screen.name, [code], what=kind, path=request.path)
    heading = Text("Put right: {name}", "更正：{name}", name=name)
    above = crumbs(request.account, area, (name, back))
    return show(
        request,
        "console/pages/form.html",
        {"form": form, "cancel": back},
        heading=heading,
        crumbs=above,
        status=422 if form.errors else 200,
    )
