"""Pushes on their way from the door to the ledger: they are gathered, written together, and each is answered in its own language."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from django.utils import translation

from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment.contact import known_device
from closeknit.sync.gathering import Busy, Gathering
from closeknit.sync.models import digest
from closeknit.sync.receiving import Received, Sent, receive
from closeknit.sync.replies import Reply, broken, refused, told

BUSY = Text(
    "The server has much to do. Nothing is lost: the phone keeps its records and sends them again in {n} s.",
    "服务器繁忙。记录仍保存在手机中，{n} 秒后将自动重新上传，不会丢失。",
)
MOST_REMEMBERED = 100_000
TOO_MANY = Text("This device sends too much at once. Wait for the answers first.", "本设备同时上传过多，请等待上次上传完成。")


@dataclass(frozen=True)
class Job:
    """A push, and how its device wants the answer: its language, and whether it takes gzip."""

    sent: Sent
    language: str
    packs: bool


def _work(jobs: Sequence[Job]) -> list[Reply]:
    return [_reply(job, each) for job, each in zip(jobs, receive([job.sent for job in jobs]), strict=True)]


def _reply(job: Job, each: Received | Exception) -> Reply:
    if isinstance(each, BadPush):
        return refused(each, job.language)
    if isinstance(each, Exception):
        return broken("push", each, job.language)
    with translation.override(job.language):
        return told(each.told(), packs=job.packs)


def _is_recorded(reply: Reply) -> bool:
    return reply.status == 200


PUSHES: Gathering[Job, Reply] = Gathering(
    _work,
    threads=1 if connection.vendor == "sqlite" else 2,  # SQLite has one writer
    is_done=_is_recorded,
)
_remembered: set[str] = set()  # callers that were proved once; whether they still are, each push is asked


async def admit(device: str, token: str) -> None:
    """Before anything of a push is read. Raises `BadPush`: 429 for a device that sends too much, 503 while there is too much to do, and
    as `known_device` does: what a stranger sends shall neither be read nor count as work that waits."""
    caller = _caller(device, token)
    with _told_when():
        PUSHES.admit(caller)
    if caller not in _remembered:
        await sync_to_async(_prove, thread_sensitive=False)(device, token)
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered.add(caller)


def _caller(device: str, token: str) -> str:
    """Who counts as one: not the code alone, which anybody can name who wants that phone to be told that it sends too much."""
    return f"{digest(token).hex()} {device}"


def _prove(device: str, token: str) -> None:
    with live_connections():
        known_device(device, token)


@contextmanager
def live_connections() -> Iterator[None]:
    """Within the block no connection to the database is used that is too old or has failed; for work outside of Django's requests."""
    close_old_connections()
    try:
        yield
    finally:
        close_old_connections()


async def push(sent: Sent, *, language: str, packs: bool) -> Reply:
    """Records a push with those that arrive with it; durable when this returns. Raises `BadPush`: 429 and 503 as `admit` does."""
    with _told_when():
        return await PUSHES(Job(sent, language, packs), caller=_caller(sent.device, sent.token), weight=len(sent.body))


@contextmanager
def _told_when() -> Iterator[None]:
    try:
        yield
    except Busy as problem:
        text, status = (TOO_MANY, 429) if problem.too_many else (BUSY.format(n=problem.retry_after), 503)
        raise BadPush("push", text, status, retry_after=problem.retry_after) from problem
