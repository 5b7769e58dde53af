"""What residents' cards tell the board."""

from django.db.models import Count, Max

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.measures.command.kinds import Case, Look, Watched, watch
from closeknit.paper.cards import tries


@watch("residents.locked")
def shut_out(look: Look) -> Watched:
    """Households of which somebody has used up today's tries to see a result, by area."""
    below = Area.objects.below(look.area.code).values("code")
    rows = list(
        tries.locked()
        .filter(area__in=below)
        .values("area")
        .annotate(number=Count("household", distinct=True), since=Max("last_at"))
        .order_by("area")
    )
    names = Area.objects.names([row["area"] for row in rows])
    cases = [Case(names.get(row["area"], row["area"]), row["area"], row["since"], row["number"], url=_listed(row["area"])) for row in rows]
    return Watched(cases, _listed(look.area.code))


def _listed(area: str) -> str:
    return f"{links.to('cards.list', area=area)}?state=locked"
