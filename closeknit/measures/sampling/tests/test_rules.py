"""What a site owes for a day, and what speaks against one more swab."""

from typing import Any

import pytest

from closeknit.measures.sampling.rules import owed, warnings

CLOSED = {"disinfected": True, "waste_bags": 3, "carrier": "乙车"}


@pytest.mark.parametrize(
    ("worked", "closing", "over", "expected"),
    [
        (True, None, True, ("closing",)), (True, None, False, ()), (False, None, True, ()), (True, CLOSED, True, ()),
        (True, {**CLOSED, "disinfected": False}, False, ("disinfection",)), (True, {**CLOSED, "carrier": " "}, True, ("carrier",)),
        (True, {"disinfected": True}, True, ("waste",)), (True, {"disinfected": False, "waste_kg": 2.5}, True, ("disinfection", "carrier")),
    ],
)  # fmt: skip
def test_env_02_what_a_site_owes(worked: bool, closing: dict[str, Any] | None, over: bool, expected: tuple[str, ...]):
    assert owed(worked=worked, closing=closing, over=over) == expected


ALL_WELL = {"already": False, "held": 3, "pool": 10, "sealed": False, "elsewhere": False, "other_pool": False}


@pytest.mark.parametrize(
    ("change", "expected"),
    [({}, ()), ({"already": True}, ("already",)), ({"held": 10}, ("full",)), ({"held": 9}, ()),
     ({"sealed": True, "held": 11}, ("sealed", "full")),
     ({"elsewhere": True}, ("elsewhere",)), ({"other_pool": True}, ("other_pool",))],
)  # fmt: skip
def test_tst_05_what_speaks_against_one_more_swab(change: dict[str, Any], expected: tuple[str, ...]):
    assert warnings(**{**ALL_WELL, **change}) == expected
