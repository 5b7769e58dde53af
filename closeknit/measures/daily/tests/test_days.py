"""Days in addresses: one near either end of the calendar would break the first sum or time zone that it meets."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.town import TOWN, Cast

SignIn = Callable[..., Any]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1849-12-31"])
def test_a_day_at_the_end_of_the_calendar_breaks_no_page(cast: Cast, sign_in: SignIn, day: str):
    client, moment = sign_in(cast.ben), f"{day}T00:00:00%2B14:00"
    wanted = {
        f"/report/?day={day}": 404,
        f"/reports/{TOWN}/?day={day}": 404,
        f"/reports/{TOWN}/{day}/": 404,
        f"/reports/{TOWN}/{day}/declare/": 404,
        f"/figures/doorknock.due/?from={moment}": 400,
        f"/figures/doorknock.due/?to={moment}": 400,
        f"/figures/doorknock.due/?as_of={moment}": 400,
        f"/board/{TOWN}/?at={moment}": 400,
        f"/records/doorknock.visited/?days_from={day}": 200,
    }

    assert {address: client.get(address).status_code for address in wanted} == wanted
