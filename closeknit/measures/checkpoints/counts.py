"""What the posts counted: by post, day and hour, from the tallies; no event is read for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from closeknit.areas.models import Area
from closeknit.console.parts import Hours
from closeknit.kit.text import Text
from closeknit.ledger.models import Count
from closeknit.ledger.queries import in_area, standing
from closeknit.ledger.tallies import hour_of
from closeknit.measures.checkpoints.kinds import Tallied
from closeknit.measures.checkpoints.rules import silent_hours, unchecked
from closeknit.registry.models import Place

CHECKED = ("checkpoints.vehicles", "checkpoints.vessels", "checkpoints.persons")
DECIDED = ("checkpoints.turned_away", "checkpoints.referred")


@dataclass
class Tallies:
    """The numbers of one post, or of several: by name and hour, and what others counted by name and counter."""

    hours: dict[str, dict[datetime, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    counted: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def sum(self, name: str, start: datetime | None = None, end: datetime | None = None) -> int:
        """How much of a name from start ≤ hour < end."""
        return sum(n for hour, n in self.hours[name].items() if (start is None or hour >= start) and (end is None or hour < end))

    def checked(self, start: datetime, end: datetime) -> int:
        """All passages checked."""
        return sum(self.sum(name, start, end) for name in CHECKED)

    @property
    def last(self) -> datetime | None:
        """The last hour with a check."""
        return max((hour for name in CHECKED for hour, number in self.hours[name].items() if number), default=None)

    def difference(self, name: str, start: datetime, end: datetime) -> int | None:
        """What was counted of a name on the day and not checked."""
        return unchecked(self.counted[name], self.sum(name, start, end))

    def add(self, other: "Tallies") -> None:
        """Takes in the numbers of another post."""
        for mine, theirs in ((self.hours, other.hours), (self.counted, other.counted)):
            for name, numbers in theirs.items():
                for key, number in numbers.items():
                    mine[name][key] += number  # type: ignore[index]


def last_hours(until: datetime, zone: timezone, hours: int = 24) -> list[datetime]:
    """The beginnings of the last local hours, the one that runs among them."""
    begun = until.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    return [begun - timedelta(hours=back) for back in reversed(range(hours))]


def by_hour(tallies: Tallies, hours: list[datetime]) -> Hours:
    """What was checked in each of these hours."""
    numbers = [(hour, tallies.checked(hour, hour + timedelta(hours=1))) for hour in hours]
    return Hours(Text("Checks by hour, last 24 hours", "近24小时逐时查验"), numbers)


def silence(tallies: Tallies, hours: list[datetime]) -> int:
    """How many of these hours that are over passed without a check."""
    return silent_hours([tallies.checked(hour, hour + timedelta(hours=1)) for hour in hours[:-1]])


def posts_in(area: str) -> list[Place]:
    """The posts of an area."""
    inside = Area.objects.below(area).values("code")
    return list(Place.objects.current().filter(category="checkpoint", area__in=inside).order_by("code"))


def tallied(posts: Iterable[str], area: str, day: datetime) -> dict[str, Tallies]:
    """The numbers of these posts, with what others counted on the day that begins at `day`; two statements."""
    codes = list(posts)
    found: dict[str, Tallies] = {code: Tallies() for code in codes}
    for name, place, hour, number in Count.objects.filter(name__in=[*CHECKED, *DECIDED], place__in=codes).values_list(
        "name", "place", "hour", "number"
    ):
        found[place].hours[name][hour] += number
    begin, end = hour_of(day), hour_of(day) + timedelta(days=1)
    for event in in_area(standing(Tallied), area).filter(at__gte=begin, at__lt=end, place__in=codes).only("place", "data"):
        for name in CHECKED:
            number = event.data.get(name.partition(".")[2])
            if number is not None:
                found[event.place].counted[name][event.data["by"]] += number
    return found
