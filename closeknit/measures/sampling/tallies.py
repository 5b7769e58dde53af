"""Samples, hour by hour and site by site."""

from collections.abc import Mapping

from closeknit.ledger.models import Event
from closeknit.ledger.tallies import tally
from closeknit.measures.testing.kinds import Sampled


@tally(Sampled, figures=("testing.person_times",))
def samples_by_hour(event: Event) -> Mapping[str, int]:
    """Every sample, where it was taken."""
    return {"testing.person_times": 1}
