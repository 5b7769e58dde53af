"""Hours, rest and turns of shifts, from values alone."""

from datetime import UTC, datetime, timedelta

import pytest

from closeknit.measures.shifts.rules import Limits, Span, by_day, gaps, rotation, wrong

MIDNIGHT = datetime(2022, 3, 18, tzinfo=UTC)


def span(text: str) -> Span:
    """`8-16` is from 8:00 to 16:00; hours over 24 lie on the next day."""
    begins, ends = map(float, text.split("-"))
    return Span(MIDNIGHT + timedelta(hours=begins), MIDNIGHT + timedelta(hours=ends))


@pytest.mark.parametrize(
    ("new", "others", "expected"),
    [
        ("8-16", "", ""),
        ("8-16", "15-20", "overlap"),
        ("8-16", "16-20", "rest"),
        ("8-21", "", "long"),
        ("0-8", "16-24", ""),
        ("0-8", "16-21", "day"),
        ("20-28", "4-12", ""),
        ("16-24", "0-4", ""),
        ("16-24", "4-9", "day"),
        ("14-18", "4-8", "rest"),
    ],
)
def test_dep_07_duty_and_rest_stay_within_the_limits(new: str, others: str, expected: str):
    limits = Limits(12, 16 if expected == "" else 12, 8, UTC)  # type: ignore[arg-type]  # UTC is a time zone

    assert wrong(span(new), [span(each) for each in others.split()], limits) == expected


def test_hours_over_midnight_count_on_both_days():
    assert list(by_day([span("20-30")], UTC).values()) == [4, 6]  # type: ignore[arg-type]  # UTC is a time zone


def test_dep_07_twenty_four_hours_are_covered_with_relief():
    turns = rotation(MIDNIGHT, 24, 8, ["a", "b", "c", "d"], 2)

    assert [(who, each.starts.hour) for who, each in turns] == [("a", 0), ("b", 0), ("c", 8), ("d", 8), ("a", 16), ("b", 16)]
    assert gaps(MIDNIGHT, MIDNIGHT + timedelta(days=1), [each for _, each in turns]) == []


@pytest.mark.parametrize(
    ("planned", "expected"),
    [("", ["0-24"]), ("0-24", []), ("8-16", ["0-8", "16-24"]), ("0-8 6-12 12-20", ["20-24"]), ("20-30", ["0-20"])],
)
def test_the_hours_for_which_nobody_is_planned(planned: str, expected: list[str]):
    found = gaps(MIDNIGHT, MIDNIGHT + timedelta(days=1), [span(each) for each in planned.split()])

    assert found == [span(each) for each in expected]
