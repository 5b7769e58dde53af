"""Why a figure of a sealed report is different today."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from closeknit.areas.models import Area
from closeknit.console.evidence.asking import asked_day
from closeknit.console.evidence.changes import ChangeLine, changed_columns
from closeknit.console.evidence.links import evidence_url, link, may_follow
from closeknit.console.evidence.listing import lines
from closeknit.console.lists.columns import Filter, where
from closeknit.console.lists.listing import Listing
from closeknit.console.page import show
from closeknit.console.parts import Empty
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.policy.packs import policy
from closeknit.reports import closing
from closeknit.reports.content import Words, from_json
from closeknit.reports.differences import CAUSES, Change, changed, difference
from closeknit.reports.models import Sealed
from closeknit.reports.rows import Value

SAME = Empty(Text("Nothing differs: the figure is as it was sealed.", "无变化，与封存时一致。"))
CAUSE = Filter("cause", Text("Why", "原因"), where(lambda change, cause: change.cause == cause), choices=tuple(CAUSES.items()))


@dataclass(frozen=True)
class Moved:
    """One figure that is different now."""

    label: Words
    was: int
    now: int
    url: str


def _sealed(area: str, day: str) -> Sealed:
    held = closing.sealed_by_now(area, asked_day(day))
    if held is None:
        raise Http404
    return held


def _number(value: Value) -> int:
    return len(value) if isinstance(value, list) else value


def changes(request: Request, area: str, day: str) -> HttpResponse:
    """The figures that are different now: a fragment for the bulletin's page, or a page of its own."""
    report = from_json(_sealed(area, day).content)
    now = changed(report)
    moved = [
        Moved(
            shown.label,
            shown.number,
            _number(now[shown.name]),
            link("daily.why", area=area, day=day, name=shown.name) if may_follow(request.account, shown.name) else "",
        )
        for part in report.parts
        for shown in part.figures
        if shown.name in now
    ]
    if "HX-Request" in request.headers:
        return render(request, "evidence/changes.html", {"moved": moved})
    heading = Text("{area}: changed since {day} was sealed", "{area} {day} 封存后变化", area=report.area_name, day=day)
    return show(request, "evidence/changed.html", {"moved": moved}, heading=heading, crumbs=_crumbs(area, day))


def why(request: Request, area: str, day: str, name: str) -> HttpResponse:
    """One figure: sealed, now, and each record that makes the difference."""
    held = _sealed(area, day)
    found = difference(held, name)
    if found is None:
        raise Http404
    if not may_follow(request.account, name):
        raise PermissionDenied
    bare, here_policy = found.figure.whereabouts, policy(area)

    def dress(page: list[Change]) -> list[ChangeLine]:
        drawn = lines(request, [change.row for change in page], here_policy, bare=bare)
        return [ChangeLine(change, line) for change, line in zip(page, drawn, strict=True)]

    counts = Counter((change.sign, change.cause) for change in found.changes)
    then, now = found.questions
    context = {
        "sealed": _number(found.sealed),
        "now": _number(found.now),
        "held": held,
        "counts": [(sign, CAUSES[cause], number) for (sign, cause), number in counts.most_common()],
        "then_url": evidence_url(then, name),
        "now_url": evidence_url(now, name),
        "subtitle": Text("{area}, {day}", "{area} · {day}", area=Area.objects.current().get(code=area).name, day=day),
    }
    heading = Text("{figure}: why it differs today", "{figure}：为何与封存时不同", figure=found.figure.label)
    listing = Listing(changed_columns(bare=bare), order="", empty=SAME, filters=(CAUSE,), dress=dress)
    page = {"template": "evidence/why.html", "context": context, "heading": heading, "crumbs": _crumbs(area, day)}
    return listing.respond(request, found.changes, **page)


def _crumbs(area: str, day: str) -> list[tuple[Text, str]]:
    return [
        (Text("Reports of the day", "每日报送"), f"{reverse('daily.day', args=[area])}?day={day}"),
        (Text("Bulletin", "日通报"), reverse("daily.bulletin", args=[area, day])),
    ]
