"""What entrances count, hour by hour: these numbers stay when the records of who came are destroyed."""

from collections.abc import Mapping

from closeknit.ledger.fields import Decision
from closeknit.ledger.models import Event
from closeknit.ledger.tallies import tally
from closeknit.measures.venues.kinds import Entered, EntryWay

BY_CODE = (EntryWay.SCANNED, EntryWay.SHOWN)
ENTRIES, CODE, HAND, HELPED, REFUSED = (
    "venues.entries", "venues.entries_by_code", "venues.entries_by_hand", "venues.entries_helped", "venues.entries_refused",
)  # fmt: skip
NAMES = (ENTRIES, CODE, HAND, HELPED, REFUSED)


@tally(Entered, figures=NAMES)
def entries_by_hour(event: Event) -> Mapping[str, int]:
    """Who was let in, by which way; who was not."""
    if event.data.get("decision") in (Decision.TURNED_AWAY, Decision.REFERRED):
        return {REFUSED: 1}
    by_code = event.data["way"] in BY_CODE
    return {ENTRIES: 1, CODE if by_code else HAND: 1, HELPED: int(bool(event.data.get("helped")))}
