"""What follows from a record is written once, with it, and never in a ring."""

import pytest

from closeknit.ledger.models import Event
from closeknit.ledger.reactions import declaring
from closeknit.ledger.reactions.declaring import Following, reaction
from closeknit.measures.supervision.kinds import HandedOver, LookedBack, ProblemFound
from tests.town import Field

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch):
    """No reactions but those of the test."""
    monkeypatch.setattr(declaring, "_reactions", [])


def hand_over(events):
    return [
        Following(event, event.id, event.at, HandedOver, event.area, {}, {"problem": event.topic, "to": "W2"}) for event in events
    ]  # fmt: skip


def test_what_follows_stands_with_its_cause_and_is_written_once(field_records: Field):
    reaction(ProblemFound, gives=(HandedOver,))(hand_over)
    found = field_records.event("supervision.found", data={"problem": "P-1", "unit": "990101101201", "title": "未测温"})

    answers = [field_records.push(found)[0].status, field_records.later(minutes=5).push(found)[0].status]

    assert answers == ["accepted", "duplicate"]
    (followed,) = Event.objects.filter(kind="supervision.handed_over")
    cause = Event.objects.get(kind="supervision.found")
    assert (followed.at, followed.received_at, followed.area, followed.member, followed.flags) == (
        cause.at, cause.received_at, cause.area, "W1", "",
    )  # fmt: skip


def test_what_follows_from_what_follows_is_written_too(field_records: Field):
    reaction(ProblemFound, gives=(HandedOver,))(hand_over)

    @reaction(HandedOver, gives=(LookedBack,))
    def look(events):
        return [
            Following(each, each.id, each.at, LookedBack, each.area, {}, {"problem": each.topic, "outcome": "closed"}) for each in events
        ]

    field_records.record("supervision.found", data={"problem": "P-1", "unit": "990101101201", "title": "未测温"})

    assert Event.objects.count() == 3


def test_a_ring_is_refused_when_it_is_declared():
    reaction(ProblemFound, gives=(HandedOver,))(hand_over)
    reaction(HandedOver, gives=(LookedBack,))(hand_over)

    with pytest.raises(TypeError, match="ring"):
        reaction(LookedBack, gives=(ProblemFound,))(hand_over)
