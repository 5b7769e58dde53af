"""Which places are swabbed how often, when each was swabbed last and what came of it: reckoned from the register and the records.

Which kinds say so is told by whoever asks: the core knows no measure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from closeknit.areas.models import Area
from closeknit.campaigns.cadences.rules import DUE, LATER, OVERDUE
from closeknit.ledger.fields import Result
from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place

NEVER = "never"


@dataclass(frozen=True)
class Kinds:
    """The kinds that set a place's plan, that swab it, and that tell a tube's result."""

    plan: type[Said]
    swab: type[Said]
    result: type[Said]


@dataclass(frozen=True)
class Planned:
    """One place of the plan. `results` are those of its tubes that have one, the latest sample's first."""

    place: Place
    days: int
    objects: str
    today: date
    samples: tuple[Event, ...] = ()
    results: Mapping[str, str] = field(default_factory=dict)
    last: date | None = None

    @property
    def due(self) -> date | None:
        """When it is due; empty where it was never swabbed, for then it is overdue from the first day."""
        return self.last + timedelta(days=self.days) if self.last else None

    @property
    def state(self) -> str:
        if self.due is None:
            return NEVER
        return OVERDUE if self.due < self.today else DUE if self.due == self.today else LATER

    @property
    def is_late(self) -> bool:
        return self.state in (NEVER, OVERDUE)

    @property
    def positive(self) -> str:
        """The latest tube that came back positive, of those that are still shown."""
        return next((event.topic for event in self.samples if self.results.get(event.topic) == Result.POSITIVE), "")

    @property
    def tube(self) -> str:
        return self.samples[0].topic if self.samples else ""

    @property
    def result(self) -> str:
        return self.results.get(self.tube, "")


def plan(reads: Kinds, area: str, pack: Policy, until: datetime, as_of: datetime | None = None) -> list[Planned]:
    """The places of an area that are swabbed, as they stand at `until` (left out of it): a few statements, however many places."""
    days = {code: int(number) for code, number in dict(pack.get("routine.places", {})).items()}
    said = standing(reads.plan, as_of=as_of).filter(at__lt=until).defer("personal", "digest")
    own = {event.place: event.data for event in sorted(said, key=lambda event: event.order)}
    places = Place.objects.as_of(as_of).filter(area__in=Area.objects.below(area, as_of).values("code"))
    kept = [
        (place, number, own.get(place.code, {}).get("objects", ""))
        for place in places.order_by("area", "code")
        if (number := int(own[place.code]["cadence_days"]) if place.code in own else days.get(place.category, 0))
    ]
    samples = _samples(reads, [place.code for place, _, _ in kept], until, as_of)
    shown_from = until - timedelta(days=int(pack.get("routine.positive_shown_days")))
    recent = {code: tuple(each for each in events if each is events[0] or each.at >= shown_from) for code, events in samples.items()}
    results = results_of(reads, {event.topic for events in recent.values() for event in events}, as_of)
    today = (until - timedelta(microseconds=1)).astimezone(pack.timezone).date()
    return [
        Planned(place, number, objects, today, recent.get(place.code, ()), results, _day(samples.get(place.code), pack))
        for place, number, objects in kept
    ]


def _day(events: list[Event] | None, pack: Policy) -> date | None:
    return events[0].at.astimezone(pack.timezone).date() if events else None


def _samples(reads: Kinds, places: list[str], until: datetime, as_of: datetime | None) -> dict[str, list[Event]]:
    """The environment samples of these places, the latest first."""
    found: dict[str, list[Event]] = {}
    events = standing(reads.swab, as_of=as_of).filter(at__lt=until, place__in=places).defer("personal", "digest")
    for event in sorted(events, key=lambda event: event.order, reverse=True):
        found.setdefault(event.place, []).append(event)
    return found


def results_of(reads: Kinds, tubes: set[str], as_of: datetime | None = None) -> dict[str, str]:
    """The latest result of each of these tubes, where it has one."""
    events = standing(reads.result, as_of=as_of).filter(topic__in=tubes).defer("personal", "digest")
    return {event.topic: str(event.data["result"]) for event in sorted(events, key=lambda event: event.order)}
