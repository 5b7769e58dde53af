"""One way to answer with a page: a template in the frame, under a heading with breadcrumbs and actions."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from closeknit.console.parts import Action, Notice
from closeknit.kit.text import Text

PRESENT = Notice(
    Text("This page cannot look back: it shows the present.", "本页不能回看历史，显示的是当前情况。"),
    "watch",
    Text("Not as at that time", "非当时情况"),
)

Crumb = tuple[Text | str, str]


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    heading: Text | str | None = None,
    crumbs: Iterable[Crumb] = (),
    actions: Iterable[Action] = (),
    status: int = 200,
) -> HttpResponse:
    """The page. `heading` is the screen's title where it is left out; `crumbs` lead from the top down to the page above this one."""
    screen = getattr(request, "screen", None)
    frame: dict[str, Any] = {"heading": heading or (screen.title if screen else ""), "crumbs": list(crumbs), "actions": list(actions)}
    if request.GET.get("at", "now") not in ("", "now") and not getattr(request, "looks_back", False):
        frame["stays"] = PRESENT
    return render(request, template, {**frame, **(context or {})}, status=status)
