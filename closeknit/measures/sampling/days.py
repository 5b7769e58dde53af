"""What the sites of an area did on one day: a statement for each sort of record, however many sites."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count as Number
from django.db.models import Sum

from closeknit.areas.models import Area
from closeknit.console.parts import Badge
from closeknit.kit.text import Text
from closeknit.ledger.models import TOTAL_ORDER, Count
from closeknit.ledger.queries import standing
from closeknit.measures.sampling.rules import owed
from closeknit.measures.testing.kinds import EnvironmentSampled, SiteClosed, SiteOpened
from closeknit.measures.tubes.kinds import Tube
from closeknit.measures.workforce.kinds import Stint, stood
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place

CATEGORY = "test_site"
SAMPLES = "testing.person_times"
OWED = {
    "closing": Text("not closed", "未收点"),
    "disinfection": Text("not disinfected", "未消杀"),
    "waste": Text("no waste handed over", "医废未交接"),
    "carrier": Text("waste without a named carrier", "医废无转运人"),
}


@dataclass
class Day:
    """One site's day."""

    place: Place
    start: datetime
    now: datetime
    opened: datetime | None = None
    stations: int = 0
    closed_at: datetime | None = None
    closing: dict[str, Any] | None = None
    hours: dict[datetime, int] = field(default_factory=dict)
    tubes: int = 0
    open_tubes: int = 0
    around: int = 0
    here: list[Stint] = field(default_factory=list)

    @property
    def samples(self) -> int:
        return sum(self.hours.values())

    @property
    def last_hour(self) -> int:
        """Samples of the hour that runs and the one before: what the site does now."""
        return sum(number for hour, number in self.hours.items() if hour > self.now - timedelta(hours=2))

    @property
    def worked(self) -> bool:
        return bool(self.opened or self.hours or self.closing)

    @property
    def owed(self) -> tuple[str, ...]:
        return owed(worked=self.worked, closing=self.closing, over=self.now >= self.start + timedelta(days=1))

    @property
    def owes(self) -> str:
        return "、".join(str(OWED[name]) for name in self.owed)

    @property
    def badge(self) -> Badge:
        if self.owed:
            return Badge(OWED[self.owed[0]], "bad" if self.owed[0] == "closing" else "watch")
        if self.closing is not None:
            return Badge(Text("closed", "已收点"), "good")
        return Badge(Text("at work", "采样中"), "info") if self.worked else Badge(Text("not open", "未开放"), "quiet")


def begins(day: date, pack: Policy) -> datetime:
    """When a local day begins."""
    return datetime.combine(day, time(), pack.timezone)


def sites(area: str) -> list[Place]:
    """The sampling sites of an area."""
    inside = Area.objects.below(area).values("code")
    return list(Place.objects.current().filter(category=CATEGORY, area__in=inside).order_by("area", "code"))


def days(places: Iterable[Place], area: str, start: datetime, now: datetime) -> list[Day]:
    """The day of each of these places that begins at `start`, as far as it has come."""
    found = {day.place.code: day for day in worked(places, start, now)}
    end = start + timedelta(days=1)
    tubes = Tube.objects.filter(place__in=found, last_at__gte=start, last_at__lt=end)
    for code, number in tubes.values_list("place").annotate(number=Number("pk")):
        found[code].tubes = number
    for code, number in (
        tubes.filter(seals=0, result="", hand_overs=0, environment=False).values_list("place").annotate(number=Number("pk"))
    ):
        found[code].open_tubes = number
    around = standing(EnvironmentSampled).filter(place__in=found, at__gte=start, at__lt=end)
    for code, number in around.values_list("place").annotate(number=Number("pk")):
        found[code].around = number
    for code, stints in _here(area, start, min(now, end)).items():
        if code in found:
            found[code].here = stints
    return list(found.values())


def worked(places: Iterable[Place], start: datetime, now: datetime) -> list[Day]:
    """The same days by when each place opened and closed and what it took: what tells whether it owes something."""
    found = {place.code: Day(place, start, now) for place in places}
    end = start + timedelta(days=1)
    for event in standing(SiteOpened, SiteClosed).filter(place__in=found, at__gte=start, at__lt=end).order_by(*TOTAL_ORDER):
        day = found[event.place]
        if event.kind == "testing.site_opened":
            day.opened, day.stations = day.opened or event.at, int(event.data["stations"])
        else:
            day.closed_at, day.closing = event.at, event.data
    counts = Count.objects.filter(name=SAMPLES, place__in=found, hour__gte=start, hour__lt=end).values_list("place", "hour")
    for code, hour, number in counts.annotate(sum=Sum("number")):
        found[code].hours[hour] = number
    return list(found.values())


def _here(area: str, start: datetime, now: datetime) -> dict[str, list[Stint]]:
    """Who stands where at that moment, by place."""
    by_place: dict[str, list[Stint]] = defaultdict(list)
    for stint in stood(area, start, now) if now > start else ():
        if stint.lasts:
            by_place[stint.step.place].append(stint)
    return by_place
