"""The public page: approved texts on laws, rights, duties, and answers to rumours; without an account, without a script, to be printed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse

from closeknit.areas.models import Area
from closeknit.console.screens import Request
from closeknit.kit.text import Text
from closeknit.measures.library.kinds import About, LibraryText, Version, holding_in, texts
from closeknit.measures.residents.kinds import draw, visitor

PUBLIC = (About.LAW, About.RIGHT, About.DUTY, About.ANSWER)
TITLE = Text("Laws, rights and duties", "法律法规、权利义务")


@dataclass(frozen=True)
class Shown:
    """One text as the page shows it: what it says and who issued it."""

    version: Version
    issuer: str


def public(found: Iterable[LibraryText]) -> list[LibraryText]:
    """Those of the texts that everybody may read: in force, and about one of these things."""
    return [each for each in found if each.in_force and each.in_force.written.data["about"] in PUBLIC]


def parts(found: Iterable[LibraryText]) -> list[tuple[Text, list[Shown]]]:
    """The texts by what they are about, the latest approved first."""
    found = list(found)
    names = Area.objects.names({each.area for each in found})
    made = [Shown(each.in_force, names.get(each.area, "")) for each in found if each.in_force]
    made.sort(key=lambda each: each.version.decided.at if each.version.decided else each.version.written.at, reverse=True)
    grouped = [(about.label, [each for each in made if each.version.written.data["about"] == about]) for about in PUBLIC]
    return [(label, shown) for label, shown in grouped if shown]


def page(request: Request) -> HttpResponse:
    """What holds where the reader's card or poster is from; without one the places that have issued something, or the only one's texts."""
    who = visitor(request)
    if who is not None:
        return _drawn(request, holding_in(who.area))
    found = public(texts().values())
    issuers = {each.area for each in found}
    if len(issuers) < 2:
        return _drawn(request, found)
    areas = list(Area.objects.current().filter(code__in=issuers).order_by("path").values_list("code", "name"))
    return draw(request, "rights/places.html", None, {"title": TITLE, "areas": areas})


def of_area(request: Request, area: str) -> HttpResponse:
    """What holds in an area: its own texts and those from above."""
    if not Area.objects.current().filter(code=area).exists():
        raise Http404
    return _drawn(request, holding_in(area))


def _drawn(request: Request, found: Iterable[LibraryText]) -> HttpResponse:
    return draw(request, "rights/texts.html", visitor(request), {"title": TITLE, "parts": parts(public(found))})
