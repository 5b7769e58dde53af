"""The first screen, search, and what is not yet fit for use."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from closeknit.access import trail
from closeknit.access.models import SavedFilter
from closeknit.access.scope import can
from closeknit.console.guard import allowed
from closeknit.console.manifest import Hit, measures, screens
from closeknit.console.page import show
from closeknit.console.screens import Request
from closeknit.console.shedding import gives_up
from closeknit.kit.text import Text

MISSING = (
    Text("A second factor at sign-in for all who see persons.", "查看人员信息的账户尚无登录双重验证。"),
    Text("A chain over the trail of readings, witnessed outside.", "查阅记录尚无防篡改链和外部见证。"),
    Text("Proof on the raw files that what is over is destroyed.", "到期数据销毁尚无底层文件核验。"),
    Text("A test by an outside security examiner.", "尚未经外部安全测评。"),
)
LONGEST = 100


def _parts(request: Request) -> list[SafeString]:
    """What the measures put on the first screen for this reader."""
    all_parts = sorted((part for measure in measures() for part in measure.home), key=lambda part: part.order)
    shown = []
    for part in all_parts:
        if part.permission and not can(request.account, part.permission):
            continue
        context = part.context(request)
        if context is not None:
            shown.append(render_to_string(part.template, context, request=request))
    return shown


def home(request: Request) -> HttpResponse:
    saved, busy = SavedFilter.objects.filter(account=request.account), gives_up("board")
    heading = Text("Good day, {name}", "{name}，您好", name=request.account.shown_name)
    return show(
        request, "console/pages/home.html", {"parts": [] if busy else _parts(request), "saved": saved, "busy": busy}, heading=heading
    )


def find_screens(account: object, query: str) -> list[Hit]:
    """The screens whose title, in either language, holds the words."""
    words = query.casefold()
    return [
        Hit(screen.title, screen.url_for(account), Text("Screens", "页面"))  # type: ignore[arg-type]
        for screen in screens()
        if screen.menu and allowed(account, screen) and words in f"{screen.title.en} {screen.title.zh}".casefold()
    ]


def search(request: Request) -> HttpResponse:
    """Everything that the reader may see and that answers to the words; persons who are shown are written to the trail."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    hits = [hit for measure in measures() for find in measure.searches for hit in find(request.account, query)] if query else []
    hits.sort(key=lambda hit: str(hit.kind))
    trail.read(request.account, request.screen.name, [hit.code for hit in hits], purpose="hits", path=request.path)
    context = {
        "query": query,
        "search_query": query,
        "groups": [(kind, list(found)) for kind, found in groupby(hits, lambda hit: str(hit.kind))],
    }
    if "HX-Request" in request.headers:
        return render(request, "console/pages/hits.html", context)
    return show(request, "console/pages/search.html", context)


def about(request: Request) -> HttpResponse:
    return show(request, "console/pages/about.html", {"missing": MISSING})
