"""What the posts count, hour by hour."""

from collections.abc import Mapping

from closeknit.ledger.fields import Decision
from closeknit.ledger.models import Event
from closeknit.ledger.tallies import tally
from closeknit.measures.checkpoints.kinds import PersonChecked, Vehicle, VehicleChecked

DECISIONS = {Decision.TURNED_AWAY: "checkpoints.turned_away", Decision.REFERRED: "checkpoints.referred"}


@tally(PersonChecked, figures=("checkpoints.persons", "checkpoints.turned_away", "checkpoints.referred"))
def persons_by_hour(event: Event) -> Mapping[str, int]:
    """Persons, and those not let through."""
    decided = DECISIONS.get(event.data["decision"])
    return {"checkpoints.persons": 1, **({decided: 1} if decided else {})}


@tally(VehicleChecked, figures=("checkpoints.vehicles", "checkpoints.vessels"))
def vehicles_by_hour(event: Event) -> Mapping[str, int]:
    """Vehicles and vessels."""
    return {"checkpoints.vessels" if event.data["vehicle"] == Vehicle.VESSEL else "checkpoints.vehicles": 1}
