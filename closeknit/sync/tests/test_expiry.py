"""Sealed letters do not outlive what may be in them, and nothing goes before its time."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from closeknit.kit import clock
from closeknit.policy.packs import policy
from closeknit.sync.expiry import longest
from closeknit.sync.models import Letter
from tests.town import START

EVERY = [state.value for state in Letter.State]


@pytest.fixture
def letters(town: None) -> None:
    """One letter in each state, as they came on the first day."""
    for seq, state in enumerate(EVERY, start=1):
        Letter.objects.create(device="D1", seq=seq, member="W1", digest=b"%d" % seq, sealed=b"sealed", received_at=START, state=state)


def states_after(days: int, *options: str) -> list[str]:
    with clock.at(START + timedelta(days=days, hours=2)):
        call_command("expire", *options)
    return list(Letter.objects.order_by("seq").values_list("state", flat=True))


def test_letters_in_no_ledger_go_when_the_longest_class_is_over(letters):
    days = policy().get("retention_days")[longest()]

    assert states_after(days) == ["taken"]


def test_no_letter_goes_a_day_too_early(letters):
    days = policy().get("retention_days")[longest()]

    assert states_after(days - 1) == EVERY


def test_a_shorter_class_takes_no_letter_with_it(letters):
    assert states_after(10_000, "--class", "whereabouts") == EVERY


def test_a_dry_run_destroys_no_letter(letters):
    assert states_after(10_000, "--dry") == EVERY


def test_the_longest_class_is_that_of_the_pack(town):
    assert {name: days for name, days in policy().get("retention_days").items() if days > policy().get("retention_days")[longest()]} == {}
