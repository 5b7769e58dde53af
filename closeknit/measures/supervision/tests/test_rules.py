"""When a problem is due and what may come next. No database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from closeknit.measures.supervision.rules import due, is_overdue, steps

FOUND = datetime(2022, 3, 18, 2, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("due_at", "expected"),
    [
        ("", "2022-03-20T02:00:00+00:00"),
        ("2022-03-19", "2022-03-20T00:00:00+08:00"),
        ("2022-03-19T17:00:00+08:00", "2022-03-19T17:00:00+08:00"),
        ("tomorrow", "2022-03-20T02:00:00+00:00"),
    ],
)
def test_a_problem_is_due_when_it_was_said_a_day_to_its_end_else_after_the_days_of_the_pack(due_at: str, expected: str):
    assert due(due_at, FOUND, 2, CHINA) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("state", "hours", "expected"),
    [
        ("found", 0, True),
        ("found", -1, False),
        ("handed_over", 5, True),
        ("reopened", 5, True),
        ("rectified", 5, False),
        ("closed", 5, False),
    ],
)  # fmt: skip
def test_what_is_rectified_or_closed_is_not_overdue(state: str, hours: int, expected: bool):
    assert is_overdue(state, FOUND, FOUND + timedelta(hours=hours)) is expected


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("found", ["supervision.handed_over", "supervision.rectified"]),
        ("handed_over", ["supervision.rectified", "supervision.handed_over"]),
        ("rectified", ["supervision.looked_back", "supervision.looked_back"]), ("closed", []),
        ("reopened", ["supervision.rectified", "supervision.handed_over"]),
    ],
)  # fmt: skip
def test_the_next_steps_of_each_state(state: str, kinds: list[str]):
    assert [kind for kind, _ in steps(state)] == kinds
