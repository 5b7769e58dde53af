"""What is given up first when the server has too much to do, so that recording, and reading how somebody stands, go on."""

from collections.abc import Callable
from math import ceil
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from closeknit.console.pages.errors import Trouble
from closeknit.console.screens import Screen
from closeknit.kit.text import Text

Extra = Literal["export", "board", "analysis"]
# Seconds that a record from the field waits now, from which each sort of extra is given up. The door itself refuses from ten.
GIVEN_UP_FROM: dict[Extra, float] = {"export": 1.0, "board": 2.0, "analysis": 4.0}
FILES = ("xlsx", "csv", "print")
FILE_ENDINGS = (".docx", ".pdf", ".xlsx", ".txt", ".csv")
BUSY = Trouble(
    Text("The server is busy with records from the field", "服务器正忙于接收一线记录"),
    Text(
        "Files, boards and analyses wait until they are in; recording, lists and households stay open. This page tries again by itself.",
        "报表导出、看板和分析暂缓提供；登记、清单和住户页面照常使用。本页将自动重试。",
    ),
)
_waiting: list[Callable[[], float]] = []


def measured_by(seconds: Callable[[], float]) -> None:
    """From here on this tells how long a record waits now."""
    _waiting[:] = [seconds]


def gives_up(extra: Extra) -> bool:
    """Whether this sort of extra is given up now."""
    return any(seconds() >= GIVEN_UP_FROM[extra] for seconds in _waiting)


def extra_of(request: HttpRequest, screen: Screen) -> Extra | None:
    """Which sort of extra a request asks for; nothing that is sent is one."""
    if request.method != "GET":
        return None
    if request.GET.get("as") in FILES or screen.path.endswith(FILE_ENDINGS):
        return "export"
    return screen.extra


def turned_away(request: HttpRequest, screen: Screen) -> HttpResponse | None:
    """The page that asks to come again, where the request is for an extra that is given up now."""
    extra = extra_of(request, screen)
    if extra is None or not gives_up(extra):
        return None
    seconds = ceil(max(each() for each in _waiting))
    response = render(request, "console/errors/error.html", {"code": 503, "error": BUSY}, status=503)
    response.headers["Retry-After"] = response.headers["Refresh"] = str(seconds)
    return response
