"""What is wrong with a store's chiefs, and when a check is late."""

from datetime import timedelta

import pytest

from closeknit.measures.stores.rules import Fault, faults, is_late, the_same
from tests.town import START

KNOWN = ("W1", "W2", "W3")


def pairs(text: str) -> list[list[str]]:
    return [each.split(":") for each in text.split(";") if each]


@pytest.mark.parametrize(
    ("chiefs", "expected"),
    [
        ("territory:W1;industry:W2;enterprise:W3", []),
        ("territory:W1;industry:W2", [Fault("missing", "enterprise")]),
        ("territory:W1;industry:;enterprise:W3", [Fault("missing", "industry")]),
        ("territory:W1;industry:W9;enterprise:W3", [Fault("stranger", "industry", "W9")]),
        ("territory:W1;industry:W1;enterprise:W3", [Fault("shared")]),
        ("territory:W1;territory:W2;industry:W1;enterprise:W3", []),
        ("cook:W1", [Fault("missing", "territory"), Fault("missing", "industry"), Fault("missing", "enterprise")]),
    ],
)
def test_cld_01_a_store_has_three_different_members_as_chiefs_or_it_says_why_not(chiefs: str, expected: list[Fault]):
    assert faults(pairs(chiefs), KNOWN) == expected


@pytest.mark.parametrize(("days", "late"), [(None, True), (8, True), (7, False), (0, False)])
def test_a_check_is_late_after_so_many_days_and_where_there_was_none(days: int | None, late: bool):
    assert is_late(None if days is None else START - timedelta(days=days), START, 7) is late


def test_who_holds_two_roles_is_found_at_the_second():
    assert the_same({"territory": "W1", "industry": "W1", "enterprise": "W2"}) == "industry"
    assert the_same({"territory": "W1", "industry": "", "enterprise": ""}) == ""
