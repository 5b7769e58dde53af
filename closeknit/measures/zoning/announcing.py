"""The announcement of a zone, to print and as text in both languages; and what one household is handed."""

from django.http import Http404, HttpResponse

from closeknit.access import trail
from closeknit.access.scope import can
from closeknit.areas.models import Area
from closeknit.console.page import show
from closeknit.console.parts import Action, Notice
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.measures.isolation.kinds import contact_of
from closeknit.measures.zones.kinds import zone_of
from closeknit.measures.zoning.words import announcement, household_lines
from closeknit.policy.packs import policy
from closeknit.registry.known import canonical
from closeknit.registry.reading.names import area_of_household

NOTICE = Text("Notice of the zone", "管控告知单")
MOST_NAMED = 40
UNTOLD = Text("Nobody has said yet that this was announced.", "尚未登记已发布通告。")


def announce(request: Request, zone: str) -> HttpResponse:
    """What is posted and read out now."""
    now = clock.now()
    held, _ = zone_of(request.account, zone, now)
    order, area = held.shown(now), request.account.area
    called = Area.objects.names([*order.data.get("areas", ()), area])
    areas = [called.get(code, code) for code in order.data.get("areas", ())[:MOST_NAMED]]
    said = announcement(held, now, policy(order.area), areas=areas, contact=contact_of(area, called.get(area, area)))
    told = Action(Text("It was announced", "登记已发布"), links.to("zones.say", zone=zone, what="announced"), "check", primary=True)
    context = {
        "sheets": [(language, title, lines, "\n".join([title, *lines])) for language, (title, lines) in said.items()],
        "notices": [Notice(UNTOLD, "watch")] if held.is_untold(now) else [],
    }
    name = str(order.data["name"])
    actions = [told] if told.url and held.is_untold(now) else []
    return show(request, "zoning/announcement.html", context, crumbs=[(name, links.to("zones.zone", zone=zone))], actions=actions)


def household(request: Request, zone: str, code: str) -> HttpResponse:
    """What one household of the zone is handed; whose it is, is written to the trail."""
    now = clock.now()
    held, lives = zone_of(request.account, zone, now)
    home = canonical("household", [code]).get(code, code)
    if home not in lives.households[zone] or not can(request.account, "registry.view"):
        raise Http404
    area = area_of_household(home) or request.account.area
    lines = household_lines(held, now, policy(area), area)
    trail.read(request.account, request.screen.name, [home], what="household", path=request.path)
    called = names.households([home], full=names.in_full(request.account, "registry.record")).get(home)
    name = " ".join(filter(None, (called.address, called.name))) if called else home
    context = {"lines": lines, "name": name, "title": NOTICE, "text": "\n".join(map(str, lines))}
    crumbs = [(str(held.shown(now).data["name"]), links.to("zones.zone", zone=zone))]
    return show(request, "console/handed/notice.html", context, heading=NOTICE, crumbs=crumbs)
