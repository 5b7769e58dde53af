"""The round: everybody due is sampled once with the round's code."""

from closeknit.campaigns.models import Campaign
from closeknit.campaigns.types import CampaignType, campaign_type
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.testing.kinds import Sampled


def of_the_round(event: Event, campaign: Campaign) -> bool:
    """Whether the sample was taken with the round's code."""
    return bool(event.data.get("round") == campaign.code)


def outcome(event: Event) -> tuple[str, bool]:
    """A sample reaches the person."""
    return "sampled", True


ROUND = campaign_type(
    CampaignType(
        kind="testing.round",
        label=Text("Round of testing", "核酸检测轮次"),
        reads=(Sampled,),
        subject="person",
        outcome=outcome,
        belongs=of_the_round,
        keeps=("tube",),
    )
)
