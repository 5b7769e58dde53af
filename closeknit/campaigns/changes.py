"""Whose reach may have changed since a moment, told by the records that arrived after it."""

from collections.abc import Collection, Mapping

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from closeknit.campaigns.types import reach_of
from closeknit.ledger.kinds import names
from closeknit.ledger.models import Event
from closeknit.ledger.queries import last_arrival
from closeknit.registry.kinds import FoundSaid, Merged

VOIDED = "ledger.voided"
MOST_ARRIVALS = 50_000  # further back nobody looks
MOST_RECORDS = 5_000


def changed_since(arrival: int, campaign_kinds: Collection[str]) -> Mapping[str, set[str]] | None:
    """For each kind of campaign the codes of all whose reach the records after `arrival` may have changed: by a correction, a withdrawal
    or a merge as well. None where that cannot be told: too long ago, or a number that this ledger has not come to."""
    if not 0 <= last_arrival() - arrival <= MOST_ARRIVALS:
        return None
    projections = [reach_of(kind) for kind in sorted(campaign_kinds)]
    read = {name for each in projections for name in each.kind_names()}
    wanted = {*read, *names(FoundSaid, Merged), VOIDED}
    # Without the Coalesce SQLite goes by the index of kinds, and reads all visits there ever were.
    after = Event.objects.alias(named=Coalesce("kind", Value(""))).filter(arrival__gt=arrival, named__in=wanted)
    new = list(after.defer("personal", "digest")[: MOST_RECORDS + 1])
    if len(new) > MOST_RECORDS:
        return None
    corrected = after.filter(corrects__isnull=False).values("corrects")
    ended = Event.objects.filter(Q(id__in=corrected) | Q(corrects__in=corrected) | Q(corrects__in=after.values("id")))
    events = [*new, *ended.defer("personal", "digest")] if new else []
    return {each.campaign_type.kind: each.all_names(each.touched(events)) for each in projections}
