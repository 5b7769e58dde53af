"""What can be said of how many people a site needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.fields import Count, Field, Invalid, Words
from closeknit.ledger.kinds import Said, kind
from closeknit.ledger.models import TOTAL_ORDER
from closeknit.ledger.queries import standing
from closeknit.measures.workforce.kinds import post_code
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place

HOURS = Text("From what hour to what hour: the first before the last.", "起始时点应早于结束时点。")
Hour = Annotated[int, Meta(ge=0, le=24)]


@kind(
    "deployment.need_set",
    Text("People needed", "岗位需求"),
    retention="open",
    needs=("place",),
    by_phone=False,
    examples=({"post": "checkpoint", "number": 2}, {"post": "order", "number": 4, "from_hour": 7, "to_hour": 19}),
)
class NeedSet(Said):
    """So many people are needed at a post of a place, every day between two hours; 0 takes the need away."""

    post: Annotated[Words, Field(Text("Post", "岗位"))]
    number: Annotated[Count, Field(Text("People needed", "需要人数"), help=Text("0 takes the need away.", "填 0 即取消。"))]
    from_hour: Annotated[Hour, Field(Text("From (hour)", "起（时）"))] = 0
    to_hour: Annotated[Hour, Field(Text("To (hour)", "止（时）"))] = 24

    def check(self) -> None:
        if self.from_hour >= self.to_hour:
            raise Invalid("data.to_hour", "out_of_range", HOURS)


@dataclass(frozen=True)
class Need:
    """What a place needs at a post between two hours of each day."""

    place: str
    post: str
    number: int
    from_hour: int
    to_hour: int

    def at(self, hour: int) -> bool:
        """Whether it is asked in that hour of the day."""
        return self.from_hour <= hour < self.to_hour


def needs(area: str, pack: Policy, now: datetime, as_of: datetime | None = None) -> list[Need]:
    """What is needed in an area, the latest word for each place, post and hours; one statement."""
    here = Place.objects.as_of(as_of).filter(area__in=Area.objects.below(area, as_of).values("code"))
    events = standing(NeedSet, as_of=as_of).filter(place__in=here.values("code"), at__lte=now).order_by(*TOTAL_ORDER)
    latest: dict[tuple[str, str, int, int], int] = {}
    for place, data in events.values_list("place", "data"):
        latest[place, post_code(data["post"], pack), data.get("from_hour", 0), data.get("to_hour", 24)] = data["number"]
    return [Need(place, post, number, begins, ends) for (place, post, begins, ends), number in latest.items() if number]
