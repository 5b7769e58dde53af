"""The campaign of schools: everybody of their classes is sampled once, whatever round and place it is."""

from closeknit.campaigns.types import CampaignType, campaign_type
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.testing.kinds import Sampled

KIND = "schools.round"


def outcome(event: Event) -> tuple[str, bool]:
    """Any sample reaches the person."""
    return "sampled", True


ROUND = campaign_type(
    CampaignType(kind=KIND, label=Text("School campaign", "学校专项检测"), reads=(Sampled,), subject="person", outcome=outcome)
)  # fmt: skip
