"""Rounds of orders: until when orders of a day are taken in an area, and into which round an order goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Annotated

from closeknit.areas.models import Area
from closeknit.kit.text import Text
from closeknit.ledger.fields import Field, Invalid, Time, parse_time
from closeknit.ledger.kinds import Said, kind
from closeknit.ledger.queries import standing
from closeknit.measures.supplies.rules import round_day
from closeknit.policy.packs import Policy, policy

DAY = Text("Day of the round", "批次日期")


def check_day(day: str) -> None:
    """Raises `Invalid` where a round is named by anything but a bare day."""
    if len(day) != 10:
        raise Invalid("data.day", "wrong_type", Text("A round is named by its day, such as 2022-11-05.", "批次以日期表示，如 2022-11-05。"))


@kind(
    "supplies.round_set",
    Text("Closing of orders set", "订购截止时间"),
    retention="open",
    by_phone=False,
    examples=({"day": "2022-11-05", "closes_at": "2022-11-05T16:00:00+08:00"},),
)
class RoundSet(Said):
    """Orders of a day are taken until this time in an area and below it; where nobody sets one, until the hour of the policy pack."""

    day: Annotated[Time, Field(DAY)]
    closes_at: Annotated[Time, Field(Text("Orders are taken until", "截止时间"))]

    def check(self) -> None:
        check_day(self.day)
        if len(self.closes_at) == 10:
            raise Invalid("data.closes_at", "wrong_type", Text("Say the hour too, such as 16:00.", "请写明时刻，如 16:00。"))


@dataclass(frozen=True)
class Closings:
    """When the orders of each day close in the areas that were asked for. set_: by area and day."""

    pack: Policy
    paths: Mapping[str, str]
    set_: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, area: str, as_of: datetime | None = None) -> "Closings":
        """Those of an area and of all below it; three statements."""
        paths = dict(Area.objects.below(area, as_of).values_list("code", "path"))
        known = {code for path in paths.values() for code in path.split("/") if code}
        said: dict[tuple[str, str], datetime] = {}
        for event in sorted(
            standing(RoundSet, as_of=as_of).filter(area__in=known).defer("personal", "digest"), key=lambda each: each.order
        ):
            closes = parse_time(event.data["closes_at"], day_allowed=False)
            assert isinstance(closes, datetime)
            said[event.area, event.data["day"]] = closes
        return cls(policy(area, as_of), paths, said)

    def closes(self, area: str, day: date) -> datetime:
        """When the orders of a day close in an area: as the nearest area above it has set, else by the policy pack."""
        path = [code for code in self.paths.get(area, "").split("/") if code]
        for code in reversed(path):
            if (code, day.isoformat()) in self.set_:
                return self.set_[code, day.isoformat()]
        return datetime.combine(day, time.fromisoformat(self.pack.get("supplies.orders_close")), self.pack.timezone)

    def day(self, area: str, at: datetime) -> date:
        """The round into which an order of this time goes."""
        return round_day(at, lambda day: self.closes(area, day), self.pack.timezone)
