"""Directives with their receipts, folded from the ledger: those that concern an area, as known at a time."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone

from django.db.models import QuerySet

from closeknit.areas.models import Area
from closeknit.kit.once import once_a_page
from closeknit.ledger.fields import end_of
from closeknit.ledger.models import Event
from closeknit.ledger.projections import grouped
from closeknit.ledger.queries import standing
from closeknit.measures.directives.rules import reading, unfitting
from closeknit.measures.directives.said import Ended, Issued, Received


@dataclass(frozen=True)
class Directive:
    """One directive: the version that holds, the earlier ones, its end, and the receipts of the version that holds by recipient. odd:
    receipts of areas to which it does not go, of versions that were never issued, and from before their version was."""

    event: Event
    versions: tuple[Event, ...]
    ended: Event | None
    receipts: dict[str, list[Event]] = field(default_factory=dict)
    odd: tuple[Event, ...] = ()

    @property
    def number(self) -> str:
        return self.event.topic

    @property
    def version(self) -> int:
        return int(self.event.data["version"])

    @property
    def to(self) -> list[str]:
        return list(self.event.data["to"])

    def read_by(self, zone: timezone) -> datetime:
        """When it should have been read."""
        return end_of(self.event.data["read_by"], zone)

    def act_by(self, zone: timezone) -> datetime | None:
        """When it should have been acted on; None where it is only to be read."""
        said = self.event.data.get("act_by", "")
        return end_of(said, zone) if said else None

    def owed_by(self, recipient: str, now: datetime, zone: timezone) -> "Owed":
        """What a recipient owes; how it stands, see `rules.reading`."""
        what, act_by = [event.data["what"] for event in self.receipts.get(recipient, ())], self.act_by(zone)
        return Owed(self, recipient, reading(what, self.read_by(zone), act_by, now), act_by is not None and act_by <= now)


@dataclass(frozen=True)
class Owed:
    """A directive that is in force and one of its recipients."""

    directive: Directive
    recipient: str
    state: str
    act_over: bool

    @property
    def is_read(self) -> bool:
        return self.state not in ("unread", "late")

    @property
    def asks_action(self) -> bool:
        return bool(self.directive.event.data.get("act_by"))

    @property
    def is_late_to_act(self) -> bool:
        """Whether its time to act is over, also of one that was never read."""
        return self.state != "acted" and self.act_over


@once_a_page
def concerning(area: str, *, until: datetime, as_of: datetime | None = None) -> list[Directive]:
    """The directives that areas of this one's path, itself and below it have issued; those above reach it or pass it by. A version
    that somebody else issued since under its number takes its place here too."""
    row = Area.objects.as_of(as_of).filter(code=area).first()
    above = [code for code in row.path.split("/") if code] if row else []
    issued = standing(Issued, as_of=as_of)
    below = Area.objects.below(area, as_of).values("code")
    near = (issued.filter(area__in=above) | issued.filter(area__in=below)).filter(at__lt=until)
    return _folded(issued.filter(topic__in=near.values("topic")), until, as_of)


def directive_of(number: str) -> Directive | None:
    """The directive of that number, as all that is known has it."""
    found = _folded(standing(Issued).filter(topic=number), None, None)
    return found[0] if found else None


def _folded(issued: QuerySet[Event], until: datetime | None, as_of: datetime | None) -> list[Directive]:
    def before(events: QuerySet[Event]) -> list[Event]:
        return list((events.filter(at__lt=until) if until else events).defer("personal", "digest"))

    versions = grouped(before(issued), "topic")
    said = standing(Received, Ended, as_of=as_of).filter(topic__in=versions)
    steps = grouped(before(said), "topic")
    return [_directive(issues, steps.get(number, [])) for number, issues in versions.items()]


def _directive(issues: list[Event], steps: list[Event]) -> Directive:
    holds = max(issues, key=lambda event: (event.data["version"], event.order))
    ends = [step for step in steps if step.kind == "directives.ended" and step.order > holds.order]
    receipts: dict[str, list[Event]] = defaultdict(list)
    for step in steps:
        if step.kind == "directives.received" and step.data["version"] == holds.data["version"]:
            receipts[step.area].append(step)
    earlier = tuple(event for event in issues if event is not holds)
    odd = unfitting([step for step in steps if step.kind == "directives.received"], issues)
    return Directive(holds, earlier, ends[-1] if ends else None, dict(receipts), tuple(odd))


def owed(directives: list[Directive], within: set[str], now: datetime, zone: timezone) -> Iterator[Owed]:
    """Each recipient among these areas of each directive in force."""
    for each in directives:
        if each.ended is None:
            yield from (each.owed_by(code, now, zone) for code in each.to if code in within)
