"""What groups have logged, with whether their problems are solved, as known at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.measures.liaison.kinds import Solved


@dataclass(frozen=True)
class Log:
    """An entry of a liaison's log, and what solved its problem."""

    event: Event
    solved: Event | None

    @property
    def code(self) -> str:
        return self.event.topic

    @property
    def is_open(self) -> bool:
        """Whether a problem stands open."""
        return bool(self.event.data.get("problem")) and self.solved is None


def logs(events: Iterable[Event], *, until: datetime | None = None, as_of: datetime | None = None) -> list[Log]:
    """These entries with what solved them before `until`; of one that was put right the later word. Two statements."""
    latest = {topic: steps[-1] for topic, steps in grouped(list(events), "topic").items()}
    said = standing(Solved, as_of=as_of).filter(topic__in=latest).defer("personal", "digest")
    solved = grouped(list(said.filter(at__lt=until) if until else said), "topic")
    return [Log(event, solved[topic][-1] if topic in solved else None) for topic, event in latest.items()]
