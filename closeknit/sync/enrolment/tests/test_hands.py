"""What a phone says beyond its hands: nothing is lost, what a clerk should look at is marked, and what only a screen may do is refused."""

from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event, Refusal
from closeknit.registry.models import Alias, Member, Place
from closeknit.sync.enrolment.cards import card_for_shift
from closeknit.sync.enrolment.tests.phone import Phone
from tests.town import EAST, WEST, Field


def said(phone: Phone, kind: str, *, member: str = "W1", seq: int = 1, **rest: Any) -> tuple[str, str]:
    """The answer to one record, and the flags with which it stands."""
    event = Field(now=clock.now()).event(kind, **rest) | {"seq": seq}
    answer = phone.push(event, member=member).said["answers"][0]
    held = Event.objects.filter(id=event["id"]).first()
    return answer["status"], held.flags if held else answer["reason"]


VISIT: dict[str, Any] = {"kind": "doorknock.visited", "household": "H1", "data": {"outcome": "met"}}


def test_what_the_worker_of_the_phone_says_is_not_marked(phone: Phone):
    assert said(phone, **VISIT) == ("accepted", "")


def test_a_member_who_does_not_work_where_the_phone_is_handed_about_is_marked(phone: Phone):
    assert said(phone, **{**VISIT, "household": "H4"}, member="W2", area=EAST) == ("accepted", "other_phone")


def test_what_is_not_the_members_work_is_marked(phone: Phone):
    result = {"tube": "T1", "result": "positive", "lab": "L", "tested_at": "2022-03-18"}
    confirmed = {"day": "2022-03-18", "unit": EAST}

    assert said(phone, "testing.resulted", data=result) == ("accepted", "other_work")
    assert said(phone, "reports.confirmed", data=confirmed, seq=2) == ("accepted", "other_work")


def test_whoever_helps_for_a_shift_does_the_work_of_the_post(phone: Phone):
    place = Place.objects.current().get(code="CP1")
    helper = card_for_shift("志愿者甲", place=place, until=clock.now(), unit="", by="ben").member
    passed = {"vehicle": "car", "decision": "admitted"}

    assert said(phone, "checkpoints.vehicle_checked", member=helper, place="CP1", data=passed) == ("accepted", "")
    assert said(phone, "checkpoints.vehicle_checked", member="W1", place="CP1", data=passed, seq=2) == ("accepted", "other_work")


def test_withdrawing_what_somebody_else_recorded_is_marked(phone: Phone):
    own, field = Event, Field(now=clock.now())
    theirs = field.record("doorknock.visited", device="D9", member="W2", household="H1", data={"outcome": "refused"})
    said(phone, **VISIT)
    mine = own.objects.get(device=phone.device)

    for seq, event, flags in ((2, mine, ""), (3, theirs, "anothers")):
        assert said(phone, "ledger.voided", seq=seq, corrects=str(event.id), data={"reason": "重复"}) == ("accepted", flags)


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        ("registry.merged", {"household": "H1", "data": {"canonical": "H2"}}),
        ("registry.amended", {"person": "P1", "data": {"fields": ["phone"], "reason": "x"}}),
        ("doorknock.rechecked", {"household": "H1", "data": {"outcome": "agrees"}}),
    ],
)
def test_what_only_a_screen_may_do_no_phone_does(phone: Phone, kind: str, rest: dict[str, Any]):
    before = Alias.objects.count()

    assert said(phone, kind, **rest) == ("rejected", "not_by_phone")
    letter = phone.letter(Field(now=clock.now()).event(kind, **rest) | {"seq": 2})
    assert phone.rescue(letter).said["kept"] == 1
    assert list(Refusal.objects.values_list("kind", "reason")) == [(kind, "not_by_phone")] * 2
    assert (Event.objects.filter(kind=kind).count(), Alias.objects.count()) == (0, before)


def test_letters_are_marked_as_pushes_are(phone: Phone):
    Member.objects.current().filter(code="W1").update(role="laboratory")
    visit = Field(now=clock.now()).event(**VISIT, area=WEST) | {"seq": 1}

    phone.rescue(phone.letter(visit))

    assert Event.objects.get().flags == "other_work"
