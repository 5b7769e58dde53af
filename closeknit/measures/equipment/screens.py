"""The register of checkpoints and the equipment of one: what must be there, what is there, counted in one form."""

from dataclasses import replace
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.scope import can, in_scope
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, where, words_said
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty
from closeknit.console.records import asking, links
from closeknit.console.records.saving import Entry, author, save
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.ids import carried_id, uuid7
from closeknit.kit.text import Text
from closeknit.measures.equipment.posts import CATEGORY, TYPES, Post, of_places, posts
from closeknit.policy.packs import policy
from closeknit.registry.models import Place
from closeknit.registry.placing import new_code, put_place
from closeknit.registry.reading.names import choices

REGISTER = Text("Register of checkpoints", "卡点台账")
NEW = Text("Register a checkpoint", "登记卡点")
NO_TYPE = Text("type not said", "未定类型")
NONE = Empty(
    Text("No checkpoint is registered here", "本辖区未登记卡点"),
    Text("Register each with its type; then say what must stand there.", "请逐个登记卡点和类型，再设置应配物资。"),
    icon="barrier-block",
)
SAME = Text("A checkpoint of this name is registered there already.", "该地区已登记同名卡点。")
OUTSIDE = Text("This lies outside your area. Choose one of yours.", "不在您的辖区，请选择本辖区。")
DONE, COUNTED = (
    Text("Registered. Now its equipment.", "已登记，请配置物资。"),
    Text("Counted: {n} item{n:s} put right.", "已盘点，更正 {n} 项。"),
)
LISTED = Text("The list of the rules is set: {n} item{n:s}.", "已按规定清单设置 {n} 项应配物资。")


def _state(post: Post) -> Badge:
    if post.is_closed:
        return Badge(Text("closed", "停用"), "quiet")
    if post.lacking:
        return Badge(Text("something is missing", "物资不齐"), "watch")
    return Badge(Text("complete", "物资齐备"), "good") if post.items else Badge(Text("no list yet", "未配置清单"), "quiet")


REGISTERED = Listing(
    columns=(
        Column("name", Text("Checkpoint", "卡点"), lambda row: row.place.name, sort=lambda row: (row.place.name, row.place.code),
               link=lambda row: links.to("equipment.post", code=row.place.code), phone="title"),
        Column("state", Text("State", "状态"), _state, sort=lambda row: (row.is_closed, -len(row.lacking), row.place.code), phone="end"),
        Column("type", Text("Type", "类型"), lambda row: TYPES.get(row.type, NO_TYPE), sort=lambda row: (row.type, row.place.code)),
        Column("hours", Text("Hours", "值守时间"), lambda row: (row.said.data.get("hours") if row.said else None) or None),
        Column("lacking", Text("Items missing", "缺少物资项"), lambda row: len(row.lacking) or None, number=True,
               sort=lambda row: len(row.lacking)),
        Column("area", Text("Area", "地区"), lambda row: row.area, sort=lambda row: (row.area, row.place.code)),
        Column("code", Text("Code", "编号"), lambda row: row.place.code, sort=lambda row: row.place.code, hidden=True),
    ),
    order="name",
    empty=NONE,
    filters=(
        Filter("type", Text("Type", "类型"), where(lambda row, value: row.type == value), choices=list(TYPES.items())),
        Filter("lacking", Text("Something is missing", "物资不齐"), where(lambda row, value: bool(row.lacking)), type="flag"),
    ),
    search=words_said(lambda row: (row.place.name, row.place.code, row.area)),
)  # fmt: skip


def register(request: Request, area: str) -> HttpResponse:
    """The checkpoints of an area by type, and which lack something."""
    row, found = Area.objects.current().get(code=area), posts(area)
    actions = (
        [Action(NEW, links.to("equipment.new", area=area), "plus", primary=True)] if can(request.account, "checkpoints.manage") else []
    )
    listing = REGISTERED if found else replace(REGISTERED, filters=())
    return listing.respond(request, found, crumbs=links.above(request.account, row, "equipment.posts"), actions=actions)


def new(request: Request, area: str) -> HttpResponse:
    """A checkpoint that no list has, with its type."""
    own = [
        FormField("name", Text("Name", "名称"), required=True, maximum=100),
        FormField("area", Text("Area", "地区"), "choice", required=True, choices=choices(request.account)),
    ]
    fields = [*own, *asking.fields("checkpoints.post_set", "type", "hours")]
    form = Form(fields, request.POST or None, {"area": area})
    if form.valid():
        if not in_scope(request.account, form.values["area"]):
            form.refuse("area", OUTSIDE)
        elif Place.objects.current().filter(area=form.values["area"], name=form.values["name"], category=CATEGORY).exists():
            form.refuse("name", SAME)
        else:
            tell(request, DONE)
            return redirect("equipment.post", code=_registered(request, form.values))
    back = links.to("equipment.posts", area=area)
    context = {"form": form, "cancel": back, "hidden": [("event", carried_id(request.POST))]}
    return show(request, "console/pages/form.html", context, crumbs=[(REGISTER, back)], status=422 if form.errors else 200)


def _registered(request: Request, said: dict[str, Any]) -> str:
    with transaction.atomic():
        code = new_code(said["area"])
        place = {"name": said["name"], "category": CATEGORY, "area": said["area"]}
        put_place(code, place, by=author(request.account), reason=str(REGISTER))
        data = asking.said("checkpoints.post_set", {"type": said["type"], "hours": said["hours"], "state": "open"}, said["area"])
        save(request.account, Entry(carried_id(request.POST), "checkpoints.post_set", said["area"], data, {"place": code}))
    return code


def _post(code: str) -> Post:
    row = Place.objects.current().filter(code=code, category=CATEGORY).first()
    if row is None:
        raise Http404
    return of_places([row])[0]


def post(request: Request, code: str) -> HttpResponse:
    """One checkpoint's equipment: must, is, lacks; a count of all in one form, and the list of the rules in one press."""
    held = _post(code)
    area, may = held.place.area, can(request.account, "checkpoints.record")
    if request.method == "POST" and may:
        if request.POST.get("do") == "list":
            tell(request, LISTED.format(n=_list(request, held)))
            return redirect("equipment.post", code=code)
        form = Form(_counts(held), request.POST)
        if form.valid():
            tell(request, COUNTED.format(n=_counted(request, held, form)))
            return redirect("equipment.post", code=code)
    else:
        form = Form(_counts(held), None, {f"n{number}": each.stock for number, each in enumerate(held.items)})
    asked = {each.field.name: each for each in form.asked}
    wanted = policy(area).get("checkpoints.equipment")
    said = links.to("records.record", kind="checkpoints.post_set")
    back = reverse("equipment.post", args=[code])
    actions = [
        Action(Text("Passages", "查验情况"), links.to("checkpoints.post", code=code), "barrier-block"),
        Action(Text("Moves", "出入库"), links.to("stock.place", code=code), "package"),
    ]
    if said and can(request.account, "checkpoints.manage"):
        actions.append(Action(Text("Type and hours", "类型与时间"), f"{said}?place={code}&area={area}&next={back}", "adjustments"))
    context = {
        "post": held, "state": _state(held), "type": TYPES.get(held.type, NO_TYPE), "may": may, "form": form, "event": uuid7(),
        "rows": [(each, asked[f"n{number}"]) for number, each in enumerate(held.items)],
        "missing": [item for item in wanted if item not in {each.item for each in held.items}],
    }  # fmt: skip
    row = Area.objects.current().get(code=area)
    crumbs = [*links.above(request.account, row, "equipment.posts"), (row.name, links.to("equipment.posts", area=area))]
    status = 422 if form.errors else 200
    actions = [each for each in actions if each.url]
    return show(request, "equipment/post.html", context, heading=held.place.name, crumbs=crumbs, actions=actions, status=status)


def _counts(post: Post) -> list[FormField]:
    there = Text("{item}: there are", "{item} 现有")
    return [FormField(f"n{number}", there.format(item=each.item), "integer", minimum=0) for number, each in enumerate(post.items)]


def _list(request: Request, post: Post) -> int:
    """Sets what the pack's list asks for, where nothing was set."""
    set_already = {each.item for each in post.items if each.minimum is not None}
    wanted = {item: number for item, number in policy(post.place.area).get("checkpoints.equipment").items() if item not in set_already}
    form = carried_id(request.POST)
    for item, number in wanted.items():
        data = {"item": item, "quantity": number}
        save(request.account, Entry(uuid5(form, item), "supplies.minimum_set", post.place.area, data, {"place": post.place.code}))
    return len(wanted)


def _counted(request: Request, post: Post, form: Form) -> int:
    """Records the difference of each item that was counted otherwise than it stands."""
    event, right = carried_id(request.POST), 0
    for number, each in enumerate(post.items):
        there = form.values.get(f"n{number}")
        if there is None or there == each.stock:
            continue
        data = {"item": each.item, "quantity": there - each.stock, "reason": "counted"}
        save(request.account, Entry(uuid5(event, each.item), "supplies.stock_moved", post.place.area, data, {"place": post.place.code}))
        right += 1
    return right
