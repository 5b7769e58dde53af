"""Guessing is slowed down, and a forgotten password is not a locked village."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from closeknit.access import limits, signing
from closeknit.access.models import Allowance
from closeknit.kit import clock

NOON = datetime(2022, 3, 18, 4, tzinfo=UTC)
WORDS = "four words in a row"


def _wrong(times, name="ana"):
    return [signing.check(None, name, "wrong").error for _ in range(times)]


def test_ten_wrong_tries_are_told_and_the_eleventh_must_wait(account):
    account("ana", "grid_worker", "43")
    with clock.at(NOON):
        errors = _wrong(11)
        right = signing.check(None, "ana", WORDS)

    assert errors[:10] == [signing.WRONG] * 10
    assert errors[10] == signing.TOO_MANY.format(time="12:15:00")
    assert right.account is None and right.error == errors[10]


def test_after_a_quarter_of_an_hour_the_right_password_opens_again(account):
    ana = account("ana", "grid_worker", "43")
    with clock.at(NOON):
        _wrong(11)
    with clock.at(NOON + timedelta(minutes=15, seconds=1)):
        assert signing.check(None, "ana", WORDS).account == ana


def test_a_right_password_forgets_the_wrong_tries(account):
    account("ana", "grid_worker", "43")
    with clock.at(NOON):
        _wrong(9)
        signing.check(None, "ana", WORDS)

        assert _wrong(10) == [signing.WRONG] * 10


def test_one_accounts_wrong_tries_do_not_stop_another(account):
    account("ana", "grid_worker", "43")
    ben = account("ben", "town_clerk", "43")
    with clock.at(NOON):
        _wrong(11)

        assert signing.check(None, "ben", WORDS).account == ben


def test_a_name_that_does_not_exist_is_answered_alike(db):
    assert signing.check(None, "nobody", "x").error == signing.WRONG


def test_a_closed_account_cannot_sign_in(account):
    account("gone", "grid_worker", "43", is_active=False)

    assert signing.check(None, "gone", WORDS).error == signing.WRONG


def test_what_was_typed_as_a_name_is_not_kept(db):
    signing.check(None, "my password by mistake", "x")

    assert "password" not in Allowance.objects.get().key


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_granted_exactly_ten():
    granted = []

    def attempt():
        try:
            granted.append(limits.spend("test", "ana", limit=10, minutes=15) is None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(granted), sum(granted)) == (16, 10)
    connection.ensure_connection()


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", "a longer secret", "a longer secret", "old"),
        (WORDS, "short", "short", "new"),
        (WORDS, WORDS, WORDS, "new"),
        (WORDS, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "new"),
        (WORDS, "a longer secret", "a longer secrez", "again"),
    ],
)
def test_a_password_that_cannot_be_taken_names_the_field(account, old, new, again, field):
    assert signing.refusal(account("ana", "grid_worker", "43"), old, new, again)[0] == field


def test_a_good_password_is_taken(account):
    assert signing.refusal(account("ana", "grid_worker", "43"), WORDS, "a longer secret", "a longer secret") is None
