"""What was asked for and brought to those who live in a zone since its order began."""

from datetime import datetime

from django.db.models import Q, QuerySet

from closeknit.areas.models import Area
from closeknit.console.parts import Tile
from closeknit.console.records import links
from closeknit.kit.text import Text
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.care.kinds import HelpClosed, HelpRequested
from closeknit.measures.supplies.kinds import Delivered, Ordered
from closeknit.measures.zones.kinds import Living, Zone, begins


def brought(zone: Zone, order: Event, lives: Living, area: str) -> list[Tile]:
    """Packs and requests for help of the zone's households and people, as numbers with the way to the work; four statements."""
    homes, people, since = lives.households[zone.number], lives.persons[zone.number], begins(order)

    def theirs(said: type[Said]) -> list[Event]:
        return [each for each in _there(said, order, since) if each.household in homes or each.person in people]

    asked = {each.topic for each in theirs(HelpRequested)}
    closed = set(standing(HelpClosed).filter(topic__in=asked).values_list("topic", flat=True)) if asked else set()
    ordered, delivered = (sum(each.data["quantity"] for each in theirs(said)) for said in (Ordered, Delivered))
    waits = len(asked - closed)
    return [
        Tile(ordered, Text("Packs ordered", "订购物资包"), links.to("deliveries.doors", area=area)),
        Tile(delivered, Text("Packs brought to the door", "已送达物资包"), links.to("deliveries.doors", area=area),
             tone="good" if delivered >= ordered else "watch"),
        Tile(len(asked), Text("Requests for help", "求助"), links.to("care.help", area=area)),
        Tile(waits, Text("of them open", "其中未办结"), links.to("care.help", area=area), tone="watch" if waits else "good"),
    ]  # fmt: skip


def _there(said: type[Said], order: Event, since: datetime) -> QuerySet[Event]:
    inside = Q(household__in=order.data.get("households", ()))
    for area in order.data.get("areas", ()):
        inside |= Q(area__in=Area.objects.below(area).values("code"))
    return standing(said).filter(inside, at__gte=since).only("id", "household", "person", "topic", "data")
