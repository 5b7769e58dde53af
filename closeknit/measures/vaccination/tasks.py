"""What the phone of a sampling table is given: who was vaccinated so lately that the pack says to wait with a swab."""

from datetime import timedelta
from typing import Any

from closeknit.measures.vaccination.kinds import Given
from closeknit.sync.assignment.assigned import Assigned
from closeknit.sync.assignment.tasks import Residents, told
from closeknit.sync.assignment.wording import moment


def doses(assigned: Assigned, residents: Residents) -> list[list[Any]]:
    """A row a person, with the moment of the last dose; nobody where the pack knows no wait (`pooling.post_vaccination_wait_h`)."""
    wait = assigned.policy.get("pooling.post_vaccination_wait_h")
    if not wait:
        return []
    last = {each.person: each.at for each in told(assigned, residents, Given, since=assigned.now - timedelta(hours=wait))}
    return [[person, moment(last[person])] for person in residents.persons if person in last]
