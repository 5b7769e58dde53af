"""Two writers at once, in real transactions and real threads, lose nothing."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from closeknit.campaigns import planning
from closeknit.campaigns.models import Reach
from closeknit.campaigns.planning import plan
from closeknit.campaigns.types import fold
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger import bulk, tallies
from closeknit.ledger.models import Count, Event
from closeknit.ledger.projections import projections
from closeknit.ledger.record import lock, record_pushes, rejudge
from closeknit.ledger.tests.test_orders import state
from closeknit.ledger.wire import from_mapping
from closeknit.registry.entries import household_row
from closeknit.registry.models import Household
from tests.town import WEST, Field, build, campaign

WRITERS, PUSHES = 4, 12


@pytest.fixture
def committed_town(transactional_db: None, tmp_path: Path) -> None:
    build(tmp_path)


def at_once(pushes: Sequence[Sequence[list[dict]]]) -> None:
    """Each writer pushes its own list, all beginning together."""
    gate, failures = threading.Barrier(len(pushes)), []

    def write(number: int) -> None:
        try:
            gate.wait()
            for events in pushes[number]:
                Field().push(*events, device=f"D{number}")
        except Exception as error:  # what went wrong in a thread fails the test below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(pushes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def pushes_of(writer: int) -> list[list[dict]]:
    field, device = Field(), f"D{writer}"
    return [
        [
            field.later(minutes=1).event("doorknock.visited", device=device, household="H1", data={"outcome": "absent"}),
            field.event("checkpoints.person_checked", device=device, place="CP1", data={"decision": "admitted"}),
            field.event("registry.found", device=device, data={"what": "household"}),
        ]
        for _ in range(PUSHES)
    ]


def test_writers_at_once_lose_nothing_in_any_projection(committed_town):
    at_once([pushes_of(writer) for writer in range(WRITERS)])

    assert Event.objects.count() == WRITERS * PUSHES * 3
    assert sorted(Event.objects.values_list("arrival", flat=True)) == list(range(1, WRITERS * PUSHES * 3 + 1))
    assert Reach.objects.get(code="H1").tries == WRITERS * PUSHES
    assert sum(Count.objects.filter(name="checkpoints.persons").values_list("number", flat=True)) == WRITERS * PUSHES
    live = state()
    for each in projections():
        each.rebuild()
    tallies.rebuild()
    assert state() == live


def test_the_same_push_eight_times_at_once_counts_once(committed_town):
    events = pushes_of(1)[0]

    at_once([[events]] * 8)

    assert Event.objects.count() == 3


def test_the_order_of_arrival_is_the_order_of_receipt(committed_town):
    at_once([pushes_of(writer) for writer in range(2)])

    received = list(Event.objects.order_by("arrival").values_list("device", "seq"))
    assert all(
        sorted(seq for device, seq in received if device == each) == [seq for device, seq in received if device == each]
        for each in ("D0", "D1")
    )
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_record_that_waited_for_the_lock_is_received_after_what_was_sealed_meanwhile(committed_town):
    event = {"id": str(uuid7()), "kind": "doorknock.visited", "seq": 1, "area": "990101101201", "household": "H1"}
    event |= {"at": Field().now.isoformat(), "clock_error": 0, "data": {"outcome": "met"}}
    push = from_mapping({"device": "D1", "member": "W1", "events": [event]}, received_at=clock.now())
    held, sealed_at = threading.Event(), []

    def seal() -> None:
        with transaction.atomic():
            lock()
            held.set()
            time.sleep(0.3)
            sealed_at.append(clock.now())
        connections.close_all()

    sealing = threading.Thread(target=seal)
    sealing.start()
    held.wait()
    record_pushes([push])
    sealing.join()

    assert Event.objects.get().received_at > sealed_at[0]


def beside(does: Callable[[Callable[[], None]], object], meanwhile: Callable[[], Any]) -> Any:
    """What `meanwhile` answers; it begins when `does`, in a thread of its own, calls what it is given, and stands still for a while."""
    begun, failures = threading.Event(), []

    def pause() -> None:
        begun.set()
        time.sleep(0.3)

    def run() -> None:
        try:
            does(pause)
        except Exception as error:  # what went wrong in a thread fails the test below
            failures.append(error)
        finally:
            connections.close_all()

    other = threading.Thread(target=run)
    other.start()
    assert begun.wait(20), failures
    answer = meanwhile()
    other.join()
    assert failures == []
    return answer


def test_a_visit_that_comes_while_a_campaign_is_planned_is_in_its_reach(committed_town, monkeypatch: pytest.MonkeyPatch):
    Field().record("doorknock.visited", household="H2", data={"outcome": "met"})

    def planned(pause: Callable[[], None]) -> None:
        monkeypatch.setattr(planning, "fold", lambda made: (fold(made), pause()))
        plan(campaign("another", "doorknock", "households"))

    beside(planned, lambda: Field().record("doorknock.visited", household="H1", data={"outcome": "met"}, device="D9"))

    assert set(Reach.objects.filter(campaign="another").values_list("code", flat=True)) == {"H1", "H2"}


def test_a_record_that_comes_while_its_household_is_entered_does_not_wait_for_ever(committed_town):
    def entered(pause: Callable[[], None]) -> None:
        with transaction.atomic():
            bulk.insert(Household, [household_row("H77", WEST, 1, "", clock.now(), kept={})])
            rejudge(["H77"])
            pause()

    answers = beside(entered, lambda: Field().push(Field().event("doorknock.visited", household="H77", data={"outcome": "met"})))

    assert [answer.status for answer in answers] == ["accepted"]


def test_a_rebuild_accepts_what_waits_for_a_code_that_is_known_by_now(committed_town, capsys: pytest.CaptureFixture[str]):
    waits, still = (Field().push(Field().event("doorknock.visited", household=code, data={"outcome": "met"})) for code in ("H77", "H78"))
    bulk.insert(Household, [household_row("H77", WEST, 1, "", clock.now(), kept={})])

    call_command("rebuild")

    assert [answer.status for answer in (*waits, *still)] == ["waiting", "waiting"]
    assert [event.household for event in Event.objects.all()] == ["H77"]
    assert "1 " in capsys.readouterr().out.splitlines()[-1]
