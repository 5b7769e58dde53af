"""How far the campaigns of a kind have come: due, reached and left, each as a set of codes; the records when they are asked for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from closeknit.campaigns.models import Campaign
from closeknit.campaigns.queries import View, excused, targets, tries
from closeknit.campaigns.words import Words, words
from closeknit.ledger.models import Event


@dataclass(frozen=True)
class Coverage:
    """One campaign seen from an area at a time: who is due, who of them is excused, and the last word on those who were tried."""

    campaign: Campaign
    view: View
    due: set[str]
    excused: set[str]
    words: Words = field(repr=False)

    @cached_property
    def reached(self) -> set[str]:
        """Who has been reached, and was not excused."""
        return set().union(*(codes for (_, reached), codes in self.words.said.items() if reached)) - self.excused

    @cached_property
    def gap(self) -> set[str]:
        """Who is still to be reached."""
        return self.due - self.excused - self.reached

    @cached_property
    def tried(self) -> dict[str, list[Event]]:
        """All that was said of each of the due, the last of each list the latest."""
        return self._said_of(self.due)

    def latest(self, codes: Collection[str]) -> dict[str, Event]:
        """The last word on each of these targets, where there is one."""
        return {code: said[-1] for code, said in self._said_of(self.due.intersection(codes)).items()}

    def with_outcome(self, outcome: str) -> set[str]:
        """The due whose last word says this outcome."""
        return set().union(*(codes for (said, _), codes in self.words.said.items() if said == outcome))

    def keeping(self, name: str, value: Any) -> set[str]:
        """The due whose last word holds this value in a field that the campaign's reach keeps."""
        return words(self.campaign, self.due, until=self.view.until, as_of=self.view.as_of, keeping=name).kept.get(value, set())

    def _said_of(self, codes: set[str]) -> dict[str, list[Event]]:
        return tries(self.campaign, codes, until=self.view.until, as_of=self.view.as_of) if codes else {}


def coverage(campaign: Campaign, area: str, *, until: datetime, as_of: datetime | None = None) -> Coverage:
    """The state of a campaign in an area at `until`, as known at `as_of`."""
    view = View(area, until, as_of)
    due = targets(campaign, view)
    out = excused(campaign, due, as_of) if campaign.excused else set()
    return Coverage(campaign, view, due, out, words(campaign, due, until=until, as_of=as_of))
