"""Group commit: what arrives while something is being written is written together with it next, and no queue grows without end."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import ceil
from threading import Barrier
from time import monotonic
from typing import Generic, TypeVar

from django.db import connections

Job = TypeVar("Job")
Done = TypeVar("Done")
MOST_BYTES_TOGETHER = 400_000  # about a thousand records; more together is hardly cheaper, and the next ones wait for it
WORTH_A_GROUP = 40_000  # bytes from which a second group begins beside the first; two small ones cost more than one
COMPANY_S, MOST_COMPANY = 0.001, 5  # how long a group waits for others, and how often
LONGEST_WAIT_S = 10.0  # who would wait longer is asked to come again
MOST_OF_ONE = 8  # so many at once of one caller: a push that a bad link sends eight times is answered each time
FIRST_GUESS = 200_000.0  # bytes a second, until something was measured
SMOOTHING = 0.2


class Busy(Exception):
    """Too much waits already. `too_many`: it is this caller alone who sends too much at once. retry_after: seconds."""

    def __init__(self, retry_after: int, *, too_many: bool = False) -> None:
        super().__init__(f"come again in {retry_after} s")
        self.retry_after, self.too_many = retry_after, too_many


@dataclass
class _Waiting(Generic[Job, Done]):
    job: Job
    caller: str
    weight: int
    done: "asyncio.Future[Done]"


@dataclass
class Gathering(Generic[Job, Done]):
    """Jobs that are worked off in groups, in the order in which they came: whoever comes alone is not held up, whoever comes with many
    others shares their commit.

    work: does a group, one answer each. threads: so many groups at once where there is much to do (one is judged while another is being
    written). is_done: whether an answer says that its job was done; what is turned away at once says nothing of how fast the work goes.
    """

    work: Callable[[Sequence[Job]], Sequence[Done]]
    threads: int
    is_done: Callable[[Done], bool] = bool
    waiting: "deque[_Waiting[Job, Done]]" = field(default_factory=deque)
    queued: int = 0  # bytes that wait
    weight: int = 0  # bytes that wait or are being written
    speed: float = FIRST_GUESS
    busy: int = 0
    of_caller: Counter[str] = field(default_factory=Counter)
    loop: asyncio.AbstractEventLoop | None = None
    pool: ThreadPoolExecutor | None = None
    runners: "set[asyncio.Task[None]]" = field(default_factory=set)

    def admit(self, caller: str) -> None:
        """Raises `Busy` where one more would wait too long, or the caller has too much under way."""
        if self.of_caller[caller] >= MOST_OF_ONE:
            raise Busy(1, too_many=True)
        wait = self.wait()
        if wait > LONGEST_WAIT_S:
            raise Busy(ceil(wait))

    def wait(self) -> float:
        """Seconds that a job which comes now will wait, by what waits and how fast it went lately."""
        return self.weight / self.speed

    async def __call__(self, job: Job, *, caller: str, weight: int) -> Done:
        """The answer to a job, when its group is done. Raises `Busy`."""
        loop = asyncio.get_running_loop()
        if self.loop is not loop:  # a server has one; tests bring one after another
            self.loop, self.busy, self.queued, self.weight, self.of_caller = loop, 0, 0, 0, Counter()
            self.waiting.clear()
        self.admit(caller)
        mine: _Waiting[Job, Done] = _Waiting(job, caller, weight, loop.create_future())
        self.waiting.append(mine)
        self.queued += weight
        self.weight += weight
        self.of_caller[caller] += 1
        if not self.busy or (self.busy < self.threads and self.queued >= WORTH_A_GROUP):
            self.busy += 1
            runner = loop.create_task(self._run())
            self.runners.add(runner)  # the loop itself holds on to no task
            runner.add_done_callback(self.runners.discard)
        return await mine.done

    async def _run(self) -> None:
        try:
            while self.waiting and (self.busy == 1 or self.queued >= WORTH_A_GROUP):
                group = self._next()
                await self._one(group)
                await self._company(len(group))
        finally:
            self.busy -= 1

    async def _company(self, answered: int) -> None:
        """Those who were just answered come again together: whoever is first waits for as many, as a group costs much however small."""
        for _ in range(MOST_COMPANY):
            if len(self.waiting) >= answered or self.queued >= WORTH_A_GROUP:
                return
            await asyncio.sleep(COMPANY_S)

    def _next(self) -> "list[_Waiting[Job, Done]]":
        group = [self.waiting.popleft()]
        weight = group[0].weight
        while self.waiting and weight + self.waiting[0].weight <= MOST_BYTES_TOGETHER:
            group.append(self.waiting.popleft())
            weight += group[-1].weight
        self.queued -= weight
        return group

    async def _one(self, group: "list[_Waiting[Job, Done]]") -> None:
        began, weight = monotonic(), sum(each.weight for each in group)
        self.pool = self.pool or ThreadPoolExecutor(self.threads, thread_name_prefix="gathering")
        try:
            answers = await asyncio.get_running_loop().run_in_executor(self.pool, self._worked, [each.job for each in group])
            for each, told in zip(group, answers, strict=True):
                if not each.done.done():  # the caller may have gone
                    each.done.set_result(told)
            if done := sum(each.weight for each, told in zip(group, answers, strict=True) if self.is_done(told)):
                self.speed += SMOOTHING * (self.busy * done / max(monotonic() - began, 1e-3) - self.speed)
        except Exception as error:
            for each in group:
                if not each.done.done():
                    each.done.set_exception(error)
        finally:
            self.weight -= weight
            for each in group:
                self.of_caller[each.caller] -= 1
                if not self.of_caller[each.caller]:
                    del self.of_caller[each.caller]

    def _worked(self, jobs: Sequence[Job]) -> Sequence[Done]:
        """In a thread that keeps its connection, as opening one costs more than to write a record; one that met an error may be dead."""
        try:
            return self.work(jobs)
        finally:
            for each in connections.all(initialized_only=True):
                if each.errors_occurred:
                    each.close()

    def close(self) -> None:
        """Ends the threads and their connections."""
        if self.pool:
            all_there = Barrier(self.threads)  # else one thread does it for all
            for _ in range(self.threads):
                self.pool.submit(_leave, all_there)
            self.pool.shutdown()
            self.pool = None


def _leave(all_there: Barrier) -> None:
    all_there.wait()
    connections.close_all()
