"""A record that was corrected more than once stays what it was about."""

from itertools import permutations
from uuid import UUID

import pytest

from closeknit.ledger.models import Event
from tests.town import Field

LINKS = 4


@pytest.mark.parametrize("order", list(permutations(range(LINKS))))
def test_in_whatever_order_a_chain_of_corrections_comes_it_is_about_the_first(field_records: Field, order: tuple[int, ...]):
    chain = [field_records.event("care.help_requested", data={"matter": "food", "urgency": "normal", "reason": "更正"})]
    for _ in range(LINKS - 1):
        chain.append({**field_records.event("care.help_requested", data=chain[0]["data"]), "corrects": chain[-1]["id"]})

    for number in order:
        assert field_records.later(minutes=1).push(chain[number])[0].status == "accepted"

    topics = dict(Event.objects.values_list("id", "topic"))
    assert topics == {UUID(each["id"]): chain[0]["id"] for each in chain}
    assert Event.objects.filter(superseded_at__isnull=True).get().id == UUID(chain[-1]["id"])
