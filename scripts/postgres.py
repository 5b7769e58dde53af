"""A PostgreSQL of one's own for as long as a block lasts: fresh, on a free port of this machine, thrown away afterwards."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST = 15
ADVISED = (
    "shared_buffers=1GB",
    "max_wal_size=4GB",
    "wal_compression=on",
    "jit=off",
    "work_mem=32MB",
)  # what docs/running.md advises for a district


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine that is new enough, None where there is none."""
    found = {}
    for initdb in [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *filter(None, [shutil.which("initdb")])]:
        real = Path(initdb).resolve()
        version = subprocess.run([real, "--version"], capture_output=True, text=True, check=True).stdout
        found[int(re.search(r"(\d+)", version).group(1))] = real.parent  # type: ignore[union-attr]
    return found[max(found)] if found and max(found) >= OLDEST else None


def _as_server(command: list[str | Path]) -> list[str | Path]:
    """The command as the user who may run the server: PostgreSQL refuses root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str | Path]) -> None:
    done = subprocess.run(_as_server(command), capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise SystemExit(f"PostgreSQL did not start: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """Within the block a PostgreSQL runs with its ordinary durability; gives the URL for CLOSEKNIT_DATABASE_URL. settings: `name=value`."""
    bin_folder = programs()
    if bin_folder is None:
        raise SystemExit(f"No PostgreSQL {OLDEST} or later on this machine. Type: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="closeknit-postgres-"))
    password, port, data = secrets.token_urlsafe(12), _free_port(), folder / "data"
    (folder / "password").write_text(password)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(folder / "password", "postgres")
    own = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}")
    options = " ".join(f"-c {each}" for each in (*own, *settings))
    try:
        access = ("-U", "closeknit", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}")
        _run([bin_folder / "initdb", "-D", data, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", *access])
        _run([bin_folder / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start"])
        yield f"postgresql://closeknit:{password}@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _run([bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)
