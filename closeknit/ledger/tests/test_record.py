"""The one door: what is accepted, refused, kept waiting, and how each record is answered."""

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, connection
from django.db.models.signals import post_init

from closeknit.ledger import projections
from closeknit.ledger.batch import CONFLICT
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.projections import Projection
from closeknit.ledger.record import told
from closeknit.ledger.wire import BadPush, from_mapping, take_apart
from closeknit.measures.doorknock.kinds import Visited
from tests.town import EAST, WEST, Field

pytestmark = pytest.mark.django_db
VISIT = {"household": "H1", "data": {"outcome": "met"}}


def test_a_record_is_accepted_and_kept_as_it_was_said(field_records: Field):
    event = field_records.record("doorknock.visited", household="H1", data={"outcome": "met", "present": 3, "note": "家中三人"})

    assert event.data == {"outcome": "met", "present": 3}
    assert event.told() == {"outcome": "met", "present": 3, "note": "家中三人"}


def test_personal_words_do_not_stand_readable_in_the_row(field_records: Field):
    event = field_records.record("registry.found", data={"what": "person", "name": "张无名", "strange_field": "19900000000"})

    assert event.data == {"what": "person"}
    assert "张无名".encode() not in bytes(event.personal)


def test_the_same_record_twice_counts_once(field_records: Field):
    visit = field_records.event("doorknock.visited", **VISIT)

    answers = [*field_records.push(visit), *field_records.push(visit), *field_records.push(visit, visit)]

    assert [answer.status for answer in answers] == ["accepted", "duplicate", "duplicate", "duplicate"]
    assert Event.objects.count() == 1


def test_the_same_id_with_other_content_is_a_conflict_and_both_are_kept(field_records: Field):
    visit = field_records.event("doorknock.visited", **VISIT)
    other = visit | {"data": {"outcome": "moved"}}

    answers = [*field_records.push(visit), *field_records.push(other), *field_records.push(other)]

    assert [answer.status for answer in answers] == ["accepted", "conflict", "conflict"]
    assert Event.objects.get().data == {"outcome": "met"}
    assert [told(refusal)["data"] for refusal in Refusal.objects.all()] == [{"outcome": "moved"}]


def test_of_what_was_refused_only_the_same_content_is_read_again(field_records: Field):
    nameless = [field_records.event("doorknock.visited", id=None, household=f"H{number}") for number in range(30)]
    field_records.push(*nameless[:29])
    made: list[Refusal] = []

    def note(instance: Refusal, **_: Any) -> None:
        made.append(instance)

    post_init.connect(note, sender=Refusal)
    answers = field_records.push(*nameless[28:])
    post_init.disconnect(note, sender=Refusal)

    assert [answer.status for answer in answers] == ["rejected", "rejected"]
    assert len(made) == 2
    assert Refusal.objects.count() == 30


def test_many_contents_under_one_id_are_conflicts_each_kept_once(field_records: Field):
    visit = field_records.event("doorknock.visited")
    contents = [visit | {"household": f"H{number}"} for number in range(500)]

    first, again = field_records.push(*contents), field_records.push(*contents)

    assert [answer.status for answer in first] == ["rejected", *["conflict"] * 499]
    assert [(answer.status, answer.text) for answer in again] == [("rejected", None), *[("conflict", CONFLICT.text)] * 499]
    assert Refusal.objects.count() == 500


def test_null_and_empty_are_the_same_as_missing(field_records: Field):
    visit = field_records.event("doorknock.visited", household="H1", data={"outcome": "met", "note": "", "present": None, "needs": []})

    field_records.push(visit)

    assert [answer.status for answer in field_records.push(visit | {"data": {"outcome": "met"}})] == ["duplicate"]


def test_seq_device_and_clock_error_are_no_content(field_records: Field):
    visit = field_records.event("doorknock.visited", **VISIT)
    field_records.push(visit)

    again = field_records.push(visit | {"seq": 99, "clock_error": 3}, device="D2")

    assert [answer.status for answer in again] == ["duplicate"]


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"kind": "doorknock.visited_twice"}, "kind", "unknown_kind"),
        ({"kind": None}, "kind", "unknown_kind"),
        ({"area": "999999999999"}, "area", "unknown_area"),
        ({"area": ""}, "area", "missing"),
        ({"household": None}, "household", "missing"),
        ({"seq": 0}, "seq", "wrong_type"),
        ({"seq": True}, "seq", "wrong_type"),
        ({"at": "2022-03-18T09:00:00"}, "at", "wrong_time"),
        ({"at": "2031-03-18T09:00:00+08:00"}, "at", "future_time"),
        ({"at": None}, "at", "wrong_time"),
        ({"clock_error": "fast"}, "clock_error", "wrong_type"),
        ({"clock_error": True}, "clock_error", "wrong_type"),
        ({"clock_error": 10**10}, "clock_error", "wrong_type"),
        ({"data": {}}, "data.outcome", "missing"),
        ({"data": {"outcome": "perhaps"}}, "data.outcome", "unknown_code"),
        ({"data": {"outcome": "met", "present": 1.0}}, "data.present", "wrong_type"),
        ({"data": {"outcome": "met", "present": True}}, "data.present", "wrong_type"),
        ({"data": {"outcome": "met", "present": -1}}, "data.present", "wrong_type"),
        ({"data": {"outcome": "met", "leaflet": "yes"}}, "data.leaflet", "wrong_type"),
        ({"data": {"outcome": "met", "note": "长" * 4001}}, "data.note", "too_long"),
        ({"data": {"outcome": "met", "x": [[[[[1]]]]]}}, "data.x.0.0.0", "too_deep"),
        ({"data": {"outcome": "met", "note": "a\x00b"}}, "data.note", "bad_character"),
        ({"household": "H\x001"}, "household", "wrong_type"),
        ({"area": "\x00"}, "area", "wrong_type"),
        ({"id": "\x00"}, "id", "wrong_type"),
        ({"data": "met"}, "data", "wrong_type"),
        ({"id": "no-uuid"}, "id", "wrong_type"),
        ({"corrects": "no-uuid", "data": {"outcome": "met", "reason": "x"}}, "corrects", "wrong_type"),
        ({"corrects": "017f9746-d0f8-71e4-8ad3-9952171a7eca"}, "data.reason", "missing"),
    ],
)
def test_a_bad_record_is_refused_with_its_field_and_kept(field_records: Field, change, field, reason):
    answer = field_records.push(field_records.event("doorknock.visited", **VISIT) | change)[0]

    assert (answer.status, answer.field, answer.reason) == ("rejected", field, reason)
    assert answer.text and answer.text.en and answer.text.zh
    assert Refusal.objects.count() == 1
    assert Event.objects.count() == 0


def test_a_bad_record_does_not_stop_the_others_of_its_push(field_records: Field):
    good, bad = field_records.event("doorknock.visited", **VISIT), field_records.event("doorknock.visited", household="H1")

    answers = field_records.push(bad, "no object", good, None)

    assert [answer.status for answer in answers] == ["rejected", "rejected", "accepted", "rejected"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"decision": "turned_away", "reason": "no_test", "emergency": True}, "care_first"),
        ({"decision": "turned_away"}, "missing"),
        ({"decision": "referred", "reason": "  "}, "missing"),
        ({"decision": "admitted", "temperature": 97.7}, "wrong_type"),
        ({"decision": "admitted", "test_at": "yesterday"}, "wrong_time"),
    ],
)
def test_a_person_at_the_gate_is_never_refused_without_a_reason_nor_in_need(field_records: Field, data, reason):
    answer = field_records.push(field_records.event("checkpoints.person_checked", place="CP1", data=data))[0]

    assert (answer.status, answer.reason) == ("rejected", reason)


def test_a_vehicle_turned_away_without_a_reason_is_accepted(field_records: Field):
    event = field_records.record("checkpoints.vehicle_checked", place="CP1", data={"vehicle": "car", "decision": "turned_away"})

    assert event.data == {"vehicle": "car", "decision": "turned_away"}


def test_a_wrong_clock_is_put_right_beyond_two_minutes(field_records: Field):
    now = field_records.now
    slow = field_records.event("doorknock.visited", **VISIT)
    field_records.push(slow, received_at=now + timedelta(minutes=40), pushed_at=now)
    near = field_records.event("doorknock.visited", **VISIT)
    field_records.push(near, received_at=now + timedelta(minutes=2), pushed_at=now)
    told_by_app = field_records.event("doorknock.visited", clock_error=-3600, **VISIT)
    field_records.push(told_by_app, received_at=now + timedelta(minutes=40), pushed_at=now)

    at = {str(event.id): event.at - now for event in Event.objects.all()}

    assert at == {slow["id"]: timedelta(minutes=40), near["id"]: timedelta(0), told_by_app["id"]: timedelta(hours=-1)}


def test_records_are_judged_in_the_order_of_seq(field_records: Field):
    found = field_records.event("registry.found", data={"what": "household", "landmark": "渡口"})
    visit = field_records.event("doorknock.visited", household=f"found:{found['id']}", data={"outcome": "met"})

    answers = field_records.push(visit, found)

    assert [answer.status for answer in answers] == ["accepted", "accepted"]
    assert list(Event.objects.order_by("arrival").values_list("kind", flat=True)) == ["registry.found", "doorknock.visited"]


def test_a_record_waits_for_a_code_and_counts_from_when_it_comes(field_records: Field):
    found = field_records.event("registry.found", data={"what": "household"})
    visit = field_records.event("doorknock.visited", household=f"found:{found['id']}", data={"outcome": "met"})
    waiting = field_records.push(visit, device="D2")
    first_time = field_records.now

    field_records.later(hours=3).push(found)

    event = Event.objects.get(id=UUID(visit["id"]))
    assert [answer.status for answer in waiting] == ["waiting"]
    assert (event.at, event.received_at) == (first_time, field_records.now)
    assert Refusal.objects.get().status == Refusal.Status.SETTLED


def test_a_chain_of_waiting_records_wakes_in_turn(field_records: Field):
    household = field_records.event("registry.found", data={"what": "household"})
    person = field_records.event("registry.found", data={"what": "person", "household": f"found:{household['id']}"})
    phoned = field_records.event("doorknock.phoned", person=f"found:{person['id']}", data={"outcome": "reached"})

    statuses = [field_records.push(each)[0].status for each in (phoned, person, household)]

    assert statuses == ["waiting", "waiting", "accepted"]
    assert Event.objects.count() == 3


def test_a_found_person_is_no_household(field_records: Field):
    found = field_records.event("registry.found", data={"what": "person", "name": "无名"})
    field_records.push(found)

    answer = field_records.push(field_records.event("doorknock.visited", household=f"found:{found['id']}", data={"outcome": "met"}))[0]

    assert (answer.status, answer.field) == ("waiting", "household")


def test_a_doubtful_person_is_known_like_everybody(field_records: Field):
    assert field_records.record("doorknock.phoned", person="P6", area=EAST, data={"outcome": "reached"}).person == "P6"


def test_an_unknown_member_or_one_outside_the_area_is_accepted_and_flagged(field_records: Field):
    inside = field_records.record("doorknock.visited", **VISIT)
    outside = field_records.record("doorknock.visited", member="W2", **VISIT)
    unknown = field_records.record("doorknock.visited", member="W999", **VISIT)

    assert [event.flags for event in (inside, outside, unknown)] == ["", "outside_area", "unknown_member"]


def test_a_correction_of_another_kind_is_refused(field_records: Field):
    visit = field_records.record("doorknock.visited", **VISIT)
    wrong = field_records.event("doorknock.phoned", household="H1", corrects=str(visit.id), data={"outcome": "reached", "reason": "x"})

    answer = field_records.push(wrong)[0]

    assert (answer.status, answer.field, answer.reason) == ("rejected", "corrects", "other_kind")


def test_arrivals_are_numbered_without_a_hole(field_records: Field):
    for _ in range(3):
        field_records.push(field_records.event("doorknock.visited", **VISIT), field_records.event("doorknock.visited", household="H1"))

    assert list(Event.objects.order_by("arrival").values_list("arrival", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("body", "field", "status"),
    [
        (b"{", "push", 400),
        (b"\xff\xfe", "push", 400),
        (b"[]", "push", 400),
        (b'{"device":"D1","member":"W1","events":[]}', "events", 400),
        (b'{"device":"D1","member":"W1","events":[{}],"v":99}', "v", 400),
        (b'{"device":"","member":"W1","events":[{}]}', "device", 400),
        (b'{"device":"D1","events":[{}]}', "member", 400),
        (b'{"device":"D1","member":"W1","events":[{}],"pushed_at":"noon"}', "pushed_at", 400),
        (b"[" * 100_000, "push", 400),
        (b" " * 2_000_001, "push", 413),
    ],
)
def test_a_push_that_cannot_be_taken_names_the_field(body, field, status):
    with pytest.raises(BadPush) as caught:
        take_apart(body, received_at=Field().now)

    assert (caught.value.field, caught.value.status) == (field, status)


def test_a_push_of_too_many_records_is_refused():
    with pytest.raises(BadPush) as caught:
        from_mapping({"device": "D1", "member": "W1", "events": [{}] * 100_000}, received_at=Field().now)

    assert (caught.value.field, caught.value.status) == ("events", 413)


def test_the_area_of_a_record_is_any_known_area(field_records: Field):
    assert field_records.record("doorknock.visited", household="H1", area="990101", data={"outcome": "met"}).area != WEST


FIRST = "0001-01-01T00:00:00+14:00"
ODD = (
    ({"data": {"outcome": "met", "unheard_of": 10**19}}, "data.unheard_of"),
    ({"data": {"outcome": "met", "present": 10**16}}, "data.present"),
    ({"data": {"outcome": "met", "present": 2**31}}, "data.present"),
    ({"clock_error": 10**400}, "clock_error"),
    ({"at": "9999-12-31T00:00:00+00:00", "clock_error": 315_000_000}, "at"),
    ({"at": FIRST, "clock_error": -315_000_000}, "at"),
    ({"at": "1849-12-31T00:00:00Z"}, "at"),
)


@pytest.mark.parametrize(("said", "field"), ODD)
def test_a_number_or_time_beyond_all_bounds_is_refused_alone(field_records: Field, said: dict[str, object], field: str):
    odd, good = field_records.event("doorknock.visited", **VISIT | said), field_records.event("doorknock.visited", **VISIT)

    answers = field_records.push(odd, good)

    assert [(answer.status, answer.field) for answer in answers] == [("rejected", field), ("accepted", "")]
    assert Refusal.objects.get().event_id == odd["id"]


@pytest.mark.parametrize(
    ("length", "told"), [(80, ("waiting", "household", "not_known_yet")), (81, ("rejected", "data.household", "wrong_type"))]
)
def test_a_record_waits_for_no_code_that_is_longer_than_one_can_be(field_records: Field, length: int, told: tuple[str, str, str]):
    answer = field_records.push(field_records.event("registry.found", data={"what": "person", "household": "H" * length}))[0]

    assert (answer.status, answer.field, answer.reason) == told


class Narrow(Projection):
    """A projection into which no visit goes that met thirteen."""

    reads = (Visited,)
    subject = "household"

    @classmethod
    def rows(cls, events: Sequence[Event]) -> Iterable[dict[str, Any]]:
        return ()

    @classmethod
    def apply(cls, new: Sequence[Event], withdrawn: Sequence[Event]) -> None:
        if any(event.data.get("present") == 13 for event in new):
            if connection.vendor == "postgresql":
                connection.cursor().execute("SELECT CAST(99999999999 AS integer)")
            raise DataError


@pytest.mark.parametrize("place", range(5))
def test_what_the_database_cannot_hold_is_kept_and_stops_no_other(field_records: Field, monkeypatch: pytest.MonkeyPatch, place: int):
    monkeypatch.setattr(projections, "_projections", [*projections.projections(), Narrow])
    visits = [field_records.event("doorknock.visited", household="H1", data={"outcome": "met", "present": n}) for n in (1, 2, 3, 4)]
    visits.insert(place, field_records.event("doorknock.visited", household="H1", data={"outcome": "met", "present": 13}))
    others = ["accepted"] * 4

    answers, again = field_records.push(*visits), field_records.push(*visits)

    assert [answer.status for answer in answers] == [*others[:place], "rejected", *others[place:]]
    assert [answer.status for answer in again] == [answer.status.replace("accepted", "duplicate") for answer in answers]
    assert (answers[place].field, answers[place].reason) == ("event", "not_storable")
    assert [told(refusal) for refusal in Refusal.objects.all()] == [visits[place]]
    assert list(Event.objects.order_by("arrival").values_list("arrival", flat=True)) == [1, 2, 3, 4]


def test_a_day_beyond_the_calendar_is_no_day(field_records: Field):
    said = {"name": "卢兰利", "origin": "430100", "arrived_at": FIRST}

    answer = field_records.push(field_records.event("returnees.declared", person="P1", data=said))[0]

    assert (answer.status, answer.field, answer.reason) == ("rejected", "data.arrived_at", "wrong_time")


@pytest.mark.parametrize("clock_said", [FIRST, "9999-12-31T23:59:59-14:00"])
def test_a_device_whose_clock_stands_beyond_the_calendar_is_told_so(field_records: Field, clock_said: str):
    raw = {"device": "D1", "member": "W1", "pushed_at": clock_said, "events": [field_records.event("doorknock.visited", **VISIT)]}

    with pytest.raises(BadPush) as refused:
        from_mapping(raw, received_at=field_records.now)

    assert refused.value.field == "pushed_at"


@pytest.mark.parametrize(
    ("escaped", "kept"),
    [
        (r"a\ud83d", "a\ufffd"),
        (r"\ude00 b", "\ufffd b"),
        (r"\ud83d\ude00", "😀"),
        (r"\\ud83d", r"\ud83d"),
        (r"\ud83d\ud83d\ude00", "\ufffd😀"),
    ],
)
def test_half_a_sign_holds_back_neither_its_record_nor_the_push(field_records: Field, escaped: str, kept: str):
    event = field_records.event("doorknock.visited", **VISIT | {"data": {"outcome": "met", "note": "@"}})
    body = json.dumps({"device": "D1", "member": "W1", "events": [event]}).replace("@", escaped)

    push = take_apart(body.encode(), received_at=field_records.now)

    assert push.events[0]["data"]["note"] == kept
