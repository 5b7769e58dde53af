"""Bodies and posts as said last, as known at a time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from closeknit.ledger.models import Event
from closeknit.ledger.queries import in_area, standing
from closeknit.measures.headquarters.said import Appointed, Ended, Formed, Relieved


@dataclass(frozen=True)
class Body:
    """A headquarters, task force or group as formed last. stands: it is not ended, and its time is not over."""

    event: Event
    stands: bool

    @property
    def name(self) -> str:
        return self.event.topic

    @property
    def area(self) -> str:
        return self.event.area

    @property
    def leader(self) -> str:
        return str(self.event.data.get("leader", ""))

    @property
    def liaison(self) -> str:
        return str(self.event.data.get("liaison", ""))

    @property
    def people(self) -> list[str]:
        """Leader, liaison and members, each once."""
        return list(dict.fromkeys(filter(None, (self.leader, self.liaison, *self.event.data.get("members", ())))))


def bodies(area: str, today: date, *, until: datetime | None = None, as_of: datetime | None = None) -> list[Body]:
    """The bodies of an area and below it, those that ended too; one statement."""
    events = in_area(standing(Formed, Ended, as_of=as_of), area, as_of).defer("personal", "digest")
    by_name: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in sorted(events.filter(at__lt=until) if until else events, key=lambda event: event.order):
        by_name[event.area, event.topic].append(event)
    made = []
    for steps in by_name.values():
        formed = [step for step in steps if step.kind == "headquarters.formed"]
        if formed:
            stands = steps[-1].kind == "headquarters.formed" and not _over(steps[-1], today)
            made.append(Body(formed[-1], stands))
    return made


def _over(event: Event, today: date) -> bool:
    last = str(event.data.get("until", ""))[:10]
    return bool(last) and last < today.isoformat()


def holders(area: str, today: date, *, until: datetime | None = None, as_of: datetime | None = None) -> dict[tuple[str, str], list[Event]]:
    """Of each (area, post) of an area and below it the appointments that hold; one statement."""
    events = in_area(standing(Appointed, Relieved, as_of=as_of), area, as_of).defer("personal", "digest")
    latest: dict[tuple[str, str, str], Event] = {}
    for event in sorted(events.filter(at__lt=until) if until else events, key=lambda event: event.order):
        latest[event.area, event.data["post"], event.data["worker"]] = event
    found: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for (code, post, _), event in latest.items():
        if event.kind == "headquarters.appointed" and not _over(event, today):
            found[code, post].append(event)
    return found
