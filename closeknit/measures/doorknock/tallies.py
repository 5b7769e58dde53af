"""Visits, hour by hour."""

from collections.abc import Mapping

from closeknit.ledger.models import Event
from closeknit.ledger.tallies import tally
from closeknit.measures.doorknock.kinds import Visited


@tally(Visited, figures=("doorknock.visits",))
def visits_by_hour(event: Event) -> Mapping[str, int]:
    """Every visit, whatever came of it."""
    return {"doorknock.visits": 1}
