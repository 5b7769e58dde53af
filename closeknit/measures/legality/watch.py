"""What the review of acts tells the board."""

from datetime import timedelta

from closeknit.areas.models import Area
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Look, Rule, Watched, watch
from closeknit.measures.legality.drawing import draws


@watch(
    Rule(
        "legality.waiting", 716, "watch", "legality.view",
        Text("Acts drawn and not reviewed in time: {n}", "抽中处置逾期未审查：{n} 件"),
        Text("Review them", "去审查"),
        Text("Until then an unlawful act may bind somebody.", "审查前违法处置可能仍在执行。"),
    )
)  # fmt: skip
def waiting(look: Look) -> Watched:
    """Draws of which acts are left after the pack's days."""
    within = timedelta(days=float(look.policy.get("inspections.review_within_days")))
    late = [each for each in draws(look.area.code, until=look.now, as_of=look.as_of) if each.left and look.now >= each.event.at + within]
    names = Area.objects.names({each.event.area for each in late})
    cases = [
        Case(
            names.get(each.event.area, each.event.area), each.event.area, each.event.at, len(each.left), each.event.member,
            links.to("legality.draw", event=str(each.event.id)),
        )
        for each in reversed(late)
    ]  # fmt: skip
    return Watched(cases, links.to("legality.draws", area=look.area.code))
