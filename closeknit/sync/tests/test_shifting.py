"""A scenario moved to other days."""

from datetime import UTC, date, datetime

import pytest

from closeknit.sync.shifting import days_to_today, shifted


@pytest.mark.parametrize(
    ("value", "moved"),
    [
        ("2022-03-18", "2022-03-20"),
        ("2022-03-18T09:00:00+08:00", "2022-03-20T09:00:00+08:00"),
        ("433122108001-0001", "433122108001-0001"),
        ("2022-03-18 is no day", "2022-03-18 is no day"),
        ("2022-99-99", "2022-99-99"),
        ({"day": "2022-02-28", "n": 3, "list": ["2022-03-18", None]}, {"day": "2022-03-02", "n": 3, "list": ["2022-03-20", None]}),
    ],
)
def test_days_and_times_move_and_nothing_else(value, moved):
    assert shifted(value, 2) == moved


@pytest.mark.parametrize(("hour", "days"), [(0, 1), (15, 1), (16, 2), (23, 2)])
def test_the_last_day_is_today_until_the_afternoon(hour, days):
    assert days_to_today(date(2022, 3, 19), datetime(2022, 3, 20, hour, tzinfo=UTC), turns_at=16) == days
