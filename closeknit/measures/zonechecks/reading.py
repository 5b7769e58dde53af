"""What the checks of zones come to: of each standard the latest word, and which zones were not looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.zonechecks.kinds import ZoneChecked
from closeknit.measures.zones.kinds import Zone, begins, in_order


@dataclass(frozen=True)
class Checked:
    """The latest word on each standard of a zone: whether it is met, and the check that says so; the last check of all."""

    words: dict[str, tuple[bool, Event]]
    last: Event | None = None

    @property
    def not_met(self) -> dict[str, Event]:
        return {code: event for code, (met, event) in self.words.items() if not met}

    def is_overdue(self, zone: Zone, at: datetime, every: timedelta) -> bool:
        """Whether a zone that holds long enough was not looked at for so long."""
        order = zone.order_at(at)
        return order is not None and begins(order) + every <= at and (self.last is None or self.last.at <= at - every)


NEVER = Checked({})


def checked(numbers: Iterable[str], *, until: datetime | None = None, as_of: datetime | None = None) -> dict[str, Checked]:
    """What was said of the standards of these zones; one statement."""
    said = standing(ZoneChecked, as_of=as_of).filter(topic__in=list(numbers)).defer("personal", "digest")
    found: dict[str, Checked] = {}
    for event in in_order(said.filter(at__lt=until) if until else said):
        words = dict(found.get(event.topic, NEVER).words)
        words |= dict.fromkeys(event.data.get("met", ()), (True, event)) | dict.fromkeys(event.data.get("not_met", ()), (False, event))
        found[event.topic] = Checked(words, event)
    return found
