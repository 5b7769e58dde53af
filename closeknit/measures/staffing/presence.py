"""Need against presence: for each site and post how many are needed and how many stand there, now and by hour."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.areas.models import Area
from closeknit.measures.staffing.kinds import Need, needs
from closeknit.measures.workforce.kinds import Stint, post_code, stood
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place

BACK = timedelta(days=3)
GATE = "checkpoint"  # a checkpoint for which nobody has set a need has to be manned by one at least


@dataclass(frozen=True)
class Site:
    """A post of a place: how many are needed now and how many stand there. assumed: nobody has set the need."""

    place: str
    name: str
    area: str
    post: str
    needed: int
    present: int
    assumed: bool = False

    @property
    def short(self) -> int:
        return max(0, self.needed - self.present)

    @property
    def empty(self) -> bool:
        return self.needed > 0 and self.present == 0


def sites(area: str, pack: Policy, now: datetime, as_of: datetime | None = None, *, before: bool = False) -> list[Site]:
    """The posts of an area that need somebody now, or where somebody stands; the emptiest first. Six statements.
    before: from the records before now alone, as figures are reckoned."""
    last = now - timedelta(microseconds=1) if before else now
    every = stood(area, now - BACK, last, as_of=as_of)
    present = Counter((each.step.place, post_code(each.step.post, pack)) for each in every if each.lasts and each.step.place)
    hour = now.astimezone(pack.timezone).hour
    wanted: Counter[tuple[str, str]] = Counter()
    known = needs(area, pack, last, as_of)
    for need in known:
        wanted[need.place, need.post] += need.number if need.at(hour) else 0
    gates = Place.objects.as_of(as_of).filter(category=GATE, area__in=Area.objects.below(area, as_of).values("code"))
    seen_to = {need.place for need in known} | {place for place, _ in present}
    watched = any(each.start for each in every)
    assumed = {(code, GATE) for code in gates.values_list("code", flat=True) if code not in seen_to} if watched else set()
    keys = {key for key in wanted | present if wanted[key] or present[key]} | assumed
    places = {row.code: row for row in Place.objects.as_of(as_of).filter(code__in={place for place, _ in keys})}
    made = [
        Site(
            place, places[place].name, places[place].area, post, wanted[place, post] or int((place, post) in assumed),
            present[place, post], (place, post) in assumed,
        )
        for place, post in keys if place in places
    ]  # fmt: skip
    return sorted(made, key=lambda each: (not each.empty, -each.short, each.name, each.post))


@dataclass(frozen=True)
class Hour:
    """An hour of a day at a place: how many are needed and how many were there at some time of it."""

    begins: datetime
    needed: int
    present: int

    @property
    def short(self) -> int:
        return max(0, self.needed - self.present)


def by_hour(wanted: Iterable[Need], stints: Iterable[Stint], begins: datetime, now: datetime) -> list[Hour]:
    """The 24 hours of a day at one place; hours that are still to come have nobody yet."""
    wanted, stints = list(wanted), [each for each in stints if each.start]
    made = []
    for number in range(24):
        start = begins + timedelta(hours=number)
        there = {each.step.member for each in stints if _there(each, start, now)}
        made.append(Hour(start, sum(need.number for need in wanted if need.at(number)), len(there)))
    return made


def _there(stint: Stint, start: datetime, now: datetime) -> bool:
    end = stint.end or (now if not stint.odd else stint.start)
    assert stint.start is not None and end is not None
    return start < now and stint.start < start + timedelta(hours=1) and (end > start or stint.start >= start)
