"""What deliveries tell the board."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.measures.command.kinds import Case, Glance, Look, Rule, Watched, glance, watch
from closeknit.measures.deliveries.balances import Balance
from closeknit.measures.deliveries.lines import late, seen
from closeknit.measures.supplies.kinds import Delivered, Ordered


def _listed(area: str, state: str) -> str:
    url = links.to("deliveries.doors", area=area)
    return f"{url}?state={state}" if url else ""


def _by_area(look: Look, picked: Iterable[tuple[Balance, datetime]], state: str) -> Watched:
    """A case an area: how many households, since when."""
    homes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    since: dict[str, datetime] = {}
    for each, at in picked:
        homes[each.area].add((each.key.household, each.key.person))
        since[each.area] = min(at, since.get(each.area, at))
    names = Area.objects.names(homes)
    cases = [Case(names.get(area, area), area, since[area], len(homes[area]), url=_listed(area, state)) for area in homes]
    cases.sort(key=lambda case: (-case.number, case.area))
    return Watched(cases, _listed(look.area.code, state))


@watch(
    Rule(
        "supplies.undelivered", 260, "watch", "supplies.view",
        Text("Households that wait too long for packs: {n}", "{n} 户物资超时未送"), Text("Deliveries", "查看配送"),
        Text("Ordered, and not at the door in time.", "已订购，未按时送达。"))
)  # fmt: skip
def undelivered(look: Look) -> Watched:
    """Households whose packs should have come by now."""
    (closings, made), hours = seen(look), float(look.policy.get("supplies.undelivered_after_h"))
    waits = ((each, late(closings, each.area, each.since, hours)) for each in made if each.since)
    return _by_area(look, ((each, at) for each, at in waits if look.now >= at), "late")


@watch(
    Rule(
        "supplies.over", 290, "info", "supplies.view",
        Text("Households that got more than they ordered: {n}", "{n} 户送达多于订购"), Text("Look", "去核对"),
        Text("An order is missing, or a delivery stands twice.", "漏登订单或重复登记送达。"),
    )
)  # fmt: skip
def over(look: Look) -> Watched:
    """Households that got more than anybody had ordered: an order is missing, or a delivery stands twice."""
    return _by_area(look, ((each, each.last) for each in seen(look)[1] if each.over and each.last), "over")


@glance(60, "supplies.view")
def packs(look: Look) -> Glance | None:
    """Packs of today, and what is left."""
    today = {said: sum(event.data["quantity"] for event in look.events(said, at__gte=look.midnight)) for said in (Ordered, Delivered)}
    left = sum(each.left for each in seen(look)[1])
    if not (left or any(today.values())):
        return None
    url = links.to("deliveries.doors", area=look.area.code)
    tiles = [
        Tile(left, Text("Packs to deliver", "待送物资包"), url, tone="watch" if left else "good"),
        Tile(today[Ordered], Text("Ordered today", "今日订购"), url),
        Tile(today[Delivered], Text("Delivered today", "今日送达"), _listed(look.area.code, "all")),
    ]
    return Glance(Text("Supplies", "生活物资"), tiles, url=url)
