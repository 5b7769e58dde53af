"""`trace()`: the reading is written before a file is opened; only who leads an open case is told, and only of their own area."""

import fcntl
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from closeknit.access.models import Account, Reading
from closeknit.environment import home
from closeknit.kit import clock
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Event
from closeknit.measures.tracing import trace
from closeknit.measures.tracing.trace import count_present
from closeknit.measures.whereabouts import folder, writing
from closeknit.measures.whereabouts.reading import Asked, look
from tests.town import EAST, START, WEST, Cast, Field, account


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    """Each test begins and ends without files."""
    folder.settle(folder.Contents())
    yield
    folder.settle(folder.Contents())


@pytest.fixture
def case(field_records: Field) -> Field:
    """An open case: P1 fell ill at noon of the first day and came to the shop at ten past one; others came around then."""
    field = field_records
    for minute, said in (
        (70, {"person": "P1"}), (75, {"person": "P3"}), (100, {"data": {"way": "scanned", "name": "过路人", "phone": "199-0000-0009"}}),
        (101, {"person": "P4"}), (75, {"person": "P5", "place": "S2", "area": EAST}), (40, {"person": "P2"}),
        (80, {"data": {"way": "scanned", "phone": "19900000001"}}),
    ):  # fmt: skip
        field.now = START + timedelta(minutes=minute)
        field.record("venues.entered", **{"place": "S1", "data": {"way": "paper"}, **said})
    field.now = START + timedelta(hours=6)
    field.record("investigations.opened", area=WEST, data={"case": "LD-1", "matter": "x"})
    told = {"case": "LD-1", "basis": "onset", "began_at": "2022-03-18T12:00:00+08:00"}
    field.record("tracing.person_named", person="P1", data=told)
    with clock.at(field.now):
        writing.write_new()
    return field


def traced(field: Field, by: Account, why: str = "流调", case: str = "LD-1") -> list[Any]:
    """(place, minutes after the start, apart in minutes, person or phone)."""
    with clock.at(field.now):
        found = trace.trace(case, by=by, why=why)
    return [(each.place, (each.at - START).total_seconds() / 60, each.apart_s / 60, each.event and whom(each.event)) for each in found]


def keys() -> list[str]:
    """The days that have a key."""
    return sorted(path.name for path in (home() / "keys").glob("whereabouts-*"))


def whom(event: Event) -> str:
    """The person of a record, or the telephone that was typed."""
    return event.person or str(event.told()["phone"])


def test_whoever_was_there_within_the_minutes_is_told_with_the_record(case: Field, cast: Cast):
    assert traced(case, cast.chen) == [
        ("S1", 75, 5, "P3"), ("S1", 100, 20, "199-0000-0009"), ("S1", 101, 21, "P4"), ("S1", 40, 30, "P2"),
    ]  # fmt: skip
    with clock.at(case.now):
        assert count_present(["LD-1"], by=cast.chen, why="流调") == {"LD-1": 4}


def test_the_reading_stands_before_a_file_is_opened(case: Field, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    class Opened(Exception):
        pass

    def opened(*_: Any, **__: Any) -> Any:
        raise Opened([(each.account, each.what, each.codes, each.purpose) for each in Reading.objects.all()])

    monkeypatch.setattr(folder, "held", opened)
    with pytest.raises(Opened) as seen:
        traced(case, cast.chen, "溯源")
    assert seen.value.args == ([("chen", "case", ["LD-1"], "溯源")],)

    monkeypatch.setattr(trace.trail, "read", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        traced(case, cast.chen)


@pytest.mark.parametrize(
    ("who", "why", "number", "refused"),
    [("chen", " ", "LD-1", "missing"), ("ben", "x", "LD-1", "not_yours"), ("ana", "x", "LD-1", "not_yours"),
     ("dov", "x", "LD-1", "not_yours"),
     ("chen", "x", "LD-9", "not_yours"), ("chen", "x", "LD-2", "no_person")],
)  # fmt: skip
def test_nobody_else_is_told_anything(case: Field, cast: Cast, who: str, why: str, number: str, refused: str):
    case.record("investigations.opened", area=WEST, data={"case": "LD-2", "matter": "x"})

    with pytest.raises(Invalid) as invalid:
        traced(case, getattr(cast, who), why, number)

    assert (invalid.value.reason, Reading.objects.count()) == (refused, 0)


def test_a_closed_case_opens_nothing(case: Field, cast: Cast):
    case.record("investigations.closed", area=WEST, data={"case": "LD-1", "outcome": "confirmed"})

    with pytest.raises(Invalid) as invalid:
        traced(case, cast.chen)
    assert invalid.value.reason == "not_yours"


def test_who_was_outside_the_readers_area_stays_without_a_name(case: Field, cast: Cast):
    case.record("venues.entered", place="S2", area=EAST, person="P1", data={"way": "paper"})
    case.record("venues.entered", place="S2", area=EAST, person="P5", data={"way": "paper"})
    with clock.at(case.now):
        writing.write_new()

    lead = account("eve", "epidemiologist", WEST)
    assert [row[3] for row in traced(case, lead) if row[0] == "S2"] == [None]
    assert [row[3] for row in traced(case, cast.chen) if row[0] == "S2"] == ["P5"]


def test_a_question_makes_no_key_and_is_put_while_nobody_writes(case: Field, cast: Cast):
    day = "whereabouts-2022-03-18"
    before = keys()
    traced(case, cast.chen)
    folder.settle(folder.Contents())
    without = traced(case, cast.chen)

    assert (before, without, keys()) == ([day], [], [])

    def asks() -> Asked:
        with (folder.path() / folder.LOCK).open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return {}

    assert look(asks, window_s=60) == []


def test_many_blocks_are_searched_as_one(case: Field, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    whole = traced(case, cast.chen)
    folder.settle(folder.Contents())
    monkeypatch.setattr(writing, "ROWS", 1)
    with clock.at(case.now):
        writing.write_new()

    assert len(folder.contents().days["2022-03-18"]) == 14
    assert traced(case, cast.chen) == whole
