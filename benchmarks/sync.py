"""What a phone waits for: the first pull of a grid, one with nothing new, and what it pushes after a week without a network.

closeknit bench sync [--quick] [--json] [--sqlite]     also: python benchmarks/sync.py --households 400 --persons 1100

sync.pull.first: seconds of the server's work and bytes as they go over the wire, for a worker of one grid of whom half is done;
sync.pull.nothing-new: the same phone again, beside the first. sync.push: 10,000 records of one phone over HTTP in pushes of 200, one after
the other as the app sends them, each durable before its answer; the network itself costs nothing here.
"""

import asyncio
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.ground.line import command, tell
from benchmarks.ground.serving import Client, Site, Told, site, versions

GOAL_S, GOAL_BYTES, GOAL_PUSHED_S = 1.0, 300_000, 60.0
BATCH = 200  # of field/src/sync/push.ts
OFFLINE_RECORDS, PERSONS = 10_000, 33_000


def main() -> None:
    """Pulls in a process and a database of their own, then pushes."""
    parser = command(__doc__)
    parser.add_argument("--households", type=int, default=400)
    parser.add_argument("--persons", type=int, default=1_100)
    parser.add_argument("--sqlite", action="store_true", help="push on SQLite instead of PostgreSQL; pulls are always from SQLite")
    parser.add_argument("--only", choices=("pull", "push"), help="half of it")
    options = parser.parse_args()
    if options.only == "pull":
        with tempfile.TemporaryDirectory(prefix="closeknit-sync-") as home:
            for told in pulled(Path(home), options.households, options.persons, 3 if options.quick else 20):
                tell(told, as_json=options.json)
        return
    if options.only is None:
        subprocess.run([sys.executable, __file__, "--only=pull", *sys.argv[1:]], check=True)
    with site(PERSONS // 10 if options.quick else PERSONS, sqlite=options.sqlite) as built:
        told = {**after_a_week(built, OFFLINE_RECORDS // (10 if options.quick else 1)), "versions": versions(options.sqlite)}
        tell(told, as_json=options.json)


def after_a_week(built: Site, records: int) -> dict[str, Any]:
    """Seconds until the last of a phone's records is acknowledged, one push after the other."""
    from benchmarks.ground.county import pushes

    device = next(iter(built.county.devices))
    of_one = [event for each, body in pushes(_one_village(), records, at=built.now, seqs={}, sizes=(BATCH,)) for event in _events(body)]
    bodies = [
        json.dumps({"device": device, "member": f"W-{device[2:6]}", "pushed_at": built.now.isoformat(), "events": numbered}).encode()
        for numbered in _numbered(of_one)
    ]
    told = Told()

    async def push() -> None:
        client = Client(built, told)
        await client.connect()
        for body in bodies:
            if await client.push(device, body) != 200:
                raise SystemExit(f"A push was refused with {told.replies[-1]}.")

    began = time.perf_counter()
    asyncio.run(push())
    seconds = time.perf_counter() - began
    if told.records.count("accepted") != records:
        raise SystemExit(f"Not all records were accepted: {sorted(set(told.records))}")
    sizes = {
        "records": records,
        "pushes": len(bodies),
        "bytes": sum(map(len, bodies)),
        "gzip_bytes": sum(len(gzip.compress(each)) for each in bodies),
    }
    return {"name": "sync.push", "value": round(seconds, 2), "p95_ms": round(told.at(0.95) * 1000), "goal": GOAL_PUSHED_S, "sizes": sizes}


def _one_village() -> Any:
    from benchmarks.ground.county import HOMES_OF_A_VILLAGE, PERSONS_OF_A_HOME, County

    return County(HOMES_OF_A_VILLAGE * PERSONS_OF_A_HOME)


def _events(body: bytes) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = json.loads(body)["events"]
    return events


def _numbered(events: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The records in pieces as the app sends them, numbered as one phone's."""
    for first in range(0, len(events), BATCH):
        yield [event | {"seq": first + number} for number, event in enumerate(events[first : first + BATCH], 1)]


def pulled(folder: Path, households: int, persons: int, times: int) -> Iterator[dict[str, Any]]:
    """The seconds and bytes of each sort of pull."""
    os.environ["CLOSEKNIT_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "closeknit.settings"
    import django

    django.setup()
    import msgspec
    from django.core.management import call_command

    from closeknit.kit import clock
    from closeknit.sync.assignment.answer import pull
    from closeknit.sync.assignment.tests.phone import phone_of
    from tests.town import START

    call_command("migrate", verbosity=0)
    _half_done(folder, households, persons)
    phone = phone_of("W1")

    def asked(have: dict[str, str], arrival: int | None) -> bytes:
        body = json.dumps({"card": phone.card, "have": have, "arrival": arrival}).encode()
        with clock.at(START):
            return gzip.compress(msgspec.json.encode(pull(body, device=phone.device, token=phone.token)), compresslevel=6, mtime=0)

    first_s, first_told = medians(lambda: asked({}, None), times)
    phone.pull(at=START)
    later_s, later_told = medians(lambda: asked(phone.digests, phone.arrival), times)
    goals = {"goal": GOAL_S, "goal_gzip_bytes": GOAL_BYTES, "sizes": {"households": households, "persons": persons}}
    yield {"name": "sync.pull.first", "value": round(first_s, 3), "gzip_bytes": len(first_told), **goals}
    ratio = {"peer": round(first_s, 3), "ratio": round(first_s / later_s, 1)}
    yield {"name": "sync.pull.nothing-new", "value": round(later_s, 3), **ratio, "gzip_bytes": len(later_told), **goals}


def _half_done(folder: Path, households: int, persons: int) -> None:
    """A grid with so many people, of whose doors every other one was knocked at; W1 works there."""
    from closeknit.sync.assignment.tests.big import fill
    from closeknit.sync.assignment.tests.phone import work_as
    from tests.town import GRID, Field, build

    build(folder)
    fill(folder, GRID, households=households, persons=persons)
    field = Field()
    for first in range(0, households // 2, 500):
        doors = range(first, min(first + 500, households // 2))
        field.push(*(field.event("doorknock.visited", household=f"B{each:04d}", data={"outcome": "met"}) for each in doors))
    work_as("W1", "grid_worker", area=GRID)


def medians(what: Callable[[], bytes], times: int) -> tuple[float, bytes]:
    """The median of the seconds, and the last answer."""
    taken, told = [], b""
    for _ in range(times):
        began = time.perf_counter()
        told = what()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken), told


if __name__ == "__main__":
    main()
