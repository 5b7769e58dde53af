"""How many came in, by place, day and way, from the tallies; no record of anybody is read for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from closeknit.ledger.models import Count
from closeknit.ledger.tallies import hour_of
from closeknit.measures.venueentries.tallies import CODE, ENTRIES, HAND, HELPED, NAMES, REFUSED


@dataclass
class Came:
    """The numbers of one place, or of several: by name."""

    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, other: "Came") -> None:
        """Takes in the numbers of another."""
        for name, number in other.numbers.items():
            self.numbers[name] += number

    @property
    def entries(self) -> int:
        return self.numbers[ENTRIES]

    @property
    def by_code(self) -> int:
        return self.numbers[CODE]

    @property
    def by_hand(self) -> int:
        return self.numbers[HAND]

    @property
    def helped(self) -> int:
        return self.numbers[HELPED]

    @property
    def refused(self) -> int:
        return self.numbers[REFUSED]

    @property
    def share(self) -> int | None:
        """How many in a hundred came by code, rounded down; None where nobody came."""
        return 100 * self.by_code // self.entries if self.entries else None


def by_place(places: Iterable[str], start: datetime, end: datetime) -> dict[str, Came]:
    """The numbers of these places from start ≤ hour < end; one statement."""
    found: dict[str, Came] = {code: Came() for code in places}
    rows = Count.objects.filter(name__in=NAMES, hour__gte=hour_of(start), hour__lt=end, place__in=list(found))
    for name, place, number in rows.values_list("name", "place", "number"):
        found[place].numbers[name] += number
    return found


def by_area(areas: Iterable[str], start: datetime, end: datetime) -> dict[str, Came]:
    """The same by the area in which the entry was recorded."""
    found: dict[str, Came] = {code: Came() for code in areas}
    rows = Count.objects.filter(name__in=NAMES, hour__gte=hour_of(start), hour__lt=end, area__in=list(found))
    for name, area, number in rows.values_list("name", "area", "number"):
        found[area].numbers[name] += number
    return found


def by_day(place: str, begins: datetime, days: int) -> list[tuple[datetime, Came]]:
    """The last local days of a place, today first; `begins` is when today began."""
    firsts = [begins - timedelta(days=back) for back in range(days)]
    found = [(first, Came()) for first in firsts]
    rows = Count.objects.filter(name__in=NAMES, place=place, hour__gte=firsts[-1])
    for name, hour, number in rows.values_list("name", "hour", "number"):
        back = max(0, (begins - hour + timedelta(days=1) - timedelta(seconds=1)) // timedelta(days=1))
        if back < days:
            found[back][1].numbers[name] += number
    return found
