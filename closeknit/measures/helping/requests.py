"""Requests for help and referrals with what became of them: folded from the ledger, as known at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from closeknit.ledger.kinds import Said
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.care.kinds import HelpAskedAgain, HelpClosed, HelpTaken, ReferralAnswered
from closeknit.measures.helping.rules import RANK, due_at
from closeknit.policy.packs import Policy


@dataclass(frozen=True)
class Request:
    """One request. `since`: when it was asked for, or asked again; `closed` and `taken` are the latest of their kind since then."""

    asked: Event
    since: datetime
    taken: Event | None
    closed: Event | None
    times: int

    @property
    def code(self) -> str:
        return self.asked.topic

    @property
    def urgency(self) -> str:
        return str(self.asked.data["urgency"])

    @property
    def owner(self) -> str:
        return str(self.taken.data["owner"]) if self.taken else ""

    @property
    def state(self) -> str:
        """open: nobody has taken it; taken; closed."""
        return "closed" if self.closed else "taken" if self.taken else "open"

    def due(self, pack: Policy) -> datetime:
        """By when it has to be closed."""
        return due_at(self.since, self.urgency, pack.get("care.help_within_h"))

    def is_late(self, at: datetime, pack: Policy) -> bool:
        """Whether it is not closed although its time is over."""
        return self.closed is None and self.due(pack) <= at

    def rank(self, pack: Policy) -> tuple[bool, int, datetime, str]:
        """Emergencies first, then what is due next; what is closed last."""
        return (self.closed is not None, RANK[self.urgency], self.due(pack), self.code)


@dataclass(frozen=True)
class Referral:
    """One referral and the latest answer."""

    asked: Event
    answer: Event | None

    @property
    def code(self) -> str:
        return self.asked.topic


def requests(asked: Iterable[Event], *, until: datetime | None = None, as_of: datetime | None = None) -> list[Request]:
    """These requests with their steps before `until` (None: all that stand); of a request that was put right the later word."""
    latest = {event.topic: event for event in sorted(asked, key=lambda each: each.order)}
    steps = _steps(latest, HelpTaken, HelpClosed, HelpAskedAgain, until=until, as_of=as_of)
    return [_request(event, steps[code]) for code, event in latest.items()]


def _request(asked: Event, steps: list[Event]) -> Request:
    since, taken, closed, times = asked.at, None, None, 1
    for step in steps:
        if step.kind == "care.help_asked_again":
            since, closed, times = step.at, None, times + 1
        elif step.kind == "care.help_taken":
            taken = step
        else:
            closed = step
    return Request(asked, since, taken, closed, times)


def referrals(asked: Iterable[Event], *, until: datetime | None = None, as_of: datetime | None = None) -> list[Referral]:
    """These referrals with the latest answer before `until`."""
    latest = {event.topic: event for event in sorted(asked, key=lambda each: each.order)}
    answers = _steps(latest, ReferralAnswered, until=until, as_of=as_of)
    return [Referral(event, answers[code][-1] if answers[code] else None) for code, event in latest.items()]


def _steps(topics: Iterable[str], *said: type[Said], until: datetime | None, as_of: datetime | None) -> dict[str, list[Event]]:
    """The steps of each topic, the last of each list the latest."""
    wanted = set(topics)
    events = standing(*said, as_of=as_of).defer("personal", "digest")
    events = events.filter(at__lt=until) if until else events
    found: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda each: each.order):
        if event.topic in wanted:
            found[event.topic].append(event)
    return found
