"""How far the campaigns of a kind have come: due, reached and left, each as a list of codes with the latest event."""

from dataclasses import dataclass, field
from datetime import datetime

from closeknit.campaigns.models import Campaign
from closeknit.campaigns.queries import View, excused, targets, tries
from closeknit.campaigns.types import types
from closeknit.ledger.models import Event


@dataclass(frozen=True)
class Coverage:
    """One campaign seen from an area at a time. latest: the last standing word on each target that was tried."""

    campaign: Campaign
    due: set[str]
    excused: set[str]
    reached: set[str]
    tried: dict[str, list[Event]] = field(repr=False)

    @property
    def gap(self) -> set[str]:
        """Who is still to be reached."""
        return self.due - self.excused - self.reached

    def latest(self, codes: set[str]) -> dict[str, Event]:
        """The last word on each of these targets, where there is one."""
        return {code: self.tried[code][-1] for code in codes if code in self.tried}

    def with_outcome(self, outcome: str) -> set[str]:
        """The due whose last word says this outcome."""
        reads = types()[self.campaign.kind].outcome
        return {code for code in self.due if code in self.tried and reads(self.tried[code][-1])[0] == outcome}


def coverage(campaign: Campaign, area: str, *, until: datetime, as_of: datetime | None = None) -> Coverage:
    """The state of a campaign in an area at `until`, as known at `as_of`."""
    reads = types()[campaign.kind].outcome
    due = targets(campaign, View(area, until, as_of))
    out = excused(campaign, due, as_of) if campaign.excused else set()
    tried = tries(campaign, due, until=until, as_of=as_of)
    reached = {code for code, events in tried.items() if code not in out and reads(events[-1])[1]}
    return Coverage(campaign, due, out, reached, tried)
