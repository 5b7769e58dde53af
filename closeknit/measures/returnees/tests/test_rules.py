"""Lateness and the class of a stay, as small tables. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from closeknit.measures.returnees.rules import is_late, risk_class

NOON = datetime(2022, 3, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(("hours", "expected"), [(0, False), (24, False), (24.1, True)])
def test_a_return_is_late_after_the_hours_of_the_pack(hours: float, expected: bool):
    assert is_late(NOON - timedelta(hours=hours), NOON, timedelta(hours=24)) is expected


@pytest.mark.parametrize(
    ("stay", "days", "expected"),
    [("", 0, ""), ("high", 0, "high"), ("high", 14, "high"), ("high", 15, "low"), ("medium", None, "medium"), ("low", 3, "low")],
)
def test_the_class_of_a_stay_lasts_as_long_as_the_look_back(stay: str, days: int | None, expected: str):
    arrived = None if days is None else date(2022, 3, 18) - timedelta(days=days)

    assert risk_class(stay, arrived, date(2022, 3, 18), 14) == expected
