"""The posters of entrances, one an A4 page: a code by which whoever comes registers, and the words for who has no phone."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.safestring import SafeString

from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action
from closeknit.console.records import links
from closeknit.console.records.saving import author
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.venueregister.entrances import Entrance, entrances, venues
from closeknit.measures.venueregister.listing import POSTERS, REGISTER
from closeknit.paper.cards import codes, issuing
from closeknit.paper.cards.squares import square
from closeknit.paper.models import ResidentCard
from closeknit.policy.packs import policy
from closeknit.sync.enrolment.address import server_address

MOST = 200
MAKE = Text("Make the codes", "生成登记码")
WORDS = (
    Text("Scan to register that you came. No account, no password.", "扫码登记进入。无需账户和密码。"),
    Text("No phone? Sign the sheet or show an identity card here: it counts the same.", "没有手机？可在此纸质登记或出示身份证，效力相同。"),
    Text("In an emergency go in first.", "急难情况请先进入，再补登记。"),
)


@dataclass(frozen=True)
class Poster:
    """One entrance's poster as paper shows it."""

    entrance: Entrance
    area: str
    code: str
    square: SafeString


def posters(request: Request, area: str) -> HttpResponse:
    """The posters of the entrances of an area where the code does not hang yet, or of one place (`?place=`): those that have a code are
    drawn; a press makes the rest."""
    one = request.GET.get("place", "")
    places = venues(area, policy(area))
    places = places.filter(code=one) if one else places
    missing = [each for each in entrances(places, clock.now()) if each.is_set and (one or each.posted is not True)]
    wanted = sorted(missing, key=lambda each: each.posted is None)[:MOST]  # first where somebody saw that none hangs
    if request.method == "POST":
        if not can(request.account, "venues.record"):
            raise PermissionDenied
        for each in wanted:
            issuing.put_up(each.place.area, place=each.place.code, entrance=each.name, by=author(request.account))
    held = _held([each.place.code for each in wanted])
    areas, server = Area.objects.names({each.place.area for each in wanted}), server_address(f"{request.scheme}://{request.get_host()}")
    drawn = [_poster(each, held[each.place.code, each.name], areas, server) for each in wanted if (each.place.code, each.name) in held]
    context: dict[str, Any] = {
        "posters": drawn, "server": server, "words": [(each.of("zh-hans"), each.of("en")) for each in WORDS],
        "missing": len(wanted) - len(drawn), "may": can(request.account, "venues.record"), "make": MAKE,
    }  # fmt: skip
    row = Area.objects.current().get(code=area)
    crumbs = [*links.above(request.account, row, "venues.register"), (row.name, links.to("venues.register", area=area))]
    back = [Action(REGISTER, links.to("venues.register", area=area), "list-check")]
    return show(request, "venueregister/posters.html", context, heading=POSTERS, crumbs=crumbs, actions=back)


def _held(places: list[str]) -> dict[tuple[str, str], ResidentCard]:
    rows = issuing.posters().filter(place__in=places, revoked_at=None).order_by("issued_at")
    return {(row.place, row.entrance): row for row in rows}


def _poster(each: Entrance, card: ResidentCard, areas: dict[str, str], server: str) -> Poster:
    code = codes.code_of(card)
    return Poster(each, areas.get(each.place.area, ""), codes.in_groups(code), square(server, code))
