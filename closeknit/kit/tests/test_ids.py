"""The next free number."""

import pytest

from closeknit.kit.ids import next_number


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
