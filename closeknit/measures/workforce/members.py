"""Those who work in an area, with the telephone by which they are called, and entering it: also of members without an account."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access import trail
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Badge, Empty
from closeknit.console.records import links
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.registry.actions import Refused
from closeknit.registry.members.answering import role_words
from closeknit.registry.members.telephones import keep
from closeknit.registry.models import Member

NO_PHONE = Badge(Text("none kept", "未登记"), "watch")
PHONE = FormField(
    "phone",
    Text("Telephone", "联系电话"),
    maximum=60,
    help=Text(
        "Kept encrypted. Seen on the board by those whose line names this member. Left empty, none is kept.",
        "加密保存，仅供看板上有此人待办事项的工作人员查看。不填即不保存号码。",
    ),
)
SAVED = Text("Saved. The board calls this number from now on.", "已保存，今后看板显示此号码。")


def _areas(rows: list[Member]) -> list[Member]:
    names = Area.objects.names({row.area for row in rows})
    for row in rows:
        row.area_name = names.get(row.area, row.area)  # type: ignore[attr-defined]  # only for the page
    return rows


LIST = Listing(
    columns=(
        Column(
            "name", Text("Name", "姓名"), lambda row: row.name, sort=("name", "code"), phone="title",
            link=lambda row: reverse("workforce.member", args=[row.code]),
        ),
        Column("phone", PHONE.label, lambda row: row.phone or NO_PHONE, phone="end", export=lambda row: row.phone),
        Column("role", Text("Role", "职务"), lambda row: role_words(row.role) or None, sort=("role", "code")),
        Column("area", Text("Area", "地区"), lambda row: row.area_name, sort=("area", "code")),
        Column("unit", Text("Unit", "单位"), lambda row: row.unit or None, sort=("unit", "code")),
        Column("team", Text("Team", "班组"), lambda row: row.team or None, sort=("team", "code"), hidden=True),
        Column("code", Text("Code", "人员编号"), lambda row: row.code, sort=("code",), hidden=True),
    ),
    order="area",
    empty=Empty(
        Text("No members here yet", "本辖区尚无人员"),
        Text("`closeknit import members members.csv` brings them.", "用 closeknit import members members.csv 导入。"),
        icon="users",
    ),
    filters=(
        Filter("none", Text("Without a telephone only", "仅看未登记电话"), lambda rows, value: rows.filter(personal=None), type="flag"),
    ),
    search=words_in("name", "code", "unit", "team"),
    codes=lambda row: (row.code,),
    what="member",
    dress=_areas,
)  # fmt: skip


def members(request: Request, area: str) -> HttpResponse:
    """The members of an area and of those below it."""
    row = Area.objects.current().get(code=area)
    rows = Member.objects.current().filter(area__in=Area.objects.below(area).values("code"))
    crumbs = [*links.above(request.account, row, "workforce.members"), (row.name, reverse("workforce.now", args=[area]))]
    return LIST.respond(request, rows, crumbs=crumbs)


def member(request: Request, code: str) -> HttpResponse:
    """Enters or changes a member's telephone."""
    row = Member.objects.current().filter(code=code).first()
    if row is None:
        raise Http404
    form = Form((PHONE,), request.POST if request.method == "POST" else None, {"phone": row.phone})
    back = reverse("workforce.members", args=[row.area])
    if form.valid():
        try:
            keep(row, form.values["phone"] or "", by=author(request.account))
        except Refused as refused:
            form.refuse(refused.field, refused.text)
        else:
            tell(request, SAVED)
            return redirect(back)
    trail.read(request.account, request.screen.name, [code], what="member", path=request.path)
    context = {"form": form, "cancel": back}
    heading = Text("Telephone: {name}", "联系电话：{name}", name=row.name)
    crumbs = [(request.screen.title, back)]
    return show(request, "console/pages/form.html", context, heading=heading, crumbs=crumbs, status=422 if form.errors else 200)


def area_of(code: str) -> str | None:
    """The area of a member, by which the gate decides."""
    return Member.objects.current().filter(code=code).values_list("area", flat=True).first()
