"""What the command post tells the board: nobody is on duty there."""

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.liaison.duty import CATEGORY
from closeknit.measures.shifts.kinds import shifts_at
from closeknit.registry.models import Place


@watch(
    Rule(
        "liaison.unmanned", 98, "watch", "tasks.view",
        Text("Command posts with nobody on duty: {n}", "{n} 个指挥部此刻无人值班"),
        Text("See the roster", "查看值班"),
        Text("Who calls the command post now reaches nobody.", "此刻致电指挥部无人接听。"),
    )
)  # fmt: skip
def unmanned(look: Look) -> Watched:
    """Command posts at which no shift lasts now that somebody has not given back."""
    below = Area.objects.below(look.area.code).values("code")
    places = list(Place.objects.as_of(look.as_of).filter(category=CATEGORY, area__in=below).order_by("code"))
    manned = {shift.place for shift in shifts_at([place.code for place in places], look.now, look.now) if shift.cannot_at is None}
    url = links.to("liaison.duty", area=look.area.code)
    return Watched([Case(place.name, place.area, look.now, url=url) for place in places if place.code not in manned], url)
