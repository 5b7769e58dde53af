"""One import at a time: others wait for their turn, while whoever puts a single entry right does not."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from closeknit import environment

TURN = 0x636C6F73  # the number of this lock among PostgreSQL's advisory ones
LOOK_AGAIN_S = 0.2


@contextmanager
def my_turn(waiting: Callable[[], None]) -> Iterator[None]:
    """Within the block no other import runs; `waiting` is called now and then until it begins. A process that dies leaves no lock."""
    if connection.vendor == "sqlite":
        with (environment.home() / "import.lock").open("w") as file:
            while not _locked(file.fileno()):
                waiting()
                time.sleep(LOOK_AGAIN_S)
            yield
        return
    while not _asked("SELECT pg_try_advisory_lock(%s)"):
        waiting()
        time.sleep(LOOK_AGAIN_S)
    try:
        yield
    finally:
        if connection.is_usable():  # else the lock has gone with the connection
            _asked("SELECT pg_advisory_unlock(%s)")


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _asked(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [TURN])
        return bool(cursor.fetchone()[0])
