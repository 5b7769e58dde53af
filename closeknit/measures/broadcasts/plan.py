"""The lines of the plan, and what was done against each: reckoned from the records, as known at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from closeknit.areas.models import Area
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.broadcasts.kinds import Planned, Way
from closeknit.measures.doorknock.kinds import Outcome, Visited
from closeknit.measures.outreach.kinds import Broadcast, Messaged, Posted
from closeknit.registry.known import names_as_of

Key = tuple[str, str, date, str]  # area, channel, day, text


@dataclass(frozen=True)
class Line:
    """One line of the plan with what was done."""

    area: str
    channel: str
    day: date
    text: str
    planned: int
    done: int
    where: str = ""

    @property
    def is_kept(self) -> bool:
        return self.done >= self.planned

    @property
    def lacks(self) -> int:
        return max(0, self.planned - self.done)

    def state(self, today: date) -> str:
        """kept, missing (its day is over), open."""
        return "kept" if self.is_kept else "missing" if self.day < today else "open"


@dataclass(frozen=True)
class View:
    """Which lines: of an area, of days from first to last, by what happened before `until` as known at `as_of`."""

    area: str
    first: date
    last: date
    until: datetime
    zone: timezone
    as_of: datetime | None = None

    def day(self, moment: datetime) -> date:
        """The local day of a moment."""
        return moment.astimezone(self.zone).date()


def lines(view: View) -> list[Line]:
    """The lines with something planned, by area, day and channel."""
    events = in_area(standing(Planned, as_of=view.as_of), view.area, view.as_of).filter(
        at__lt=view.until, data__day__gte=view.first.isoformat(), data__day__lte=view.last.isoformat()
    )
    latest: dict[Key, dict[str, Any]] = {}
    for event in sorted(events.defer("personal", "digest"), key=lambda each: each.order):
        said = event.data
        latest[event.area, said["channel"], date.fromisoformat(said["day"]), said.get("text_id", "")] = said
    wanted = {key: said for key, said in latest.items() if said["quantity"]}
    done = _done(view) if wanted else {}
    return [Line(*key, said["quantity"], done.get(_counted_as(key), 0), said.get("where", "")) for key, said in sorted(wanted.items())]


def _counted_as(key: Key) -> Key:
    """Under what the records of a line are counted: visits whatever the text."""
    area, channel, day, text = key
    return area, channel, day, "" if channel == Way.HOME_VISIT else text


def _done(view: View) -> dict[Key, int]:
    """What was done by area (counted in each area above it too), channel, day and text; under the text "" whatever the text was."""
    begins = datetime.combine(view.first, time(), view.zone)
    ends = min(view.until, datetime.combine(view.last + timedelta(days=1), time(), view.zone))
    paths = dict(Area.objects.below(view.area, view.as_of).values_list("code", "path"))
    rows = in_area(standing(Posted, Broadcast, Messaged, as_of=view.as_of), view.area, view.as_of).filter(at__gte=begins, at__lt=ends)
    sums: dict[Key, int] = defaultdict(int)
    for lies_in, at, data in rows.values_list("area", "at", "data"):
        channel = data.get("medium") or data.get("device_kind") or data["channel"]
        number = data.get("quantity", data.get("recipients", 0))
        for area in _above(paths[lies_in]):
            for text in {"", data.get("text_id", "")}:
                sums[area, channel, view.day(at), text] += number
    for (area, day), households in _visited(view, begins, ends, paths).items():
        sums[area, Way.HOME_VISIT.value, day, ""] = len(households)
    return sums


def _above(path: str) -> Iterable[str]:
    return [code for code in path.split("/") if code]


def _visited(view: View, begins: datetime, ends: datetime, paths: dict[str, str]) -> dict[tuple[str, date], set[str]]:
    """The households met, by area and day."""
    other = names_as_of("household", view.as_of)
    events = in_area(standing(Visited, as_of=view.as_of), view.area, view.as_of)
    met = events.filter(at__gte=begins, at__lt=ends, data__outcome=Outcome.MET)
    found: dict[tuple[str, date], set[str]] = defaultdict(set)
    for lies_in, at, household in met.values_list("area", "at", "household"):
        for area in _above(paths[lies_in]):
            found[area, view.day(at)].add(other.get(household, household))
    return found
