"""The whereabouts files: each entry once, whatever kills the writing; encrypted, without anybody's name; gone when their time is over."""

import io
import os
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import call_command
from django.db import connections

from closeknit.environment import home
from closeknit.kit import clock
from closeknit.ledger.expiry import expire
from closeknit.ledger.models import Destruction, Event
from closeknit.measures.whereabouts import folder, writing
from closeknit.measures.whereabouts.analyses import Rows
from closeknit.measures.whereabouts.engines import Duck
from tests.town import PLACES, ROSTER, START, Field, build


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    """Each test begins and ends without files."""
    folder.settle(folder.Contents())
    yield
    folder.settle(folder.Contents())


def entered(field: Field, person: str = "", place: str = "S1", **data: str) -> str:
    """One entry now; its id."""
    said = {"way": "scanned" if not person else "paper", **data}
    return str(field.record("venues.entered", place=place, data=said, **({"person": person} if person else {})).id)


def rows(order: str = "place") -> Rows:
    """All rows of the files of an order, sorted."""
    held = folder.contents()
    with folder.in_memory([(day, block) for day, blocks in held.days.items() for block in blocks if block.order == order]) as files:
        duck = Duck()
        duck.read(files)
        return sorted(duck.ask("SELECT * FROM entries"))


def write(field: Field) -> writing.Written:
    """Writes at the field's time."""
    with clock.at(field.now):
        return writing.write_new()


def keys() -> list[str]:
    """The days that have a key."""
    return sorted(path.name for path in (home() / "keys").glob("whereabouts-*"))


def test_each_entry_stands_once_in_both_orders_however_often_it_is_written(field_records: Field):
    entered(field_records, "P1")
    entered(field_records, name="路人甲", phone="199 0000 0009")
    first = write(field_records)
    again = write(field_records)
    entered(field_records.later(hours=20), "P1")
    entered(field_records, "P2", "S2")
    field_records.record("checkpoints.vehicle_checked", place="CP1", data={"vehicle": "car", "decision": "admitted", "plate": "试A99999"})
    later = write(field_records)

    assert [(each.days, each.entries) for each in (first, again, later)] == [(1, 2), (0, 0), (1, 2)]
    assert rows("place") == rows("person")
    assert [(place, at_s - int(START.timestamp())) for place, at_s, _, _ in rows()] == [("S1", 3600)] * 2 + [("S1", 75600), ("S2", 75600)]
    assert len({pseudonym for *_, pseudonym in rows()}) == 4, "the same person has another name on another day"


def test_what_was_voided_or_put_right_disappears(field_records: Field):
    wrong, _ = entered(field_records, "P1"), entered(field_records, "P3")
    write(field_records)
    field_records.record("ledger.voided", corrects=wrong, data={"reason": "重复"})
    entered(field_records, "P4", "S2")
    write(field_records)

    key = folder.Day("2022-03-18")
    assert [(place, who) for place, _, _, who in rows()] == [("S1", key.pseudonym("person|P3")), ("S2", key.pseudonym("person|P4"))]


def test_many_small_blocks_become_few(field_records: Field):
    for _ in range(writing.LOOSE + 3):
        entered(field_records.later(minutes=1), "P1")
        write(field_records)

    blocks = folder.contents().days["2022-03-18"]
    assert (len(blocks) < writing.LOOSE, len(rows())) == (True, writing.LOOSE + 3)


def test_retention_destroys_rows_days_and_keys(field_records: Field):
    for hours in (0, 2, 24):
        field_records.now = START + timedelta(hours=hours + 1)
        entered(field_records, "P1")
        write(field_records)
    before = (len(rows()), keys())
    with clock.at(START + timedelta(days=14, hours=2)):
        expire(only="whereabouts", dry=True)
        dry = len(rows())
        expire(only="whereabouts")
    part = len(rows())
    with clock.at(START + timedelta(days=15)):
        expire(only="whereabouts")

    assert (before, dry, part) == ((3, ["whereabouts-2022-03-18", "whereabouts-2022-03-19"]), 3, 2)
    assert (len(rows()), keys()) == (1, ["whereabouts-2022-03-19"])


def test_what_fails_in_the_folder_is_destroyed_the_next_time(field_records: Field):
    entered(field_records, "P1")
    write(field_records)
    good = (folder.path() / "list").read_bytes()
    with clock.at(START + timedelta(days=16)):
        (folder.path() / "list").write_bytes(b"not ours" * 9)
        with pytest.raises(InvalidTag):
            expire(only="whereabouts")
        (folder.path() / "list").write_bytes(good)
        before = (Event.objects.count(), len(rows()))
        expire(only="whereabouts")

    assert (before, rows(), keys()) == ((0, 1), [], [])


def test_while_somebody_reads_the_files_the_ledger_goes_on(committed: Field):
    entered(committed, "P1")
    write(committed)

    def destroy() -> None:
        with clock.at(START + timedelta(days=16)):
            expire(only="whereabouts")
        connections.close_all()

    destroying = threading.Thread(target=destroy)
    with folder.held(alone=False):
        destroying.start()
        until = time.monotonic() + 10
        while not Destruction.objects.exists() and time.monotonic() < until:
            time.sleep(0.05)
        certified, kept = Destruction.objects.count(), len(rows())
        if certified:
            entered(committed.later(minutes=1), "P2")
    destroying.join()

    assert (certified, kept, Event.objects.count(), rows()) == (1, 1, 1, [])


def test_files_are_ours_alone_and_say_nothing_of_anybody(field_records: Field):
    for person in ("P1", "P3", "P5"):
        entered(field_records, person)
    entered(field_records, name="卢兰利", phone="19900000001")
    write(field_records)

    files = [path for path in folder.path().iterdir() if path.is_file()]
    said = {word.encode() for line in (*ROSTER, *PLACES) for word in line} | {b"venues.entered", b"PAR1"}
    said = {word for word in said if len(word) > 2}  # two bytes stand somewhere in any file
    assert (stat.S_IMODE(folder.path().stat().st_mode), {stat.S_IMODE(path.stat().st_mode) for path in files}) == (0o700, {0o600})
    assert [(path.name, word) for path in files for word in said if word in path.read_bytes()] == []
    day, block = next((day, blocks[0]) for day, blocks in folder.contents().days.items())
    plain = folder.Day(day).opened(block.name, (folder.path() / block.name).read_bytes())
    assert sorted(word for word in said if word in plain) == [b"PAR1", b"venues.entered"], "decrypted it names places and nobody"


def test_a_file_that_was_altered_or_moved_is_not_read(field_records: Field):
    entered(field_records, "P1")
    write(field_records)
    block = folder.contents().days["2022-03-18"][0]
    sealed = bytearray((folder.path() / block.name).read_bytes())

    sealed[-1] ^= 1
    (folder.path() / block.name).write_bytes(sealed)
    with pytest.raises(InvalidTag):
        rows()


def test_where_keys_are_lost_or_the_ledger_is_of_yesterday_all_is_written_again(field_records: Field):
    entered(field_records, "P1")
    write(field_records)
    held = folder.contents()
    folder.settle(folder.Contents(arrival=10**9, days=held.days))
    write(field_records)
    restored = (len(rows()), folder.contents().arrival)
    (folder.path() / "list").write_bytes(b"not ours" * 9)
    with clock.at(field_records.now):
        call_command("whereabouts", anew=True, stdout=io.StringIO())

    assert (restored, len(rows()), folder.contents().arrival) == ((1, 1), 1, 1)


STEPS = ((folder, "write"), (folder, "_sync_folder"), (folder, "sweep"), (Path, "replace"), (Path, "unlink"))


def dying(function: Callable[..., Any], left: Iterator[int]) -> Callable[..., Any]:
    """The function, before which the process dies once no steps are left."""

    def does(*args: Any, **named: Any) -> Any:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **named)

    return does


def killed_after(steps: int, field: Field) -> bool:
    """Writes in a process of its own, which kills itself after so many steps; whether it did, or was done before."""
    child = os.fork()
    if child == 0:
        for connection in connections.all():
            connection.connection = None  # the parent's own
        left = iter(range(steps))
        for owner, name in STEPS:
            setattr(owner, name, dying(getattr(owner, name), left))
        write(field)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_killed_at_any_step_it_goes_on_where_it_was(committed: Field):
    steps, killed = 0, True
    while killed:
        entered(committed.later(minutes=1), "P1")
        killed = killed_after(steps, committed)
        write(committed)
        steps += 1
        assert [len(rows(order)) for order in ("place", "person")] == [steps, steps]

    assert steps == 8, "it was killed at each of its steps"
    assert {path.name for path in folder.path().iterdir()} == {
        "lock",
        "list",
        *(each.name for each in folder.contents().days["2022-03-18"]),
    }


@pytest.fixture
def committed(transactional_db: None, tmp_path: Path) -> Field:
    """The small county, committed, so that another process sees it."""
    build(tmp_path)
    return Field()
