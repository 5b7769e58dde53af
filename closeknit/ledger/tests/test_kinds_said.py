"""Which kinds were ever said, everywhere and in an area."""

from closeknit.ledger.queries import kinds_said
from tests.town import COUNTY, WEST, Field


def test_a_kind_is_found_once_it_was_said_and_only_where(field_records: Field):
    before = kinds_said([WEST])
    field_records.push(
        *(field_records.event("doorknock.visited", household="H1", data={"outcome": outcome}) for outcome in ("absent", "met"))
    )

    assert kinds_said([WEST]) - before == {"doorknock.visited"}
    assert "doorknock.visited" in kinds_said()
    assert kinds_said([COUNTY]) == kinds_said([]) == frozenset()
