"""Group commit: what waits together is written together, what breaks breaks alone, and who would wait too long is told so."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection

from closeknit.sync.gathering import FIRST_GUESS, MOST_BYTES_TOGETHER, MOST_OF_ONE, WORTH_A_GROUP, Busy, Gathering


class Writer:
    """Notes the groups that it is given; the first one is held until it is let go."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun, self.free = threading.Event(), threading.Event()

    def __call__(self, jobs: Sequence[int]) -> list[int]:
        self.groups.append(list(jobs))
        self.begun.set()
        self.free.wait(10)
        if 13 in jobs:
            raise RuntimeError("unlucky")
        return [job * 10 for job in jobs]


async def later(writer: Writer, gathering: Gathering[int, int], jobs: Sequence[int], weight: int = 1) -> list[Any]:
    """The answers to job 0, and to those that come while it is being written."""
    first = asyncio.create_task(gathering(0, caller="c0", weight=1))
    await asyncio.to_thread(writer.begun.wait, 10)
    rest = [asyncio.create_task(gathering(job, caller=f"c{job}", weight=weight)) for job in jobs]
    await asyncio.sleep(0)
    writer.free.set()
    return list(await asyncio.gather(first, *rest, return_exceptions=True))


def test_what_comes_while_something_is_written_is_written_together_in_its_order():
    writer = Writer()

    answers = asyncio.run(later(writer, Gathering(writer, threads=1), [1, 2, 3]))

    assert writer.groups == [[0], [1, 2, 3]]
    assert answers == [0, 10, 20, 30]


def test_a_group_has_an_end():
    writer = Writer()

    asyncio.run(later(writer, Gathering(writer, threads=1, speed=1e9), [1, 2, 3], weight=MOST_BYTES_TOGETHER // 2))

    assert writer.groups == [[0], [1, 2], [3]]


@pytest.mark.parametrize(("weight", "at_work"), [(1, 1), (WORTH_A_GROUP, 2)])
def test_a_second_thread_begins_only_where_much_waits(weight: int, at_work: int):
    writer = Writer()
    gathering = Gathering(writer, threads=2, speed=1e9)

    async def asked() -> int:
        first = asyncio.create_task(gathering(0, caller="c0", weight=weight))
        await asyncio.to_thread(writer.begun.wait, 10)
        second = asyncio.create_task(gathering(1, caller="c1", weight=weight))
        await asyncio.sleep(0)
        busy = gathering.busy
        writer.free.set()
        await asyncio.gather(first, second)
        return busy

    assert asyncio.run(asked()) == at_work


def test_who_comes_again_at_once_waits_for_those_who_were_answered_with_it():
    writer = Writer()
    gathering = Gathering(writer, threads=1)

    async def again(job: int) -> None:
        await gathering(job, caller=f"c{job}", weight=1)
        for _ in range(job):  # the answers go out one after the other
            await asyncio.sleep(0)
        await gathering(job, caller=f"c{job}", weight=1)

    async def asked() -> None:
        first = asyncio.create_task(gathering(0, caller="c0", weight=1))
        await asyncio.to_thread(writer.begun.wait, 10)
        rest = [asyncio.create_task(again(job)) for job in (1, 2, 3)]
        await asyncio.sleep(0)
        writer.free.set()
        await asyncio.gather(first, *rest)

    asyncio.run(asked())

    assert writer.groups == [[0], [1, 2, 3], [1, 2, 3]]


def test_a_group_that_breaks_is_answered_and_the_next_one_is_written():
    writer = Writer()
    gathering = Gathering(writer, threads=1)

    async def asked() -> Any:
        broken = await later(writer, gathering, [13])
        return broken, await gathering(5, caller="c5", weight=1)

    (_, broken), after = asyncio.run(asked())

    assert isinstance(broken, RuntimeError)
    assert after == 50


def test_who_would_wait_too_long_is_told_when_to_come_again():
    writer = Writer()

    answers = asyncio.run(later(writer, Gathering(writer, threads=1, speed=10), [1, 2], weight=150))

    assert answers[:2] == [0, 10]  # 1 byte waits: it is let in
    assert isinstance(answers[2], Busy)
    assert (answers[2].retry_after, answers[2].too_many) == (16, False)  # 151 bytes at 10 a second


def test_what_is_turned_away_at_once_does_not_count_as_fast_work():
    writer = Writer()
    writer.free.set()
    gathering = Gathering(writer, threads=1, is_done=lambda told: told > 10)

    async def asked(job: int) -> float:
        for _ in range(20):
            await gathering(job, caller="c", weight=2_000_000)
        return gathering.speed

    assert (asyncio.run(asked(1)), asyncio.run(asked(2)) > 10 * FIRST_GUESS) == (FIRST_GUESS, True)


def test_one_caller_does_not_fill_the_queue():
    writer = Writer()
    gathering = Gathering(writer, threads=1)

    async def asked() -> list[Any]:
        tasks = [asyncio.create_task(gathering(job, caller="same", weight=1)) for job in range(MOST_OF_ONE + 1)]
        await asyncio.sleep(0)
        writer.free.set()
        return list(await asyncio.gather(*tasks, return_exceptions=True))

    *let_in, refused = asyncio.run(asked())

    assert let_in == [job * 10 for job in range(MOST_OF_ONE)]
    assert isinstance(refused, Busy)
    assert refused.too_many


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_met_an_error_is_opened_anew_and_any_other_is_kept():
    def work(jobs: Sequence[str]) -> list[bool]:
        kept = connection.connection is not None
        connection.ensure_connection()
        connection.errors_occurred = jobs[0] == "error"  # as Django marks it when the database says so; the error itself is answered
        return [kept] * len(jobs)

    gathering = Gathering(work, threads=1)

    async def asked() -> list[bool]:
        return [await gathering(job, caller="c", weight=1) for job in ("well", "well", "error", "well", "well")]

    kept = asyncio.run(asked())
    gathering.close()

    assert kept == [False, True, True, False, True]


@pytest.mark.parametrize("threads", [1, 2])
def test_when_all_is_done_nothing_is_counted_as_waiting(threads: int):
    writer = Writer()
    gathering = Gathering(writer, threads=threads)

    asyncio.run(later(writer, gathering, [1, 13, 2]))

    assert (gathering.weight, gathering.busy, not gathering.of_caller, not gathering.waiting) == (0, 0, True, True)
