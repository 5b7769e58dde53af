"""The files of keys: whole or not there, whatever stops the process that makes them."""

import os
import resource
import signal
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from closeknit import environment


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test; its folder of keys."""
    monkeypatch.setenv("CLOSEKNIT_HOME", str(tmp_path))
    return tmp_path / "keys"


@contextmanager
def full_disk() -> Iterator[None]:
    """Within the block no file takes a byte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_key_is_made_once_and_for_its_owner_alone(keys: Path):
    first = environment.key("index")

    assert (len(first), environment.key("index"), environment.key("other") == first) == (32, first, False)
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {"index": 0o600, "other": 0o600}


def test_a_full_disk_leaves_no_empty_key(keys: Path):
    with full_disk(), pytest.raises(OSError, match="too large"):
        environment.key("index")

    assert list(keys.iterdir()) == []
    assert len(environment.key("index")) == 32


@pytest.mark.parametrize("step", ["open", "fsync", "link", "unlink"])
def test_who_is_killed_leaves_a_whole_key_or_none(keys: Path, step: str):
    keys.mkdir()
    child = os.fork()
    if child == 0:
        done, made = getattr(os, step), []

        def dying(*told: object, **named: object) -> object:
            made.append(done(*told, **named))
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(os, step, dying)
        environment.key("whereabouts-2022-03-18")
        os._exit(0)
    killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

    key = environment.key("whereabouts-2022-03-18")
    environment.destroy_keys("whereabouts-", keep=["whereabouts-2022-03-18"])
    assert (killed, len(key), [path.name for path in keys.iterdir()]) == (True, 32, ["whereabouts-2022-03-18"])
    assert environment.key("whereabouts-2022-03-18") == key


def test_of_many_who_make_it_at_once_one_key_counts(keys: Path):
    with ThreadPoolExecutor(16) as at_once:
        made = list(at_once.map(lambda number: environment.key(f"index-{number % 4}"), range(64)))

    assert [made[number] == made[number % 4] for number in range(64)] == [True] * 64
    assert len(list(keys.iterdir())) == 4


@pytest.mark.parametrize("held", [b"", b"ab", b"zz" * 32, b"\xff" * 64, b"ab" * 33])
def test_a_file_that_holds_no_key_is_named_and_never_used(keys: Path, held: bytes):
    keys.mkdir()
    (keys / "index").write_bytes(held)

    with pytest.raises(environment.BadKey) as refused:
        environment.key("index")

    assert str(refused.value) == (
        f"{keys}/index does not hold a key of 32 bytes. Put the file back from your backup; "
        "delete it only if nothing was ever written under it: then a new key is made."
    )
    assert refused.value.__context__ is None, "the cause would quote what is in the file"


def test_who_only_reads_makes_no_key(keys: Path):
    with pytest.raises(FileNotFoundError):
        environment.key("whereabouts-2022-03-18", make=False)

    assert list(keys.iterdir()) == []
