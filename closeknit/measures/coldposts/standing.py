"""Who goes round the cold-chain posts of an area on which day, and what was checked there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from closeknit.areas.models import Area
from closeknit.ledger.fields import Decision
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.coldchain.kinds import COLD_POST, ColdVehicleChecked, DutySet
from closeknit.policy.packs import Policy
from closeknit.registry.models import Place


@dataclass(frozen=True)
class Rota:
    """The posts of an area with their paths in the tree, and the words on duty: by day and area the latest."""

    posts: list[Place]
    paths: dict[str, str]
    said: dict[tuple[str, str], Event]

    def officer(self, post: Place, day: date) -> str:
        """The officer of a post on a day: whom the nearest area at or above it says; empty for nobody."""
        above = [code for code in self.paths.get(post.area, "").split("/") if code]
        said = (self.said.get((day.isoformat(), code)) for code in reversed(above))
        return next((str(event.data["worker"]) for event in said if event), "")

    def officers(self, day: date) -> list[str]:
        """All officers of a day over these posts."""
        return list(dict.fromkeys(filter(None, (self.officer(post, day) for post in self.posts))))

    def without(self, day: date) -> list[Place]:
        """The posts that have no officer on a day."""
        return [post for post in self.posts if not self.officer(post, day)]


def rota(area: str, days: Iterable[date], until: datetime, as_of: datetime | None = None) -> Rota:
    """The posts of an area and who is on duty over them on some days; a few statements, however many."""
    below = Area.objects.below(area, as_of)
    posts = list(Place.objects.as_of(as_of).filter(category=COLD_POST, area__in=below.values("code")).order_by("area", "code"))
    paths = dict(Area.objects.as_of(as_of).filter(code__in={post.area for post in posts}).values_list("code", "path"))
    above = {code for path in paths.values() for code in path.split("/") if code}
    events = standing(DutySet, as_of=as_of).filter(at__lt=until, area__in=above, topic__in=[day.isoformat() for day in days])
    ordered = sorted(events.defer("personal", "digest"), key=lambda event: event.order)
    return Rota(posts, paths, {(event.topic, event.area): event for event in ordered})


@dataclass
class Checks:
    """What was checked at posts: all, turned away or referred, without certificates."""

    number: int = 0
    stopped: int = 0
    uncertified: int = 0
    by_post: Counter[str] = field(default_factory=Counter)


def checks(posts: Iterable[Place], first: date, last: date, pack: Policy) -> dict[date, Checks]:
    """The checks of vehicles at these posts by local day, counted in the database: nobody and no vehicle is named."""
    starts, ends = (datetime.combine(day, time(), pack.timezone) for day in (first, last + timedelta(days=1)))
    events = standing(ColdVehicleChecked).filter(at__gte=starts, at__lt=ends, place__in=[post.code for post in posts])
    rows = events.annotate(day=TruncDate("at", tzinfo=pack.timezone)).order_by().values("day", "place").annotate(
        number=Count("pk"), stopped=Count("pk", filter=~Q(data__decision=Decision.ADMITTED.value)),
        certified=Count("pk", filter=Q(data__certificate=True)),
    )  # fmt: skip
    found: dict[date, Checks] = {}
    for row in rows:
        one = found.setdefault(row["day"], Checks())
        one.number, one.stopped = one.number + row["number"], one.stopped + row["stopped"]
        one.uncertified += row["number"] - row["certified"]
        one.by_post[row["place"]] += row["number"]
    return found
