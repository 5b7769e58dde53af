"""The folder of whereabouts files: encrypted blocks by day and the encrypted list of them. writing.py and reading.py alone come here."""

import fcntl
import hashlib
import hmac
import os
import resource
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from closeknit import environment

NAME, LIST, LOCK = "whereabouts", "list", "lock"
NONCE = 12
Bound = tuple[str | int, int]


class Block(msgspec.Struct, frozen=True):
    """One encrypted file of sorted rows. low, high: the first and last (place or pseudonym, second) in it."""

    name: str
    order: str
    rows: int
    low: Bound
    high: Bound


class Contents(msgspec.Struct):
    """What the folder holds: the blocks of each day, and up to which arrival the ledger is in them. No other file counts."""

    arrival: int = 0
    days: dict[str, list[Block]] = {}


class Day:
    """A day's key: under it the blocks are encrypted, and persons have names that mean nothing on another day or without it.

    new: who writes makes the key where the day has none; who reads makes none, and `FileNotFoundError` says that the day has no files.
    """

    def __init__(self, day: str, *, new: bool = False) -> None:
        secret = environment.key(f"{NAME}-{day}", make=new)
        self.day = day
        self._pseudonyms = hmac.digest(secret, b"pseudonyms", hashlib.sha256)
        self._cipher = AESGCM(hmac.digest(secret, b"blocks", hashlib.sha256))

    def pseudonym(self, subject: str) -> int:
        """63 bits that stand for somebody on this day."""
        return int.from_bytes(hmac.digest(self._pseudonyms, subject.encode(), hashlib.sha256)[:8]) >> 1

    def sealed(self, name: str, raw: bytes) -> bytes:
        """The block as it lies on the disk, bound to its name."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, raw, f"{self.day}/{name}".encode())

    def opened(self, name: str, sealed: bytes) -> bytes:
        """The block's Parquet. Raises `InvalidTag` where the file was altered or is another's."""
        return self._cipher.decrypt(sealed[:NONCE], memoryview(sealed)[NONCE:], f"{self.day}/{name}".encode())


@lru_cache(maxsize=1)
def _list_cipher() -> AESGCM:
    return AESGCM(environment.key(NAME))


def path() -> Path:
    """The folder, made with mode 0700 where it is missing."""
    folder = environment.home() / NAME
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def held(*, alone: bool) -> Iterator[None]:
    """Within the block the folder stays as it is: many may read at once, who writes is alone."""
    descriptor = os.open(path() / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def contents() -> Contents:
    """What the folder holds."""
    try:
        sealed = (path() / LIST).read_bytes()
    except FileNotFoundError:
        return Contents()
    return msgspec.msgpack.decode(_list_cipher().decrypt(sealed[:NONCE], sealed[NONCE:], LIST.encode()), type=Contents)


def settle(now: Contents) -> None:
    """From this moment the folder holds this: one rename, so that a kill leaves either the old list or the new one, and no half.

    What is in no list is destroyed, with the keys of days that are gone: without its key a copy of a day's files says nothing either.
    """
    nonce = os.urandom(NONCE)
    write("new-list", nonce + _list_cipher().encrypt(nonce, msgspec.msgpack.encode(now), LIST.encode()))
    (path() / "new-list").replace(path() / LIST)
    _sync_folder()
    sweep(now)


def sweep(now: Contents) -> None:
    """Destroys what is in no list: blocks that were replaced or never came into one, keys of days without blocks."""
    kept = {LIST, LOCK, *(block.name for blocks in now.days.values() for block in blocks)}
    for file in path().iterdir():
        if file.name not in kept:
            file.unlink()
    environment.destroy_keys(f"{NAME}-", keep=[f"{NAME}-{day}" for day in now.days])


def write(name: str, sealed: bytes) -> None:
    """A file of mode 0600, on the disk when this returns."""
    descriptor = os.open(path() / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(sealed)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder() -> None:
    descriptor = os.open(path(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _may_open(files: int) -> None:
    """Lets this process open so many files more, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = files + 1024
    if soft != resource.RLIM_INFINITY and soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough if hard == resource.RLIM_INFINITY else min(enough, hard), hard))


@contextmanager
def in_memory(wanted: Sequence[tuple[str, Block]]) -> Iterator[list[str]]:
    """Within the block the Parquet of these (day, block) in files that have no name and lie in memory alone; their paths."""
    days: dict[str, Day] = {}
    _may_open(2 * len(wanted))
    with ExitStack() as stack:
        paths = []
        for day, block in wanted:
            key = days.get(day) or days.setdefault(day, Day(day))
            descriptor = os.memfd_create(NAME, os.MFD_CLOEXEC)
            stack.callback(os.close, descriptor)
            with os.fdopen(os.dup(descriptor), "wb") as stream:
                stream.write(key.opened(block.name, (path() / block.name).read_bytes()))
            paths.append(f"/proc/{os.getpid()}/fd/{descriptor}")
        yield paths
