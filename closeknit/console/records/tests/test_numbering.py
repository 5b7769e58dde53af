"""The next free number."""

import pytest

from closeknit.console.records.numbering import next_number


@pytest.mark.parametrize(
    ("taken", "latest", "expected"),
    [
        ([], "", "P-001"), (["P-001"], "P-001", "P-002"), (["P-009", "Q1"], "P-009", "P-010"), (["Q1", "Q2", "Q9"], "Q2", "Q10"),
        (["P-001", "P-x", "P-²"], "P-001", "P-002"), (["督查7"], "督查7", "督查8"), (["P-999"], "P-999", "P-1000"),
        (["P-002"], "", "P-003"),
    ],
)  # fmt: skip
def test_the_next_number_is_free_and_looks_like_the_latest(taken: list[str], latest: str, expected: str):
    assert next_number(taken, latest) == expected
    assert next_number(taken, latest) not in taken


def test_a_first_number_of_another_sort_begins_after_its_like():
    assert next_number([], "", "DC-001") == "DC-001"
    assert next_number(["DC-001", "P-009"], "", "DC-001") == "DC-002"
    assert next_number(["DC-001-01"], "", "DC-001-01") == "DC-001-02"
