"""A code enrols one phone, once, within ten minutes, whatever gets lost on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.kit import clock
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment import keys
from closeknit.sync.enrolment.cards import read, withdraw
from closeknit.sync.enrolment.inviting import LETTERS, WRONG_TRIES, take_up
from closeknit.sync.enrolment.tests.conftest import new_code
from closeknit.sync.enrolment.tests.phone import Phone, call
from closeknit.sync.models import Card, Device, Invitation
from tests.town import WEST, Field


def test_a_phone_enrols_and_pushes(code: str):
    phone = Phone()

    answer = phone.enrol(code)

    said = answer.said
    assert answer.status == 200
    assert said["member"] == {"code": "W1", "name": "村干部甲", "role": "village_worker", "area": WEST}
    assert said["server"] == "https://town.example"
    assert {name: len(keys.decoded(key)) for name, key in said["keys"].items()} == {"sealing": 65, "signing": 65}
    assert read(said["card"]) == Card.objects.get().pk
    assert said["device"].startswith("D-")
    assert set(said["device"][2:]) <= set(LETTERS)
    pushed = phone.push(Field().event("doorknock.visited", household="H1", data={"outcome": "met"}))
    assert [each["status"] for each in pushed.said["answers"]] == ["accepted"]


def test_a_lost_answer_costs_nothing(code: str):
    phone = Phone()
    first = phone.enrol(code).said

    again = phone.enrol(code).said

    assert {**again, "now": ""} == {**first, "now": ""}
    assert Device.objects.count() == 1


def test_a_used_code_enrols_no_other_phone(code: str):
    Phone().enrol(code)

    other = Phone().enrol(code)

    assert (other.status, other.said["error"]) == (401, "code")
    assert Device.objects.count() == 1


def test_of_two_phones_at_once_with_one_code_one_is_enrolled(code: str):
    phones = [Phone() for _ in range(6)]

    def enrol(phone: Phone) -> int:
        try:
            return phone.enrol(code).status
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        statuses = sorted(pool.map(enrol, phones))

    assert statuses == [200, 401, 401, 401, 401, 401]
    assert Device.objects.count() == 1


def test_one_phone_that_asks_many_times_at_once_is_enrolled_once(code: str):
    phone = Phone()

    def enrol(_: int) -> str:
        try:
            return str(phone.enrol(code).said["device"])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        devices = set(pool.map(enrol, range(6)))

    assert devices == {Device.objects.get().code}


def test_after_ten_minutes_a_code_is_over_for_new_and_for_the_same_phone(code: str):
    phone, late = Phone(), new_code()
    phone.enrol(code)
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))

    assert [Phone().enrol(late).status, phone.enrol(code).status] == [401, 401]
    assert Device.objects.count() == 1


def test_the_code_of_a_card_that_was_withdrawn_enrols_nobody(code: str):
    withdraw(Card.objects.get(), by="ben")

    assert Phone().enrol(code).status == 401


def test_neither_code_nor_token_is_kept(code: str):
    phone = Phone()
    phone.enrol(code)
    invitation = Invitation.objects.get()

    kept = bytes(invitation.code_digest) + bytes(invitation.token_digest) + bytes(Device.objects.get().token_digest)

    assert (code.encode() in kept, phone.token.encode() in kept) == (False, False)


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b"{", 400, "code"),
        (b"[]", 400, "code"),
        (b'{"code": 1, "token": "x"}', 400, "code"),
        (b'{"code": "x", "token": "short"}', 400, "token"),
        (b'{"code": "x", "token": "%b"}' % (b"t" * 43), 401, "code"),
        ('{"code": "张", "token": "%s"}'.encode() % (b"t" * 43), 401, "code"),
    ],
)
def test_what_cannot_enrol_says_why(code: str, body: bytes, status: int, field: str):
    answer = call("enrol", body)

    assert (answer.status, answer.said["error"]) == (status, field)
    assert Device.objects.count() == 0


def test_a_guess_keeps_no_writer_waiting(code: str):
    body = b'{"code": "guess", "token": "%b"}' % (b"t" * 43)

    def verbs() -> list[str]:
        """What a guess asks of the database."""
        with CaptureQueriesContext(connection) as statements, pytest.raises(BadPush):
            take_up(body, address="192.0.2.7", server="")
        return [each["sql"].split()[0] for each in statements]

    tries = [verbs() for _ in range(WRONG_TRIES + 2)]

    assert tries[1] == ["SELECT", "SELECT", "SELECT", "UPDATE", "UPDATE"], "only the try itself is written"
    assert tries[-1] == ["SELECT", "SELECT"], "past the limit nothing is"


def test_who_guesses_is_slowed_down_and_a_right_code_is_not(code: str):
    tries = [Phone().enrol(f"guess-{number}") for number in range(WRONG_TRIES + 1)]

    assert [each.status for each in tries] == [401] * WRONG_TRIES + [429]
    assert 0 < int(tries[-1].headers["retry-after"]) <= 600
    assert Phone().enrol(code).status == 200
