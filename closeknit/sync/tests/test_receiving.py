"""Pushes that arrive together: each gets its own answer, and a broken one takes no other with it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.ledger import record
from closeknit.ledger.models import Event
from closeknit.ledger.wire import BadPush
from closeknit.sync import receiving
from closeknit.sync.models import Device, enrol
from closeknit.sync.receiving import Received, Sent, receive
from closeknit.sync.standing import Standing
from closeknit.sync.tests.transactions import transactions_around
from tests.town import WEST, Field, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def devices(tmp_path: Any) -> list[tuple[str, str]]:
    build(tmp_path)
    return [(code, enrol(code, area=WEST, by="test")) for code in (f"D{number}" for number in range(6))]


def visits(field: Field, device: str, count: int = 1) -> bytes:
    events = [field.event("doorknock.visited", household="H1", data={"outcome": "met"}, seq=seq) for seq in range(1, count + 1)]
    return json.dumps({"device": device, "member": "W1", "pushed_at": field.now.isoformat(), "events": events}).encode()


def test_each_is_answered_and_what_is_wrong_with_one_is_its_own(devices: list[tuple[str, str]]):
    field = Field()
    (good, token), (other, others), (broken, brokens), *_ = devices
    sent = [
        Sent(visits(field, good, 2), good, token),
        Sent(visits(field, other), other, "guess"),
        Sent(b"{", broken, brokens),
        Sent(visits(field, good), other, others),
    ]

    first, stranger, no_json, wrong_name = receive(sent)

    assert isinstance(first, Received)
    assert ([answer.status for answer in first.answers], first.standing) == (["accepted", "accepted"], Standing(2, ()))
    assert [problem.status for problem in (stranger, no_json, wrong_name) if isinstance(problem, BadPush)] == [401, 400, 403]
    assert Event.objects.count() == 2


def test_what_nobody_foresaw_breaks_one_push_and_no_other(devices: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch):
    recorded = record.record_pushes

    def breaks(pushes: Any) -> Any:
        if any(push.device == "D1" for push in pushes):
            raise RuntimeError
        return recorded(pushes)

    monkeypatch.setattr(receiving, "record_pushes", breaks)
    field = Field()

    told = receive([Sent(visits(field, device), device, token) for device, token in devices])

    assert [isinstance(each, Received) for each in told] == [True, False, True, True, True, True]
    assert Event.objects.count() == 5


def test_many_pushes_take_as_many_statements_as_two(devices: list[tuple[str, str]]):
    field = Field()
    counts = []
    for some in (devices[:2], devices):
        sent = [Sent(visits(field, device, 3).replace(b'"seq": 3', b'"seq": 9'), device, token) for device, token in some]  # with a hole
        with CaptureQueriesContext(connection) as statements:
            receive(sent)
        counts.append(len(statements))

    assert counts[1] <= counts[0]


def test_a_hole_is_told_and_what_is_held_is_remembered(devices: list[tuple[str, str]]):
    field = Field()
    (device, token), *_ = devices
    first, _lost, third = (field.event("doorknock.visited", household="H1", data={"outcome": "met"}, seq=seq) for seq in (1, 2, 3))
    body = json.dumps({"device": device, "member": "W1", "pushed_at": field.now.isoformat(), "events": [first, third]}).encode()

    (told,) = receive([Sent(body, device, token)])

    assert isinstance(told, Received)
    assert told.standing == Standing(1, [2])
    assert Device.objects.get(code=device).held_to == 1


def test_what_lies_after_a_hole_is_read_when_the_ledger_is_free(devices: list[tuple[str, str]]):
    (device, token), *_ = devices
    body = visits(Field(), device, 3).replace(b'"seq": 3', b'"seq": 9')

    with transactions_around("LAG(") as around:
        (told,) = receive([Sent(body, device, token)])

    assert isinstance(told, Received)
    assert (told.standing, around) == (Standing(2, list(range(3, 9))), [0])


def test_what_was_destroyed_since_is_not_asked_for_again(devices: list[tuple[str, str]]):
    field = Field()
    (device, token), *_ = devices
    receive([Sent(visits(field, device, 5), device, token)])
    Event.objects.all().delete()

    (told,) = receive([Sent(visits(field, device, 2), device, token)])

    assert isinstance(told, Received)
    assert told.standing == Standing(5, ())
