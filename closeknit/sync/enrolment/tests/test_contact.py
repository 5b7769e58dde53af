"""Who calls: cards that hold and cards that do not, and what a phone says of itself."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from closeknit.kit import clock
from closeknit.ledger.wire import BadPush
from closeknit.registry.models import Member, Place
from closeknit.sync.enrolment.cards import card_for_shift, card_of, text_of, withdraw
from closeknit.sync.enrolment.contact import Revoked, known_device, note_contact, worker_of
from closeknit.sync.enrolment.keys import decoded, encoded
from closeknit.sync.models import Card, Device, enrol
from tests.town import EAST, START, TOWN, WEST

NOW = START + timedelta(hours=2)


@pytest.fixture
def device(town: None) -> Device:
    enrol("D-22222", area=WEST, by="ben")
    return Device.objects.get()


def card(code: str = "W1") -> Card:
    return card_of(Member.objects.current().get(code=code), by="ben")


def shift(**rest: Any) -> Card:
    until = rest.pop("until", clock.now() + timedelta(hours=8))
    return card_for_shift("志愿者", place=Place.objects.current().get(code="CP1"), until=until, unit="河街小学", by="ben", **rest)


def forged(text: str, **change: str) -> str:
    """The card with other words and a signature by another key."""
    told = msgspec.json.decode(decoded(text.split(".")[1])) | change
    head = f"CKC1.{encoded(msgspec.json.encode(told))}"
    r, s = decode_dss_signature(ec.generate_private_key(ec.SECP256R1()).sign(head.encode(), ec.ECDSA(SHA256())))
    return f"{head}.{encoded(r.to_bytes(32) + s.to_bytes(32))}"


def test_a_member_is_known_by_the_card(device: Device):
    bearer = worker_of(device, text_of(card()))

    assert (bearer.member, bearer.name, bearer.role, bearer.area, bearer.place, bearer.is_shift) == (
        "W1", "村干部甲", "village_worker", WEST, "", False,
    )  # fmt: skip


def test_a_helper_of_one_shift_is_known_by_the_card_and_named_in_the_register(device: Device):
    bearer = worker_of(device, text_of(shift()))

    assert (bearer.name, bearer.place, bearer.area, bearer.is_shift) == ("志愿者", "CP1", WEST, True)
    assert bearer.member.startswith("V-")
    assert Member.objects.current().get(code=bearer.member).unit == "河街小学"


def test_a_card_is_the_same_text_each_time_and_is_made_once(device: Device):
    assert text_of(card()) == text_of(card())
    assert Card.objects.count() == 1


def test_a_members_card_does_not_hold_on_the_phone_of_who_helps_for_a_shift(device: Device):
    helper = shift()
    for whose in (helper.member, "W3"):
        device.member = whose
        assert worker_of(device, text_of(helper)).is_shift

    assert worker_of(device, text_of(card())).member == "W1", "members hand their phones over"
    device.member = helper.member
    with pytest.raises(BadPush) as refused:
        worker_of(device, text_of(card()))
    assert (refused.value.field, refused.value.status) == ("card", 403)


@pytest.mark.parametrize("case", ["forged", "altered", "no card", "withdrawn", "over", "other village", "left", "shift over"])
def test_a_card_that_does_not_hold_opens_nothing(device: Device, case: str):
    one = {"other village": lambda: card("W2"), "shift over": lambda: shift(until=clock.now() - timedelta(minutes=1))}.get(case, card)()
    text = text_of(one)
    head, body, signature = text.split(".")
    text = {
        "forged": forged(text, m="W2"),
        "altered": f"{head}.{encoded(decoded(body).replace(b'W1', b'W3'))}.{signature}",
        "no card": "CKC1.张三.x",
    }.get(case, text)
    if case == "withdrawn":
        withdraw(one, by="ben")
    elif case == "over":
        Card.objects.update(until=clock.now())
    elif case == "left":
        Member.objects.filter(code="W1").update(retired_at=clock.now())

    with pytest.raises(BadPush) as refused:
        worker_of(device, text)

    assert (refused.value.status, refused.value.field) == (403, "card")


def test_a_phone_of_the_town_is_handed_to_the_worker_of_any_of_its_villages(device: Device):
    Device.objects.update(area=TOWN)
    device.refresh_from_db()

    assert [worker_of(device, text_of(card(code))).area for code in ("W1", "W2", "W3")] == [WEST, EAST, TOWN]


def test_a_worker_who_was_moved_has_the_new_area_and_gets_a_new_card(device: Device):
    Device.objects.update(area=TOWN)
    device.refresh_from_db()
    old = card()
    Member.objects.filter(code="W1").update(area=EAST)

    assert worker_of(device, text_of(old)).area == EAST
    assert card().pk != old.pk


def test_a_card_that_ends_soon_is_made_anew(device: Device):
    first = card()
    Card.objects.update(until=clock.now() + timedelta(days=3))

    assert card().pk != first.pk


def test_what_a_phone_says_of_itself_is_stored(device: Device):
    state = {
        "unsent": 7, "last_seq": 412, "app": "0.2.0", "persisted": True, "clock": "2022-03-18T09:57:00+08:00",
        "last_record_at": "2022-03-18T09:55:00+08:00",
    }  # fmt: skip

    note_contact(device, state, NOW)

    device.refresh_from_db()
    assert (device.unsent, device.last_seq, device.app, device.persisted, device.clock_error_s) == (7, 412, "0.2.0", True, 180.0)
    assert (device.last_seen_at, device.last_record_at) == (NOW, NOW - timedelta(minutes=5))


@pytest.mark.parametrize(
    "state",
    [
        None, {}, [], "x", {"unsent": -1}, {"unsent": True}, {"unsent": "7"}, {"unsent": 2**70}, {"last_seq": 1.5}, {"app": "\x00"},
        {"app": 5}, {"persisted": "yes"}, {"clock": "today"}, {"clock": "2022-03-18T09:57:00"}, {"clock": "9999-12-31T23:59:59-12:00"},
        {"clock": 5}, {"last_record_at": "0001-01-01T00:00:00+14:00"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_of_it_leaves_what_was_known(device: Device, state: Any):
    note_contact(device, {"unsent": 3, "app": "0.1"}, NOW)

    note_contact(device, state, NOW + timedelta(hours=1))

    device.refresh_from_db()
    assert (device.unsent, device.app, device.persisted, device.clock_error_s) == (3, "0.1", None, None)
    assert device.last_seen_at == NOW + timedelta(hours=1)


def test_a_revoked_device_is_told_by_its_right_token_alone(town: None):
    token = enrol("D-33333", area=WEST, by="ben")
    assert known_device("D-33333", token).code == "D-33333"

    Device.objects.update(revoked_at=clock.now())

    with pytest.raises(Revoked) as told:
        known_device("D-33333", token)
    with pytest.raises(BadPush) as refused:
        known_device("D-33333", "guess")
    assert (told.value.status, refused.value.status) == (410, 401)
