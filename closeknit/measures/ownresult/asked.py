"""What is asked of a resident now: campaigns in which they are due, and the order under which they are, each in their own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from uuid import UUID

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.types import types
from closeknit.kit.text import Text
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event
from closeknit.measures.isolation.kinds import contact_of, notice, of_persons
from closeknit.measures.residents.kinds import Visitor

RESTS = Text("It rests on: {records}.", "依据记录：{records}。")
RECORD = Text("{kind} of {day}", "{day} {kind}")


@dataclass(frozen=True)
class Due:
    """One campaign's word on one person."""

    campaign: Campaign
    label: Text
    done: bool


@dataclass(frozen=True)
class Order:
    """An order to stay at home or elsewhere, in its lines; an objection that nobody has answered yet."""

    lines: list[Text]
    objected_at: datetime | None

    @property
    def text(self) -> str:
        """The lines to be copied."""
        return "\n".join(str(line) for line in self.lines)


def dues(person: str, visitor: Visitor, now: datetime) -> list[Due]:
    """The campaigns that run and in which the person is due; whoever is excused is asked nothing."""
    area = Area.objects.current().filter(code=visitor.area).first()
    found = []
    for kind, declared in types().items() if area else ():
        running = (
            [each for each in live.touching(kind, area) if each.starts_at <= now < each.ends_at] if declared.subject == "person" else []
        )
        for campaign in running:
            for rows in live.due(campaign, visitor.area):
                words = live.worded(rows.filter(code=person), campaign).values_list("word", flat=True)
                found += [Due(campaign, declared.label, live.REACHED in word) for word in words if word != live.EXCUSED]
    return found


def order_of(person: str, visitor: Visitor, now: datetime) -> Order | None:
    """The order under which the person is now."""
    pack = visitor.policy
    stay = of_persons([person], until=now).get(person)
    if stay is None or stay.order is None or not stay.is_under(now, pack.timezone):
        return None
    contact = contact_of(visitor.area, visitor.area_name)
    until, why, *rest = notice(stay.order.data, stay.order.at, pack, contact)
    rests_on = evidence(stay.order.data["evidence"], pack.timezone)
    waiting = stay.objections[-1].at if stay.objections else None
    return Order([until, why, *([RESTS.format(records=rests_on)] if rests_on else []), *rest], waiting)


def evidence(ids: Iterable[str], zone: timezone) -> str:
    """The records on which an order rests, by kind and day; of whom they are is said to nobody."""
    wanted = [UUID(each) for each in ids if _is_id(each)]
    rows = Event.objects.filter(id__in=wanted, kind__in=kinds()).order_by("at").values_list("kind", "at")
    said = [str(RECORD.format(kind=kinds()[kind].label, day=at.astimezone(zone).date().isoformat())) for kind, at in rows]
    return "; ".join(dict.fromkeys(said))


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
