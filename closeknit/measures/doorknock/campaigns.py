"""The sweep: every household must be met, or be known to have moved or to stand vacant."""

from closeknit.campaigns.types import CampaignType, campaign_type
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.doorknock.kinds import Outcome, Visited

SETTLED = frozenset({Outcome.MET, Outcome.MOVED, Outcome.VACANT})


def outcome(event: Event) -> tuple[str, bool]:
    """What the visit says, and whether the household is settled by it; a refusal is work done and stays in the gap."""
    said = event.data["outcome"]
    return said, said in SETTLED


SWEEP = campaign_type(
    CampaignType(
        kind="doorknock",
        label=Text("Door-to-door sweep", "敲门行动"),
        reads=(Visited,),
        subject="household",
        outcome=outcome,
        keeps=("booster", "present"),
    )
)
