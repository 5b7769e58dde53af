"""Lists of accounts, a new one, and what can be changed about one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from closeknit.access.giving import Refused, check, give, renew
from closeknit.access.models import Account
from closeknit.access.roles import ROLES
from closeknit.access.scope import can, in_scope, visible
from closeknit.areas.models import Area
from closeknit.console.forms import Form, FormField
from closeknit.console.lists.columns import Column, Filter, equals, words_in
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Action, Badge, Empty, Notice
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text

ACCOUNTS = Text("Accounts", "账户管理")
OPEN, CLOSED = Badge(Text("Open", "启用"), "good"), Badge(Text("Closed", "停用"), "quiet")
SHOWN_ONCE = Text(
    "One-time password of {who}: {password}. It is shown only now; give it to the person yourself.",
    "{who} 的一次性密码：{password}。仅显示这一次，请当面告知本人。",
)
OWN = Text("Nobody closes or changes their own account; ask another administrator.", "不能停用或变更自己的账户，请由其他管理员办理。")
ROLE = FormField("role", Text("Role", "角色"), type="choice", required=True, choices=tuple(ROLES.items()))
AREA = FormField(
    "area",
    Text("Area code", "地区代码"),
    required=True,
    help=Text("Sees this area and everything below it.", "可查看该地区及其下级的数据。"),
)
NAME = FormField("name", Text("Name", "姓名"), maximum=100)
MEMBER = FormField("member", Text("Member code", "人员编号"), maximum=32, help=Text("Where there is one.", "如有。"))
USERNAME = FormField("username", Text("User name", "用户名"), required=True, maximum=64)
ACTIVE = FormField("is_active", Text("May sign in", "允许登录"), type="boolean")


def _areas(rows: list[Account]) -> list[Account]:
    names = Area.objects.names({row.area for row in rows})
    for row in rows:
        row.area_name = names.get(row.area, row.area)  # type: ignore[attr-defined]  # only for the page
    return rows


LIST = Listing(
    columns=(
        Column(
            "username", USERNAME.label, lambda row: row.username, sort=("username",), phone="title",
            link=lambda row: reverse("accounts.account", args=[row.username]),
        ),
        Column("name", NAME.label, lambda row: row.name, sort=("name",)),
        Column("role", ROLE.label, lambda row: ROLES.get(row.role, row.role), sort=("role",)),
        Column("area", Text("Area", "地区"), lambda row: row.area_name, sort=("area",)),
        Column("last", Text("Last signed in", "最近登录"), lambda row: row.last_login, sort=("last_login",)),
        Column("state", Text("State", "状态"), lambda row: OPEN if row.is_active else CLOSED, sort=("is_active",), phone="end"),
    ),
    order="username",
    empty=Empty(Text("No accounts yet.", "尚无账户。")),
    filters=(
        Filter("role", ROLE.label, equals("role"), choices=tuple(ROLES.items())),
        Filter("open", Text("Open only", "仅启用"), lambda rows, value: rows.filter(is_active=True), type="flag"),
    ),
    search=words_in("username", "name", "area"),
    dress=_areas,
)  # fmt: skip


def accounts(request: Request) -> HttpResponse:
    """The accounts of the reader's area."""
    actions = [Action(Text("New account", "新增账户"), reverse("accounts.new"), "user-plus", primary=True)] if _may_manage(request) else []
    return LIST.respond(request, visible(Account.objects.all(), request.account), actions=actions)


def new(request: Request) -> HttpResponse:
    """Gives an account and shows its one-time password once."""
    form = Form((USERNAME, NAME, ROLE, AREA, MEMBER), request.POST if request.method == "POST" else None)
    if form.valid() and not in_scope(request.account, form.values["area"]):
        form.refuse("area", Text("This area is not yours to give.", "无权开通该地区的账户。"))
    if form.valid():
        try:
            account, password = give(**{name: value or "" for name, value in form.values.items()})
        except Refused as refused:
            form.refuse(refused.field, refused.text)
        else:
            return _shown_once(request, account, password)
    return _form(request, form, crumbs=_crumbs())


def account(request: Request, username: str) -> HttpResponse:
    """Changes an account: role, area, name; closes it; renews its password."""
    one = Account.objects.filter(username=username).first()
    if one is None:
        raise Http404
    if request.POST.get("do") == "renew":
        return _shown_once(request, one, renew(one))
    form = Form((NAME, ROLE, AREA, MEMBER, ACTIVE), request.POST if request.method == "POST" else None, _values(one))
    if form.valid():
        _refuse_beyond(request, form, one)
    if form.valid():
        for name, value in form.values.items():
            setattr(one, name, value if name == "is_active" else value or "")
        one.save(update_fields=list(form.values))
        tell(request, Text("Saved. It holds from the next page on.", "已保存，即时生效。"))
        return redirect("accounts.list")
    return _form(request, form, heading=one.username, crumbs=_crumbs(), context={"renewable": True})


def area_of(username: str) -> str | None:
    """The area of an account, by which the gate decides."""
    found = Account.objects.filter(username=username).values_list("area", flat=True).first()
    return found or None


def _values(one: Account) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("name", "role", "area", "member", "is_active")}


def _refuse_beyond(request: Request, form: Form, one: Account) -> None:
    try:
        check(role=form.values["role"], area=form.values["area"])
    except Refused as refused:
        form.refuse(refused.field, refused.text)
    if not in_scope(request.account, form.values["area"]):
        form.refuse("area", Text("This area is not yours to give.", "无权开通该地区的账户。"))
    if one == request.account and (not form.values["is_active"] or form.values["role"] != one.role):
        form.refuse(
            "role",
            Text(
                "Nobody closes or changes their own account; ask another administrator.", "不能停用或变更自己的账户，请由其他管理员办理。"
            ),
        )


def _may_manage(request: Request) -> bool:
    return can(request.account, "access.manage")


def _shown_once(request: Request, one: Account, password: str) -> HttpResponse:
    notice = Notice(SHOWN_ONCE.format(who=one.username, password=password), "watch")
    back = [Action(Text("Back to the accounts", "返回账户列表"), reverse("accounts.list"), primary=True)]
    return show(request, "accounts/given.html", {"notices": [notice]}, heading=one.username, crumbs=_crumbs(), actions=back)


def _form(request: Request, form: Form, **page: Any) -> HttpResponse:
    context = {"form": form, "cancel": reverse("accounts.list"), **page.pop("context", {})}
    return show(request, "accounts/form.html", context, status=422 if form.errors else 200, **page)


def _crumbs() -> list[tuple[Text | str, str]]:
    return [(ACCOUNTS, reverse("accounts.list"))]
