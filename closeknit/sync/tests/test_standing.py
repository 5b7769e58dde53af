"""How far a device's records have come, against a plain oracle; with holes, with refusals, with what was destroyed, and fast."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk
from closeknit.ledger.models import Event, Refusal
from closeknit.sync.models import Device, enrol
from closeknit.sync.standing import MOST, Standing, come, keep, standing_of, standings

pytestmark = pytest.mark.django_db
AT = datetime(2022, 3, 18, tzinfo=UTC)
SEQS = st.sets(st.integers(0, 40), max_size=30)


def events(seqs: Iterable[int], device: str = "D1") -> None:
    first = Event.objects.count() + 1
    fixed = {
        "kind": "doorknock.visited", "at": AT, "said_at": AT, "received_at": AT, "device": device, "member": "W1", "area": "1",
        "person": "", "household": "", "place": "", "topic": "", "data": {}, "personal": None, "digest": b"", "corrects": None,
        "superseded_at": None, "clock_error": None, "flags": "",
    }  # fmt: skip
    bulk.insert(Event, [{"id": uuid7(), "arrival": first + number, "seq": seq, **fixed} for number, seq in enumerate(seqs)])


def refusals(seqs: Iterable[int | None], device: str = "D1") -> None:
    for seq in seqs:
        Refusal.objects.create(event_id=str(uuid7()), status="rejected", device=device, member="W1", seq=seq, received_at=AT, digest=b"")


def plainly(held: set[int], past: int) -> Standing:
    """The oracle."""
    held_to = past
    while held_to + 1 in held:
        held_to += 1
    holes = [seq for seq in range(held_to + 1, max(held, default=0)) if seq not in held]
    return Standing(held_to, holes[:MOST])


@pytest.fixture
def two_devices(db: None) -> None:
    """D1 and D2, enrolled."""
    for code in ("D1", "D2"):
        enrol(code, area="1", by="test")


@given(taken=SEQS, refused=SEQS, past=st.integers(0, 45))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_what_a_plain_count_says(two_devices: None, taken: set[int], refused: set[int], past: int):
    Event.objects.all().delete()
    Refusal.objects.all().delete()
    events(taken)
    events([1, 2, 3, 7], device="D2")
    refusals([*refused, None])

    told = plainly(taken | refused, past)
    assert standing_of("D1", past) == told
    held = come({"D1": (past, taken), "D2": (0, {7})})
    assert held == {"D1": (told.held_to, max(taken | refused, default=0)), "D2": (3, 7)}
    assert {device: (each.held_to, list(each.missing)) for device, each in standings(held).items()} == {
        "D1": (told.held_to, told.missing), "D2": (3, [4, 5, 6]),
    }  # fmt: skip


def test_a_device_of_which_nothing_came_holds_nothing(db: None):
    assert standing_of("D1") == Standing(0, [])


def test_of_many_holes_the_first_hundred_are_told(db: None):
    events(range(2, 1_000, 2))

    assert standing_of("D1") == Standing(0, list(range(1, 200, 2)))


def test_what_was_destroyed_is_not_asked_for_again(db: None):
    enrol("D1", area="1", by="test")
    events(range(1, 11))
    keep(Device.objects.get(), standing_of("D1"))
    Event.objects.filter(seq__lt=6).delete()

    assert standing_of("D1", Device.objects.get().held_to) == Standing(10, [])
    assert standing_of("D1").missing == [1, 2, 3, 4, 5]


def test_what_is_kept_never_falls(db: None):
    enrol("D1", area="1", by="test")
    keep(Device.objects.get(), Standing(10, []))
    keep(Device(code="D1", held_to=0), Standing(4, []))

    assert Device.objects.get().held_to == 10


@pytest.mark.parametrize("hole", [0, 99_999])
def test_a_hundred_thousand_records_are_no_trouble(db: None, hole: int):
    events(seq for seq in range(1, 100_001) if seq != hole)

    with CaptureQueriesContext(connection) as statements:
        began = time.perf_counter()
        standing = standing_of("D1")
        seconds = time.perf_counter() - began

    assert standing == (Standing(hole - 1, [hole]) if hole else Standing(100_000, []))
    assert len(statements) <= 2
    assert seconds < 1  # measured: some 50 ms
    print(f"{seconds * 1000:.0f} ms")
