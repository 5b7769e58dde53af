"""The bulletin as files: a document and a pdf in the official layout, a workbook, a short text for a chat group."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, override

from closeknit.console.evidence.asking import asked_day
from closeknit.console.screens import Request
from closeknit.console.tell import tell
from closeknit.kit.text import Text
from closeknit.reports import closing
from closeknit.reports.content import Report
from closeknit.reports.papers import pdf as drawn
from closeknit.reports.papers.document import document
from closeknit.reports.papers.plain import plain
from closeknit.reports.papers.workbook import workbook

OFFICE = "application/vnd.openxmlformats-officedocument"
LANGUAGES = ("zh-hans", "en")
PDF = Text("PDF", "PDF")


def docx(request: Request, area: str, day: str) -> HttpResponse:
    """The document."""
    return _file(request, (area, day), "docx", f"{OFFICE}.wordprocessingml.document", document)


def xlsx(request: Request, area: str, day: str) -> HttpResponse:
    """The workbook."""
    return _file(request, (area, day), "xlsx", f"{OFFICE}.spreadsheetml.sheet", workbook)


def text(request: Request, area: str, day: str) -> HttpResponse:
    """The short text."""
    return _file(request, (area, day), "txt", "text/plain; charset=utf-8", lambda report: plain(report).encode())


def pdf(request: Request, area: str, day: str) -> HttpResponse:
    """The pdf; where this machine has no font for it, back to the bulletin with what is to be done."""
    try:
        return _file(request, (area, day), "pdf", "application/pdf", drawn.pdf)
    except drawn.NoFont as lacking:
        tell(request, lacking.text, tone="bad")
        return redirect(reverse("daily.bulletin", args=[area, day]))


def _file(request: Request, which: tuple[str, str], ending: str, content_type: str, made: Callable[[Report], bytes]) -> HttpResponse:
    """A file of the report of an area and a day, in the language of the query or else the reader's."""
    area, day = which
    report, _ = closing.report_of(area, asked_day(day))
    asked = request.GET.get("language", "")
    with override(asked if asked in LANGUAGES else get_language() or LANGUAGES[0]):
        raw = made(report)
    headers = {"Content-Disposition": f'attachment; filename="{area}-{day}.{ending}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(raw, content_type=content_type, headers=headers)
