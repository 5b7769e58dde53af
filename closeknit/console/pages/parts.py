"""A living page of every part, to look at and to test for access."""

from django.http import HttpResponse

from closeknit.console.page import show
from closeknit.console.screens import Request


def parts(request: Request) -> HttpResponse:
    return show(request, "console/pages/parts.html", {})
