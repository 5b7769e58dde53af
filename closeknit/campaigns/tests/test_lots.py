"""The same seed draws the same, and nobody can choose."""

import pytest

from closeknit.campaigns.lots import digest_of, drawn, seed


@pytest.mark.parametrize(
    ("doors", "share", "number"), [(0, 0.05, 0), (1, 0.05, 1), (20, 0.05, 1), (21, 0.05, 2), (100, 0.05, 5), (100, 1, 100), (60, 0.1, 6)]
)
def test_the_share_is_rounded_up(doors: int, share: float, number: int):
    assert len(drawn([f"H{each}" for each in range(doors)], "seed", share)) == number


def test_the_same_seed_draws_the_same_doors_in_whatever_order_they_come():
    codes = [f"H{each}" for each in range(200)]
    made = seed("sweep", "990101101", "2022-03-18", "9f2c")

    assert drawn(codes, made, 0.05) == drawn([*reversed(codes), "H3"], made, 0.05)
    assert drawn(codes, made, 0.05) != drawn(codes, seed("sweep", "990101101", "2022-03-18", "9f2d"), 0.05)


def test_the_fingerprint_is_that_of_the_list_and_not_of_its_order():
    assert digest_of(["b", "a", "a"]) == digest_of(["a", "b"]) != digest_of(["a", "c"])
