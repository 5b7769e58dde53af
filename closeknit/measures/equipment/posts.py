"""The checkpoints of an area: the latest word on each, and what of its equipment is there."""

from dataclasses import dataclass
from datetime import datetime

from closeknit.areas.models import Area
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.equipment.kinds import PostSet, PostState, PostType
from closeknit.measures.supplies.kinds import Level, levels
from closeknit.registry.models import Place

CATEGORY = "checkpoint"
TYPES = {each.value: each.label for each in PostType}


@dataclass(frozen=True)
class Post:
    """A checkpoint, the latest word on it, and its items."""

    place: Place
    area: str
    said: Event | None
    items: tuple[Level, ...]

    @property
    def type(self) -> str:
        """The code of its type; empty where nobody has said."""
        return str(self.said.data["type"]) if self.said else ""

    @property
    def is_closed(self) -> bool:
        return self.said is not None and self.said.data["state"] == PostState.CLOSED.value

    @property
    def lacking(self) -> list[Level]:
        """The items of which fewer are there than must be; of a closed post none."""
        return [] if self.is_closed else [each for each in self.items if each.lacks]


def posts(area: str, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Post]:
    """The checkpoints of an area; a few statements for any number."""
    rows = (
        Place.objects.as_of(as_of)
        .filter(area__in=Area.objects.below(area, as_of).values("code"), category=CATEGORY)
        .order_by("area", "code")
    )
    return of_places(list(rows), until=until, as_of=as_of)


def of_places(rows: list[Place], *, until: datetime | None = None, as_of: datetime | None = None) -> list[Post]:
    """These places as posts."""
    codes = [row.code for row in rows]
    said = standing(PostSet, as_of=as_of).filter(place__in=codes).defer("personal", "digest")
    latest = {event.place: event for event in sorted(said.filter(at__lt=until) if until else said, key=lambda event: event.order)}
    items: dict[str, list[Level]] = {}
    for level in levels(Place.objects.as_of(as_of).filter(code__in=codes), until=until, as_of=as_of):
        items.setdefault(level.place, []).append(level)
    names = Area.objects.names({row.area for row in rows})
    return [Post(row, names.get(row.area, row.area), latest.get(row.code), tuple(items.get(row.code, ()))) for row in rows]
