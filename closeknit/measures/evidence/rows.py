"""The rows behind a number: as many as it says, of the area and the window, as known at the time that it speaks of."""

from datetime import datetime

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse

from closeknit.access.scope import areas_of, in_scope
from closeknit.areas.models import Area
from closeknit.console.evidence.columns import columns
from closeknit.console.evidence.links import may_follow
from closeknit.console.evidence.listing import lines
from closeknit.console.evidence.paging import Lazy
from closeknit.console.lists.listing import Listing
from closeknit.console.parts import Empty, Tile
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.registry.models import RosterRow
from closeknit.reports.figures import Question, figure
from closeknit.reports.windows import day_of, window

ZERO = Empty(Text("Zero: there are no rows.", "为零：没有对应记录。"))


def rows(request: Request, name: str) -> HttpResponse:
    """Fifty rows a page; outside the reader's scope it is answered like a figure that does not exist."""
    question = _question(request)
    one = figure(name, question)
    if one is None or not question.policy.has(one.feature) or (one.everywhere and not _sees_all(request, question)):
        raise Http404
    if not may_follow(request.account, name):
        raise PermissionDenied
    counted = one.rows(question)
    value, zone = counted.value(), question.policy.timezone
    weighed = isinstance(value, int) and value != counted.size()
    listing = Listing(
        columns(bare=one.whereabouts, weighed=weighed),
        order="",
        empty=ZERO,
        dress=lambda found: lines(request, found, question.policy, bare=one.whereabouts),
    )
    context = {
        "figure": one,
        "tile": Tile(len(value) if isinstance(value, list) else value, one.label),
        "is_sum": weighed,
        "bare": one.whereabouts,
        "area": Area.objects.current().get(code=question.area),
        "start": question.start.astimezone(zone),
        "end": question.end.astimezone(zone),
        "as_of": question.as_of.astimezone(zone) if question.as_of else None,
    }
    day = question.end.astimezone(zone).date().isoformat()
    crumbs = [
        (Text("Reports of the day", "每日报送"), f"{reverse('daily.day', args=[question.area])}?day={day}"),
        (Text("Bulletin", "日通报"), reverse("daily.bulletin", args=[question.area, day])),
    ]
    page = {"template": "evidence/rows.html", "context": context, "heading": one.label, "crumbs": crumbs}
    return listing.respond(request, Lazy(counted), **page)


def _question(request: Request) -> Question:
    area = request.GET.get("area", "") or request.account.area
    if not in_scope(request.account, area):
        raise Http404
    frame = window(area, day_of(area, clock.now()))
    start, end = _moment(request, "from") or frame.start, _moment(request, "to") or frame.end
    return Question(area, start, end, _moment(request, "as_of"))


def _moment(request: Request, name: str) -> datetime | None:
    text = request.GET.get(name)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest(name) from None
    if moment.tzinfo is None or not clock.can_be_meant(moment):
        raise BadRequest(name)
    return moment


def _sees_all(request: Request, question: Question) -> bool:
    """Whether every row of the imports lies in the reader's scope: such a figure counts them all, whatever the area."""
    outside = RosterRow.objects.as_of(question.as_of).exclude(area="").exclude(area__in=areas_of(request.account).values("code"))
    return not outside.exists()
