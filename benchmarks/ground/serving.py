"""A server of our own over a made-up county on a fresh PostgreSQL (or SQLite), and clients that push to it over plain HTTP."""

import asyncio
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
from benchmarks.ground.line import at, command, tell  # noqa: E402  the path comes first

STARTING_S = 60
WRITERS = {"closeknit": "server", "granian": "server", "postgres": "database"}
Push = tuple[str, bytes]
Settle = Callable[..., None]


@dataclass
class Site:
    """A county's server: where it listens, its database, the tokens of its devices; quick: whether seconds were asked for, not minutes."""

    home: Path
    url: str
    county: Any
    tokens: dict[str, str]
    now: datetime
    seqs: dict[str, int] = field(default_factory=dict)
    port: int = 0
    pid: int = 0
    quick: bool = False


def run(
    description: str,
    name: str,
    measured: Callable[[Site], dict[str, Any]],
    *,
    goal: float,
    persons: tuple[int, int],
    settle: Settle | None = None,
    served: bool = True,
) -> None:
    """Reads the command line, builds a county of so many persons (quick, full), measures, and prints one line.

    settle: how it is built and filled, where that is not as usual; served: whether a server runs.
    """
    parser = command(description)
    parser.add_argument("--sqlite", action="store_true", help="on SQLite instead of PostgreSQL")
    options = parser.parse_args()
    with site(persons[not options.quick], sqlite=options.sqlite, settle=settle, served=served) as built:
        built.quick = options.quick
        told = {"name": name, **measured(built), "goal": goal, "versions": versions(options.sqlite)}
    tell(told, as_json=options.json)


def versions(sqlite: bool) -> dict[str, str]:
    """What ran."""
    import sqlite3

    database = f"SQLite {sqlite3.sqlite_version}" if sqlite else _postgres_version()
    return {"python": platform.python_version(), "database": database, "granian": version("granian"), "msgspec": version("msgspec")}


def _postgres_version() -> str:
    import postgres

    return subprocess.run([(postgres.programs() or Path()) / "postgres", "--version"], capture_output=True, text=True).stdout.strip()


@contextmanager
def site(persons: int, *, sqlite: bool = False, settle: Settle | None = None, served: bool = True) -> Iterator[Site]:
    """Within the block the county stands, and its server answers."""
    import postgres

    with tempfile.TemporaryDirectory(prefix="closeknit-bench-") as folder:
        home = Path(folder)
        with nullcontext(f"sqlite:///{home}/closeknit.db") if sqlite else postgres.server(*postgres.ADVISED) as url:
            os.environ |= {"CLOSEKNIT_HOME": folder, "CLOSEKNIT_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
            built = _built(home, url, persons, settle)
            with _served(built) if served else nullcontext():
                yield built


def _built(home: Path, url: str, persons: int, settle: Settle | None) -> Site:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from benchmarks.ground import county as ground
    from closeknit.kit.command import collect_seldom
    from closeknit.sync.models import enrol

    collect_seldom()  # as the command line does
    call_command("migrate", verbosity=0)
    county, now = ground.County(persons), datetime.now(UTC)
    (settle or ground.settle)(home, county, begins=now.replace(microsecond=0))
    tokens = {device: enrol(device, area=village, by="bench") for device, village in county.devices.items()}
    connections.close_all()
    return Site(home, url, county, tokens, now)


@contextmanager
def _served(built: Site) -> Iterator[None]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        built.port = int(probe.getsockname()[1])
    log = (built.home / "serve.log").open("wb")
    environment = os.environ | {"CLOSEKNIT_BIND": f"127.0.0.1:{built.port}", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [Path(sys.executable).parent / "closeknit", "serve"], cwd=built.home, env=environment, stdout=log, stderr=log
    )
    built.pid = process.pid
    try:
        until = time.monotonic() + STARTING_S
        while not _answers(built.port):
            if time.monotonic() > until or process.poll() is not None:
                raise SystemExit((built.home / "serve.log").read_text())
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Told:
    """What clients were answered: seconds of each push, its HTTP status, and what became of each record."""

    seconds: list[float] = field(default_factory=list)
    replies: list[int] = field(default_factory=list)
    records: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The time within which so large a share was answered."""
        return at(self.seconds, share)


@dataclass
class Client:
    """One connection that pushes and waits for the answer."""

    site: Site
    told: Told

    async def connect(self) -> None:
        """Opens the connection."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.site.port)

    async def push(self, device: str, body: bytes) -> int:
        """Sends one push; its HTTP status. What became of its records is noted."""
        head = (
            f"POST /api/v1/push HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {self.site.tokens[device]}\r\nx-device: {device}\r\n"
        )
        began = time.perf_counter()
        self.writer.write(f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        status, answer = await answered(self.reader)
        self.told.seconds.append(time.perf_counter() - began)
        self.told.replies.append(status)
        if status == 200:
            self.told.records.extend(each["status"] for each in json.loads(answer)["answers"])
        return status


async def answered(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The status and body of the next answer on a connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().splitlines()
    length = int(next((line.partition(":")[2] for line in head if line.startswith("content-length:")), "0"))
    return int(head[0].split()[1]), await reader.readexactly(length)


async def pushed(site: Site, pushes: Sequence[Push], clients: int) -> Told:
    """Pushes all, so many clients at once, a device's own in their order; refusals end the run."""
    by_device: dict[str, deque[bytes]] = {}
    for device, body in pushes:
        by_device.setdefault(device, deque()).append(body)
    waiting, told = deque(by_device), Told()  # in turn, so that no client runs out of work before the end

    async def client() -> None:
        one = Client(site, told)
        await one.connect()
        while waiting:
            device = waiting.popleft()
            if await one.push(device, by_device[device].popleft()) != 200:
                raise SystemExit(f"A push was refused with {told.replies[-1]}.")
            if by_device[device]:
                waiting.append(device)
        one.writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return told


def signed_in(role: str, area: str) -> str:
    """The cookie of somebody of that role who has signed in."""
    from django.test import Client as Browser

    from closeknit.access.giving import give

    account, _password = give("reader", role=role, area=area)
    account.must_change_password = False
    account.save()
    browser = Browser()
    browser.force_login(account)
    return f"sessionid={browser.cookies['sessionid'].value}"


def processes() -> dict[int, tuple[str, float]]:
    """The processes of servers and databases on this machine, by what they are called: which of both, and the seconds they have worked."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, rest = stat.read_text().partition("(")[2].rsplit(")", 1)
            if what := next((what for word, what in WRITERS.items() if word in name), ""):
                user, system = map(int, rest.split()[11:13])
                found[int(stat.parent.name)] = what, (user + system) / os.sysconf("SC_CLK_TCK")
    return found


def cpu_seconds() -> dict[str, float]:
    """What servers, databases and the load generator have worked so far."""
    worked = {"server": 0.0, "database": 0.0, "load": time.process_time()}
    for what, seconds in processes().values():
        worked[what] += seconds
    return worked
