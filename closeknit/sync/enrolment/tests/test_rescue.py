"""Letters by the rescue door: kept as they came, recorded where nobody has to look first, never twice."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from closeknit.kit import clock
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.record import lock
from closeknit.sync.enrolment.rescue import Outcome, refuse, take_in
from closeknit.sync.enrolment.tests.conftest import new_code
from closeknit.sync.enrolment.tests.phone import Phone, sealed
from closeknit.sync.expiry import forget
from closeknit.sync.models import Device, Letter
from tests.town import Field


def visit(field: Field, device: str, **rest: Any) -> dict[str, Any]:
    """A knock as this phone records it."""
    return field.event("doorknock.visited", device=device, household="H1", data={"outcome": "met"}, clock_error=0, **rest)


def events(phone: Phone, count: int) -> list[dict[str, Any]]:
    """So many knocks, numbered from 1."""
    field = Field()
    return [visit(field, phone.device) for _ in range(count)]


def revoke() -> None:
    Device.objects.update(revoked_at=clock.now(), revoked_why="lost")


def states() -> dict[int, str]:
    return dict(Letter.objects.values_list("seq", "state"))


def test_letters_of_a_phone_in_good_standing_are_recorded_at_once(phone: Phone):
    first, second = events(phone, 2)

    answer = phone.rescue(phone.letter(first), phone.letter(second, member="W2"))

    assert (answer.status, answer.said) == (200, {"kept": 2, "new": 2})
    assert list(Event.objects.order_by("seq").values_list("seq", "member", "device")) == [(1, "W1", phone.device), (2, "W2", phone.device)]
    assert list(Letter.objects.order_by("seq").values_list("state", "answer", "sealed")) == [("taken", "accepted", None)] * 2


def test_the_same_letters_again_are_nothing_new(phone: Phone):
    letters = [phone.letter(each) for each in events(phone, 3)]
    phone.rescue(*letters[:2])

    again = phone.rescue(*letters, letters[0])

    assert again.said == {"kept": 3, "new": 1}
    assert Event.objects.count() == 3


def test_what_was_pushed_before_its_letter_came_counts_once(phone: Phone):
    (event,) = events(phone, 1)
    phone.push(event)

    phone.rescue(phone.letter(event))

    assert Event.objects.count() == 1
    assert Letter.objects.get().answer == "duplicate"


def test_the_same_letters_eight_times_at_once_are_kept_and_recorded_once(phone: Phone):
    letters = [phone.letter(each) for each in events(phone, 20)]

    def send(_: int) -> dict[str, Any]:
        try:
            return phone.rescue(*letters).said
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))

    assert sorted(each["new"] for each in answers) == [0] * 7 + [20]
    assert {each["kept"] for each in answers} == {20}
    assert (Letter.objects.count(), Event.objects.count(), Refusal.objects.count()) == (20, 20, 0)
    assert set(states().values()) == {"taken"}


def test_letters_of_a_revoked_phone_wait_sealed_until_somebody_has_looked(phone: Phone):
    letters = [phone.letter(each) for each in events(phone, 2)]
    revoke()

    pushed, pulled = phone.push({}), phone.post("pull", {})
    rescued = phone.rescue(*letters)

    assert [(each.status, each.said["revoked"]) for each in (pushed, pulled)] == [(410, True)] * 2
    assert (rescued.status, rescued.said) == (200, {"kept": 2, "new": 2})
    assert (states(), Event.objects.count()) == ({1: "waiting", 2: "waiting"}, 0)
    assert json.loads(bytes(Letter.objects.get(seq=1).sealed)) == [letters[0][name] for name in ("epk", "iv", "box")]
    outcome = take_in(Letter.objects.filter(device=phone.device), by="ben")
    assert (outcome.count("accepted"), states(), Event.objects.count()) == (2, {1: "taken", 2: "taken"}, 2)


def test_letters_that_are_just_destroyed_are_waited_for(phone: Phone):
    pushed, *others = events(phone, 3)
    phone.push(pushed)
    revoke()
    phone.rescue(*map(phone.letter, others))

    def take() -> Outcome:
        try:
            return take_in(Letter.objects.all(), by="ben")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        lock()
        taken = pool.submit(take)
        time.sleep(0.5)  # it has begun
        forget(clock.now())

    assert (taken.result().answers, Letter.objects.count(), Event.objects.count()) == ([], 0, 1)


def test_refused_letters_stay_kept_and_can_still_be_taken_in(phone: Phone):
    letter = phone.letter(events(phone, 1)[0])
    revoke()
    phone.rescue(letter)

    assert refuse(Letter.objects.all(), by="ben", reason="stolen") == 1

    assert phone.rescue(letter).said == {"kept": 1, "new": 0}
    kept = Letter.objects.get()
    assert (kept.state, kept.reason, kept.decided_by, kept.sealed is None) == ("refused", "stolen", "ben", False)
    take_in(Letter.objects.all(), by="ben")
    assert states() == {1: "taken"}


@pytest.mark.parametrize(
    "case", ["other device", "other number", "other member", "altered", "no point", "no text", "two records", "its own number"]
)
def test_a_letter_that_cannot_be_opened_is_kept_and_stops_no_other(phone: Phone, case: str):
    first, second = events(phone, 2)
    plain, about = json.dumps(first).encode(), f"{phone.device}|1|W1"
    told = {
        "other device": lambda: sealed(plain, "D-99999|1|W1"),
        "other number": lambda: sealed(plain, f"{phone.device}|7|W1"),
        "other member": lambda: sealed(plain, f"{phone.device}|1|W2"),
        "altered": lambda: {**sealed(plain, about), "iv": "AAAAAAAAAAAAAAAA"},
        "no point": lambda: {**sealed(plain, about), "epk": "AAAA"},
        "no text": lambda: {**sealed(plain, about), "box": "张"},
        "two records": lambda: sealed(plain + b"," + plain, about),
        "its own number": lambda: sealed(json.dumps({**first, "seq": 9}).encode(), about),
    }[case]()

    answer = phone.rescue({**told, "seq": 1, "member": "W1"}, phone.letter(second))

    assert answer.said == {"kept": 2, "new": 2}
    assert states() == {1: "unreadable", 2: "taken"}
    assert list(Event.objects.values_list("seq", flat=True)) == [2]


def test_a_record_that_the_ledger_rejects_is_answered_and_kept_there(phone: Phone):
    field = Field()

    phone.rescue(phone.letter(visit(field, phone.device, area="999")))

    assert Letter.objects.get().answer == "rejected"
    assert Refusal.objects.get().device == phone.device


def test_letters_of_the_number_that_a_phone_had_before_wait(phone: Phone):
    letter = phone.letter(events(phone, 1)[0])
    renewed = Phone()
    renewed.enrol(new_code())

    answer = renewed.post("rescue", phone.bundle(letter))

    assert (answer.said, states(), Event.objects.count()) == ({"kept": 1, "new": 1}, {1: "waiting"}, 0)


def test_half_a_sign_stops_no_letter(phone: Phone):
    event = events(phone, 1)[0] | {"data": {"outcome": "met", "note": "\ud83d"}}

    phone.rescue(phone.letter(event))

    assert Letter.objects.get().state == "taken"


@pytest.mark.parametrize(
    ("told", "status", "field"),
    [
        ({}, 400, "letters"),
        ([], 400, "letters"),
        ({"device": "D-99999", "letters": []}, 403, "device"),
        ({"v": 2, "device": "D-99999", "letters": []}, 400, "v"),
        ({"device": "D-99999", "letters": [{"seq": 0, "member": "W1", "epk": "", "iv": "", "box": ""}]}, 400, "letters"),
        ({"device": "D-99999", "letters": [{"seq": 1, "member": "", "epk": "", "iv": "", "box": ""}]}, 400, "letters"),
        ({"device": "D-99999", "letters": [{"seq": 1, "member": "W1", "epk": "", "iv": "", "box": ""}] * 1001}, 413, "letters"),
    ],
)
def test_what_is_no_outbox_says_so_and_leaves_nothing(phone: Phone, told: Any, status: int, field: str):
    answer = phone.post("rescue", told)

    assert (answer.status, answer.said["error"], Letter.objects.count()) == (status, field, 0)


def test_nobody_hands_in_letters_without_the_phones_token(phone: Phone):
    bundle = phone.bundle(phone.letter(events(phone, 1)[0]))
    phone.token = "guess"

    assert phone.post("rescue", bundle).status == 401
    assert Letter.objects.count() == 0


def test_letters_say_which_other_phone_brought_them(phone: Phone):
    other = Phone()
    other.enrol(new_code("W2"))
    mine, theirs = events(phone, 2)

    phone.rescue(phone.letter(mine))
    other.post("rescue", phone.bundle(phone.letter(theirs, member="W2")))

    assert list(Letter.objects.order_by("seq").values_list("brought_by", "state")) == [("", "taken"), (other.device, "waiting")]


@pytest.mark.parametrize("revoked", [True, False])
@pytest.mark.parametrize(("limit", "most"), [("MOST_WAITING", 3), ("MOST_WAITING_BYTES", 1_200)])  # a letter of a visit has 413
def test_a_phone_cannot_heap_up_letters_without_end(phone: Phone, revoked: bool, limit: str, most: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(f"closeknit.sync.enrolment.rescue.{limit}", most)
    other = Phone()
    other.enrol(new_code("W2"))
    Device.objects.filter(code=phone.device).update(revoked_at=clock.now() if revoked else None)
    whose = phone if revoked else other
    made = [whose.letter(each) for each in events(whose, 4)]

    answers = [phone.post("rescue", whose.bundle(each)).status for each in made]

    assert answers == [200, 200, 200, 429]
    assert Letter.objects.count() == 3
    assert other.rescue(other.letter({"seq": 9})).status == 200, "what one phone heaps up is no other's"
    refuse(Letter.objects.all(), by="ben", reason="made up")
    assert phone.post("rescue", whose.bundle(made[3])).status == 200
