"""The pages that stand where something could not be shown: each says what to do."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from closeknit.kit.text import Text


@dataclass(frozen=True)
class Trouble:
    """A title, and what to do now."""

    title: Text
    text: Text


BAD = Trouble(
    Text("This request could not be read", "请求无法识别"),
    Text(
        "Go back, reload the page and try again. If you followed a link, it may be cut off.",
        "请返回并刷新页面后重试；若来自链接，链接可能不完整。",
    ),
)
NOT_ALLOWED = Trouble(
    Text("Your role does not open this page", "您的角色无权打开此页"),
    Text("If you need it for your work, ask your administrator to change your role.", "如工作需要，请联系管理员调整角色。"),
)
NOT_FOUND = Trouble(
    Text("There is no such page in your area", "您的辖区内没有此页"),
    Text(
        "The address may be mistyped, or what it shows lies outside your area. Search for it, or ask your administrator.",
        "可能是地址有误，或内容不在您的辖区。请用搜索查找，或联系管理员。",
    ),
)
STALE = Trouble(
    Text("This page stood open too long", "页面停留过久"),
    Text(
        "Nothing was saved. Go back, reload the page and send it again; cookies must be allowed.",
        "本次未保存。请返回、刷新页面后重新提交，并允许使用 Cookie。",
    ),
)


def _page(request: HttpRequest, code: int, trouble: Trouble) -> HttpResponse:
    return render(request, "console/errors/error.html", {"code": code, "error": trouble}, status=code)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, BAD)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, NOT_ALLOWED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, NOT_FOUND)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, STALE)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database or the session, which may be what broke."""
    return HttpResponse(render_to_string("console/errors/500.html"), status=500)
