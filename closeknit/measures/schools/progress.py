"""How far the campaign of an area's schools has come, school by school and class by class; a few statements, however many people."""

from dataclasses import dataclass
from datetime import datetime

from closeknit.areas.models import Area
from closeknit.campaigns import live
from closeknit.campaigns.models import Campaign, LastSample, Listed, Owing, Reach
from closeknit.console.parts import Progress
from closeknit.measures.schools.campaigns import KIND
from closeknit.measures.schools.standing import School
from closeknit.registry.known import canonical


@dataclass(frozen=True)
class Round:
    """A campaign with whom it lists and whom it has reached."""

    campaign: Campaign
    due: frozenset[str]
    sampled: frozenset[str]

    def of(self, people: set[str]) -> Progress | None:
        """How many of these people are sampled of those who are due; None where the campaign lists none of them."""
        due = people & self.due
        return Progress(len(due & self.sampled), len(due)) if due else None

    def left(self, people: set[str]) -> set[str]:
        """Who of these people is due and not sampled."""
        return (people & self.due) - self.sampled


def running(area: Area, now: datetime, code: str = "") -> Round | None:
    """The campaign of that code, else the one that runs, the last that ran, the next."""
    campaign = live.chosen(live.touching(KIND, area), code, now)
    if campaign is None:
        return None
    listed = set(Listed.objects.filter(campaign=campaign.code, as_what="target").values_list("person", flat=True))
    names = canonical("person", listed)
    due = (names.get(code, code) for code in listed)
    sampled = Reach.objects.filter(campaign=campaign.code, reached=True).values_list("code", flat=True)
    return Round(campaign, frozenset(due), frozenset(sampled))


@dataclass(frozen=True)
class Lot:
    """The last draw of a school: when, how many, how many of these were sampled since."""

    event: str
    at: datetime
    drawn: frozenset[str]
    sampled: frozenset[str]

    @property
    def progress(self) -> Progress:
        return Progress(len(self.sampled), len(self.drawn))


def last_lots(schools: list[School]) -> dict[str, Lot]:
    """The last draw of each school, by its place; two statements."""
    place_of = {group.topic: each.code for each in schools for group in each.groups}
    rows = (
        Owing.objects.filter(group__in=list(place_of)).exclude(draw=None).order_by("since").values_list("group", "draw", "since", "person")
    )
    people: dict[str, set[str]] = {}
    latest: dict[str, tuple[str, datetime]] = {}
    for group, draw, since, person in rows:
        people.setdefault(str(draw), set()).add(person)
        latest[place_of[group]] = (str(draw), since)
    wanted = {person for draw, _ in latest.values() for person in people[draw]}
    last = dict(LastSample.objects.filter(person__in=wanted).values_list("person", "at"))
    return {
        place: Lot(draw, since, frozenset(people[draw]), frozenset(p for p in people[draw] if p in last and last[p] >= since))
        for place, (draw, since) in latest.items()
    }
