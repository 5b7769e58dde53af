"""The patrol's places and visits."""

from django.db.models import Q, QuerySet

from closeknit.campaigns.models import Campaign
from closeknit.ledger.models import Event
from closeknit.ledger.queries import standing
from closeknit.measures.venues.kinds import Patrolled

KIND = "venues.patrol"
HAS_PROBLEM = Q(data__code_posted=False) | Q(data__scanning=False) | Q(data__has_key="problems")


def visits(campaign: Campaign) -> QuerySet[Event]:
    """The standing visits within the patrol's time."""
    return standing(Patrolled).filter(at__gte=campaign.starts_at, at__lt=campaign.ends_at)


def problem_places(campaign: Campaign) -> set[str]:
    """The places where some visit found a problem."""
    return set(visits(campaign).filter(HAS_PROBLEM).values_list("place", flat=True))
