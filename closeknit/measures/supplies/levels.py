"""What lies where: the sum of the moves of each item at each place, never a number that is kept; and what must always be there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from closeknit.ledger.kinds import kinds
from closeknit.ledger.queries import standing
from closeknit.registry.models import Place

READS = ("supplies.stock_moved", "supplies.minimum_set")


@dataclass(frozen=True)
class Level:
    """How much of an item is at a place: the sum of its moves, and what must always be there (None: nobody has said)."""

    place: str
    item: str
    stock: int
    minimum: int | None = None
    moved_at: datetime | None = None

    @property
    def lacks(self) -> int:
        """How much has to be brought; nothing where no minimum asks for any, also of what is below zero."""
        return max(0, self.minimum - self.stock) if self.minimum else 0

    @property
    def is_below_zero(self) -> bool:
        """Whether more left than ever came: a receipt or a count is missing."""
        return self.stock < 0


def levels(at: QuerySet[Place], *, until: datetime | None = None, as_of: datetime | None = None) -> list[Level]:
    """The stock of each item at these places from the standing moves before `until`; two statements. The item is what was written,
    without blanks around it."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    moved: dict[tuple[str, str], datetime] = {}
    minimum: dict[tuple[str, str], int] = {}
    events = standing(*(kinds()[name].said for name in READS), as_of=as_of).filter(place__in=at.values("code"))
    for event in sorted((events.filter(at__lt=until) if until else events).defer("personal", "digest"), key=lambda event: event.order):
        key = (event.place, event.data["item"].strip())
        if event.kind == "supplies.minimum_set":
            minimum[key] = event.data["quantity"]
        else:
            sums[key] += event.data["quantity"]
            moved[key] = event.at
    return [Level(*key, sums.get(key, 0), minimum.get(key), moved.get(key)) for key in sorted(sums.keys() | minimum.keys())]
