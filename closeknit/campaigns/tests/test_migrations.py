"""What a migration fills in is what the ledger says."""

import pytest
from django.core.management import call_command

from closeknit.campaigns.models import LastSample
from tests.town import Field


@pytest.mark.django_db(transaction=True)
def test_last_samples_get_the_order_of_their_events(field_records: Field):
    field_records.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 1, "round": "round-1"})
    kept = LastSample.objects.values().get(person="P1")

    call_command("migrate", "campaigns", "0004", verbosity=0)
    call_command("migrate", "campaigns", verbosity=0)

    assert LastSample.objects.values().get(person="P1") == kept
