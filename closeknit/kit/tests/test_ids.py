"""Ids of our own, and the next free number."""

import time
from uuid import RFC_4122

import pytest

from closeknit.kit.ids import next_number, uuid7


def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond():
    before = time.time_ns() // 1_000_000
    made = [uuid7() for _ in range(100)]
    after = time.time_ns() // 1_000_000

    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}
    assert all(before <= each.int >> 80 <= after for each in made)
    assert len({*made}) == 100


@pytest.mark.parametrize(
    ("taken", "like", "expected"),
    [
        ([], "P-001", "P-001"), (["P-001"], "P-001", "P-002"), (["P-009", "Q1"], "P-009", "P-010"), (["Q1", "Q2", "Q9"], "Q2", "Q10"),
        (["P-001", "P-x", "P-²"], "P-001", "P-002"), (["督查7"], "督查7", "督查8"), (["P-999", "X"], "P-999", "P-1000"),
        (["P-002"], "P-001", "P-003"), (["D-998", "D-999"], "D-001", "D-1000"), (["DC-001", "P-009"], "DC-001", "DC-002"),
        (["DC-001-01"], "DC-001-01", "DC-001-02"),
    ],
)  # fmt: skip
def test_the_next_number_is_free_and_written_like_the_others(taken: list[str], like: str, expected: str):
    assert next_number(taken, like) == expected
    assert expected not in taken
