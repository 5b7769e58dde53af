"""Putting a venue into the register, and its entry right; its entrances."""

from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from closeknit.access.models import Account
from closeknit.access.scope import in_scope
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.records import links
from closeknit.console.records.saving import Entry, author, guard, save
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.text import Text
from closeknit.ledger.fields import Invalid
from closeknit.measures.venueregister.entrances import MAIN, entrances
from closeknit.measures.venueregister.listing import REGISTER
from closeknit.measures.venues.kinds import LONGEST_ENTRANCE
from closeknit.policy.packs import Policy, policy
from closeknit.registry.models import Place
from closeknit.registry.placing import new_code, put_place
from closeknit.registry.reading.names import choices
from closeknit.registry.reading.places import category

REASON = FormField("reason", Text("Reason", "更正原因"), required=True, maximum=200)
MANY = Text(
    "One a line; left empty: one main entrance. Each gets a code of its own.", "每行一个；不填则只有一个主出入口。每个出入口单独制码。"
)
KEPT, NOTHING = (
    Text("Registered. Print its codes and hang them.", "已登记，请打印登记码并张贴。"),
    Text("Nothing was changed.", "未作任何改动。"),
)
PUT_RIGHT = Text("Put right. The register keeps both versions.", "已更正，前后两版均保留。")
OUTSIDE = Text("This lies outside your area. Choose one of yours.", "不在您的辖区，请选择本辖区。")
TAKEN = Text("A venue of this name is registered there already: {code}.", "该地区已登记同名场所：{code}。")
NO_SUCH = Text("This place has no such entrance in use. There are: {names}.", "该场所没有此出入口，现有：{names}。")
TOO_LONG = Text("At most {n} characters each.", "每个出入口名称不超过 {n} 个字。", n=LONGEST_ENTRANCE)


def _fields(account: Account, pack: Policy) -> list[FormField]:
    return [
        FormField("name", Text("Name", "名称"), required=True, maximum=100),
        FormField("category", Text("Category", "类别"), "choice", True, [(code, category(code)) for code in pack.get("venues.categories")]),
        FormField("area", Text("Area", "地区"), "choice", required=True, choices=choices(account)),
    ]


def new(request: Request, area: str) -> HttpResponse:
    """A venue that no list has, with its entrances."""
    own = [FormField("entrances", Text("Entrances", "出入口"), "list", help=MANY), FormField("event", "", "hidden")]
    form = Form([*_fields(request.account, policy(area)), *own], request.POST or None, {"area": area, "event": str(uuid7())})
    if form.valid() and _may(request, form):
        code = _registered(request.account, form)
        tell(request, KEPT)
        return redirect("venues.place", code=code)
    back = links.to("venues.register", area=area)
    context = {"form": form, "cancel": back}
    return show(request, "console/pages/form.html", context, crumbs=[(REGISTER, back)], status=422 if form.errors else 200)


def _may(request: Request, form: Form) -> bool:
    said = form.values
    if not in_scope(request.account, said["area"]):
        form.refuse("area", OUTSIDE)
    same = Place.objects.current().filter(area=said["area"], name=said["name"]).values_list("code", flat=True).first()
    if same:
        form.refuse("name", TAKEN.format(code=same))
    if any(len(name) > LONGEST_ENTRANCE for name in said["entrances"]):
        form.refuse("entrances", TOO_LONG)
    return not form.errors


def _registered(account: Account, form: Form) -> str:
    said = form.values
    with transaction.atomic():
        code = new_code(said["area"])
        wanted: dict[str, Any] = {name: said[name] for name in ("name", "category", "area")}
        put_place(code, wanted, by=author(account), reason=str(REGISTER))
        for name in dict.fromkeys(said["entrances"]):
            data = {"entrance": name, "state": "in_use"}
            save(account, Entry(uuid5(UUID(said["event"]), name), "venues.entrance_set", said["area"], data, {"place": code}))
    return code


def change(request: Request, code: str) -> HttpResponse:
    """A venue's name, category or area put right, with the reason."""
    row = Place.objects.current().filter(code=code).first()
    if row is None:
        raise Http404
    initial = {"name": row.name, "category": row.category, "area": row.area}
    form = Form([*_fields(request.account, policy(row.area)), REASON], request.POST or None, initial)
    if form.valid() and not in_scope(request.account, form.values["area"]):
        form.refuse("area", OUTSIDE)
    if form.valid():
        said = {name: form.values[name] for name in initial}
        changed = put_place(code, said, by=author(request.account), reason=form.values["reason"])
        tell(request, PUT_RIGHT if changed else NOTHING, tone="good" if changed else "info")
        return redirect("venues.place", code=code)
    back = links.to("venues.place", code=code)
    context = {"form": form, "cancel": back}
    heading = Text("Put right: {name}", "更正：{name}", name=row.name)
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=[(row.name, back)], status=422 if form.errors else 200)


def _of_this_place(account: Account, entry: Entry) -> None:
    """Raises `Invalid` where somebody at a desk looked at an entrance that the place does not have."""
    code, name = entry.references.get("place", ""), str(entry.data.get("entrance", MAIN))
    known = [each.name for each in entrances(Place.objects.current().filter(code=code), clock.now()) if each.is_set]
    if known and name not in known:
        raise Invalid("data.entrance", "unknown_code", NO_SUCH.format(names="、".join(filter(None, known)) or "—"))


guard("venues.entrance_checked", _of_this_place)
