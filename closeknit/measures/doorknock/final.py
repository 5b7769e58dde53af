"""Lists of visits shown above the village leave out who refused finally."""

from uuid import UUID

from closeknit.access.models import Account
from closeknit.console.coverage.final import kept_back
from closeknit.console.records.listing import veil
from closeknit.ledger.models import Event


def hidden(account: Account, events: list[Event]) -> set[UUID]:
    """The events of households that refused finally in a sweep, for a reader above the village."""
    households = kept_back(account, {event.household for event in events})
    return {event.id for event in events if event.household in households}


veil("doorknock.visited", hidden)
veil("doorknock.phoned", hidden)
