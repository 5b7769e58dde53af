"""The proof of a day's draws on paper: seed and its parts, the fingerprint of the list, whom it drew; anybody can draw again."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse

from closeknit.access import trail
from closeknit.areas.models import Area
from closeknit.campaigns.cadences.kinds import Drawn
from closeknit.console.page import show
from closeknit.console.records import links, names
from closeknit.console.screens import Request
from closeknit.kit import clock
from closeknit.kit.text import Text
from closeknit.ledger.queries import standing
from closeknit.measures.schoolrounds.planning import SCHOOLS
from closeknit.measures.schools.kinds import live, places
from closeknit.policy.packs import policy

PROOF = Text("Proof of the draws", "抽检凭证")


def proof(request: Request, area: str) -> HttpResponse:
    """The draws of a local day (`?day=`, else of the last day with a draw) in the schools of an area."""
    pack, now = policy(area), clock.now()
    schools = live(places(area), now)
    name_of = {group.topic: each.place.name for each in schools for group in each.groups}
    draws = standing(Drawn).filter(topic__in=list(name_of)).defer("personal", "digest").order_by("-at", "topic")
    last = draws.first()
    day = _day(request.GET.get("day", "")) or (last.at if last else now).astimezone(pack.timezone).date()
    begins = datetime.combine(day, time(), pack.timezone)
    held = list(draws.filter(at__gte=begins, at__lt=begins + timedelta(days=1)))
    who = names.members({event.member for event in held})
    drawn = [
        {"event": event, "name": name_of[event.topic], "data": event.data, "by": who.get(event.member, event.member),
         "url": links.to("routine.draw", event=str(event.id))}
        for event in held
    ]  # fmt: skip
    trail.read(
        request.account, request.screen.name, {code for each in held for code in each.data["drawn"]}, purpose="proof", path=request.path
    )
    context: dict[str, Any] = {"draws": drawn, "day": day, "number": sum(len(each.data["drawn"]) for each in held)}
    row = Area.objects.current().get(code=area)
    heading = Text("{proof}: {area}, {day}", "{area} {day} {proof}", proof=PROOF, area=row.name, day=day)
    return show(request, "schoolrounds/proof.html", context, heading=heading, crumbs=[(SCHOOLS, links.to("schools.schools", area=area))])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
