"""Who refused finally is a number above the village: lists of visits shown there leave the household out."""

from uuid import UUID

from closeknit.access.models import Account
from closeknit.areas.models import Area
from closeknit.campaigns.models import Reach
from closeknit.console.coverage.asked import VILLAGE
from closeknit.console.records.listing import veil
from closeknit.ledger.models import Event
from closeknit.policy.packs import policy


def sees_final(account: Account) -> bool:
    """Whether the account works in a village or a grid."""
    own = Area.objects.current().filter(code=account.area).first()
    return own is not None and own.level in VILLAGE


def hidden(account: Account, events: list[Event]) -> set[UUID]:
    """The events of households that refused finally in a sweep, for a reader above the village."""
    if sees_final(account):
        return set()
    after = int(policy(account.area).get("doorknock.refusals_final_after", 0))
    refused = Reach.objects.filter(kind="doorknock", outcome="refused", refusals__gte=max(1, after))
    households = set(refused.filter(code__in={event.household for event in events}).values_list("code", flat=True))
    return {event.id for event in events if event.household in households}


veil("doorknock.visited", hidden)
veil("doorknock.phoned", hidden)
