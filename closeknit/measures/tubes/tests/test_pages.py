"""A tube on the screen: what its round is called."""

from datetime import timedelta
from typing import Any

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from tests.town import START, TOWN, Cast, Field, campaign


def test_a_tube_is_shown_with_its_rounds_name(field_records: Field, cast: Cast, sign_in: Any):
    with clock.at(START - timedelta(hours=1)):
        plan(campaign("round-1", "testing.round", "persons", name="第一轮全员检测"))
    field_records.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10, "round": "round-1"})
    field_records.record("testing.sampled", person="P3", data={"tube": "T2", "pool": 10, "round": "round-0"})
    client = sign_in(cast.ben)
    listed = client.get(f"/tubes/{TOWN}/?as=csv").content.decode()
    one, other = (client.get(f"/tube/{code}/").content.decode() for code in ("T1", "T2"))

    assert [word in listed for word in ("第一轮全员检测", "round-0", "round-1")] == [True, True, False]
    assert ("第一轮全员检测" in one, "round-0" in other) == (True, True)
