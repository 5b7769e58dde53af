"""The patrol: every place of its categories is looked at once."""

from closeknit.campaigns.types import CampaignType, campaign_type
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.venues.kinds import Patrolled


def has_problem(event: Event) -> bool:
    """Whether the visit found the code not posted, nobody registering, or wrote a problem down."""
    return not event.data["code_posted"] or not event.data["scanning"] or bool(event.data.get("problems"))


def outcome(event: Event) -> tuple[str, bool]:
    """Whether there was a problem; any visit reaches the place."""
    return ("problem" if has_problem(event) else "in_order"), True


PATROL = campaign_type(
    CampaignType(kind="venues.patrol", label=Text("Patrol of venues", "场所巡查"), reads=(Patrolled,), subject="place", outcome=outcome)
)
