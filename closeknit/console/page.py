"""One way to answer with a page: a template in the frame, under a heading with breadcrumbs and actions."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from closeknit.console.parts import Action
from closeknit.kit.text import Text

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
    frame = {"heading": heading or (screen.title if screen else ""), "crumbs": list(crumbs), "actions": list(actions)}
    return render(request, template, {**frame, **(context or {})}, status=status)
