"""A pull as a phone makes it: enrolled by a code, over the devices' door, packed."""

import json
import logging
from pathlib import Path

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Member
from closeknit.sync.enrolment.cards import card_of
from closeknit.sync.enrolment.inviting import invite
from closeknit.sync.enrolment.tests.phone import Phone
from closeknit.sync.models import Card
from tests.town import GRID, WEST, Field, build


@pytest.fixture
def phone(transactional_db: None, tmp_path: Path) -> Phone:
    """An enrolled phone of W1."""
    build(tmp_path)
    one = Phone()
    one.enrol(invite(card_of(Member.objects.current().get(code="W1"), by="ben"), area=WEST, by="ben")[1])
    return one


def test_an_enrolled_phone_pulls_its_assignment_packed(phone: Phone):
    answer = phone.post("pull", {"card": phone.card, "have": {}, "state": {}}, accept_encoding="gzip")

    assert (answer.status, answer.headers["content-encoding"], answer.headers["cache-control"]) == (200, "gzip", "no-store")
    assert answer.said["parts"][f"register:{GRID}"]["content"]["households"][0][0] == "H3"
    assert [reading.account for reading in Reading.objects.all()] == ["member:W1"]


def test_what_it_records_then_comes_back_in_the_next_pull_of_the_others(phone: Phone):
    now = Field(now=clock.now())
    told = phone.post("pull", {"card": phone.card}).said
    have = {name: part["digest"] for name, part in told["parts"].items()}
    phone.push(now.event("doorknock.visited", household="H1", data={"outcome": "met"}, device=phone.device))

    later = phone.post("pull", {"card": phone.card, "have": have, "arrival": told["arrival"]}).said

    assert (later["held_to"], later["parts"], later["arrival"]) == (1, {}, Event.objects.get().arrival)


def test_a_withdrawn_card_is_answered_in_the_phones_language_and_leaves_no_trace(phone: Phone, caplog: pytest.LogCaptureFixture):
    Card.objects.update(withdrawn_at=clock.now())

    with caplog.at_level(logging.DEBUG):
        answer = phone.post("pull", {"card": phone.card}, accept_language="zh-CN")

    assert (answer.status, answer.said["error"]) == (403, "card")
    assert "工作卡" in answer.said["text"]
    assert Reading.objects.count() == 0
    assert [word for word in (phone.card, phone.token, "卢兰利") if word in caplog.text or word in json.dumps(answer.said)] == []
