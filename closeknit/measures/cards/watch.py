"""What residents' cards tell the board."""

from django.db.models import Count, Max

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.paper.cards import tries


@watch(
    Rule(
        "residents.locked", 210, "watch", "residents.view",
        Text("Households shut out from their results today: {n}", "{n} 户今日查询结果被锁定"),
        Text("See the cards", "查看便民卡"),
        Text("Too many wrong answers: somebody who needs help, or who guesses.", "多次核对未通过：可能需要帮助，也可能有人冒用。"),
    )
)  # fmt: skip
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
