"""Signing in and out, and changing one's password."""

from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from closeknit.access import signing
from closeknit.console.forms import Form, FormField
from closeknit.console.page import show
from closeknit.console.parts import Notice
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text

SIGN_IN = (
    FormField("username", Text("User name", "用户名"), required=True, autocomplete="username"),
    FormField("password", Text("Password", "密码"), type="password", required=True, autocomplete="current-password"),
    FormField("next", "", type="hidden"),
)
PASSWORD = (
    FormField("old", Text("Present password", "当前密码"), type="password", required=True, autocomplete="current-password"),
    FormField(
        "new",
        Text("New password", "新密码"),
        type="password",
        required=True,
        autocomplete="new-password",
        help=Text(
            "At least {n} characters. A few words in a row are safer than signs nobody can keep.",
            "至少 {n} 位。几个词连写，比难记的符号更安全。",
            n=signing.SHORTEST,
        ),
    ),
    FormField("again", Text("New password again", "再输一次新密码"), type="password", required=True, autocomplete="new-password"),
)


def back_to(request: Request, url: str, otherwise: str = "/") -> str:
    """`url` where it is a page of ours, else another one."""
    ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if ours else otherwise


def sign_in(request: Request) -> HttpResponse:
    form = Form(SIGN_IN, request.POST if request.method == "POST" else None, {"next": request.GET.get("next", "")})
    if form.valid():
        answer = signing.check(request, form.values["username"], form.values["password"])
        if answer.account is not None:
            login(request, answer.account)
            response = redirect(back_to(request, form.values["next"]))
            if answer.account.language:
                response.set_cookie("django_language", answer.account.language, samesite="Lax", httponly=True, secure=request.is_secure())
            return response
        form.refuse("", answer.error or signing.WRONG)
    words = {"form": form, "sign_in_word": Text("Sign in", "登录")}
    return show(request, "console/pages/sign_in.html", words, status=422 if form.errors else 200)


@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return redirect("console.sign_in")


def password(request: Request) -> HttpResponse:
    account = request.account
    form = Form(PASSWORD, request.POST if request.method == "POST" else None)
    refusal = signing.refusal(account, **form.values) if form.valid() else None
    if refusal is not None:
        form.refuse(*refusal)
    if form.valid():
        account.set_password(form.values["new"])
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        update_session_auth_hash(request, account)
        tell(request, Text("Your password is changed.", "密码已修改。"))
        return redirect("console.home")
    first = Notice(Text("This is your first time here: choose a password of your own.", "首次登录，请先设置自己的密码。"))
    notices = [first] if account.must_change_password else []
    return show(request, "console/pages/form.html", {"form": form, "notices": notices}, status=422 if form.errors else 200)
