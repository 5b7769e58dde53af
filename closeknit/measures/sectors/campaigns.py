"""A round of checks of each sector: every place of its categories is looked at once."""

from collections.abc import Callable

from closeknit.campaigns.models import Campaign
from closeknit.campaigns.types import CampaignType, campaign_type
from closeknit.kit.text import Text
from closeknit.ledger.models import Event
from closeknit.measures.sectors.kinds import Sector, SectorChecked


def has_problem(event: Event) -> bool:
    """Whether the check wrote a problem down."""
    return bool(event.data.get("problems"))


def outcome(event: Event) -> tuple[str, bool]:
    """Whether there was a problem; any check reaches the place."""
    return ("problem" if has_problem(event) else "in_order"), True


def _of(sector: Sector) -> Callable[[Event, Campaign], bool]:
    return lambda event, campaign: event.data.get("sector") == sector.value


def kind_of(sector: str) -> str:
    """The kind of campaign that checks a sector."""
    return f"sectors.{sector}"


ROUNDS = tuple(
    campaign_type(
        CampaignType(
            kind=kind_of(each.value), label=Text("Checks: {sector}", "{sector}检查", sector=each.label), reads=(SectorChecked,),
            subject="place", outcome=outcome, belongs=_of(each),
        )
    )
    for each in Sector
)  # fmt: skip
