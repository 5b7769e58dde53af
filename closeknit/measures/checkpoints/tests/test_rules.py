"""Decisions about posts, as small tables. No database."""

from datetime import UTC, datetime, timedelta

import pytest

from closeknit.measures.checkpoints.rules import is_silent, silent_hours, unchecked

NOON = datetime(2022, 3, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(("hours", "expected"), [(None, False), (0, False), (3.9, False), (4, True), (30, True)])
def test_a_post_is_silent_after_its_hours_and_one_that_never_began_is_not(hours: float | None, expected: bool):
    assert is_silent(None if hours is None else NOON - timedelta(hours=hours), NOON, timedelta(hours=4)) is expected


@pytest.mark.parametrize(
    ("counted", "checked", "expected"),
    [({}, 5, None), ({"camera": 5}, 5, 0), ({"camera": 7, "barrier": 9}, 5, 4), ({"count": 3}, 5, -2), ({"camera": 0}, 0, 0)],
)
def test_what_was_counted_and_not_checked_goes_by_the_counter_that_saw_most(counted: dict[str, int], checked: int, expected: int | None):
    assert unchecked(counted, checked) == expected


def test_silent_hours_are_those_without_a_check():
    assert silent_hours([0, 3, 0, 1]) == 2
