"""How many records a second go in when the ledger holds a million events, ten and thirty: does it slow down as its tables grow.

closeknit bench grow [--quick] [--json] [--sqlite]

A million persons. Their first events are made as the ledger makes them (ground/filling.py), the others are copies of these in the database:
the same people a day earlier each time, with ids, arrivals and numbers of their own; all indexes stand. Copies add nothing to tallies and
campaigns. At each size the pushes of `ingest` go over HTTP. Peer: the same at the first size. Beside the rates stands what a record costs:
µs of CPU, and on PostgreSQL bytes of its log and blocks of 8 KB that were not in its own memory.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.ground.serving import Site, cpu_seconds, pushed, run
from benchmarks.pushing.ingest import CLIENTS, SIZES

GOAL = 0.8
QUICK, FULL = (10_000, 50_000, 100_000), (1_000_000, 10_000_000, 30_000_000)
PIECE = 1_000_000  # so many copies a transaction
COLUMNS = (
    "kind", "said_at", "received_at", "device", "member", "area", "person", "household", "place", "topic", "data", "personal", "digest",
    "corrects", "superseded_at", "clock_error", "flags",
)  # fmt: skip


def main() -> None:
    """Fills and pushes in turn, and prints one line."""
    run(__doc__ or "", "grow", measured, goal=GOAL, persons=(6_000, 1_000_000), settle=settled)


def settled(home: Path, county: Any, *, begins: Any) -> None:
    """The county, its people put straight into the register."""
    from benchmarks.ground import county as ground

    ground.settle(home, county, begins=begins, imported=False)


def measured(site: Site) -> dict[str, Any]:
    """The rate at each size, and how long it took to come there."""
    from benchmarks.ground.county import pushes
    from benchmarks.ground.filling import Ledger, settled_tables
    from closeknit.ledger.models import Event

    sizes, records = (QUICK, 4_000) if site.quick else (FULL, 100_000)
    Ledger().take(lambda number: first_events(site, number, sizes[0]))
    rates, filling, costs, held = [], [], [], sizes[0]
    for stage, size in enumerate(sizes):
        began = time.perf_counter()
        while held < size:
            held += copied(site.url, sizes[0], min(PIECE, sizes[0], size - held))
        settled_tables()
        filling.append(round(time.perf_counter() - began))
        warm = list(pushes(site.county, records // 10, at=site.now, seqs=site.seqs, sizes=SIZES, seed=2 * stage + 1))
        told = list(pushes(site.county, records, at=site.now, seqs=site.seqs, sizes=SIZES, seed=2 * stage + 2))
        asyncio.run(pushed(site, warm, CLIENTS))
        before, began = spent(site.url), time.perf_counter()
        answers = asyncio.run(pushed(site, told, CLIENTS))
        rates.append(round(records / (time.perf_counter() - began)))
        costs.append({name: round((after - before[name]) / records, 2) for name, after in spent(site.url).items()})
        if answers.records.count("accepted") != records:
            raise SystemExit(f"Not all records were accepted: {sorted(set(answers.records))}")
        print(f"{size:,} events: filled in {filling[-1]} s, {rates[-1]} records/s", file=sys.stderr, flush=True)
    extent = {"persons": site.county.persons, "events": list(sizes), "records_each": records, "events_at_the_end": Event.objects.count()}
    return {
        "value": rates[-1], "peer": rates[0], "ratio": round(rates[-1] / rates[0], 3), "rates": rates, "a_record": costs,
        "filled_s": filling, "database_mb": megabytes(site.url), "sizes": extent,
    }  # fmt: skip


def first_events(site: Site, number: int, events: int) -> Iterator[list[dict[str, Any]]]:
    """So many events of yesterday: samples, visits, people at checkpoints."""
    from benchmarks.ground.county import HOMES_OF_A_VILLAGE, PERSONS_OF_A_HOME
    from benchmarks.ground.filling import event

    county, start = site.county, site.now - timedelta(days=2)
    for each in range(events):
        person = each * 7919 % county.persons
        home, at = person // PERSONS_OF_A_HOME, start + timedelta(seconds=72_000 * each / events)
        area, about = county.villages[home // HOMES_OF_A_VILLAGE], {"household": f"H{home}"}
        if each % 10 < 4:
            data = {"tube": f"old-{each // 10}", "pool": 10, "round": "old", "mode": "site"}
            yield [event(number + each, "testing.sampled", at, area, data, person=f"P{person}", topic=data["tube"], **about)]
        elif each % 10 < 8:
            yield [event(number + each, "doorknock.visited", at, area, {"outcome": "met", "leaflet": True}, **about)]
        else:
            said = {"temperature": 36.4, "colour": "green", "decision": "admitted"}
            yield [event(number + each, "checkpoints.person_checked", at, area, said, place=f"CP-{area[-4:]}")]


def copied(url: str, first: int, wanted: int) -> int:
    """Copies so many of the first events, a day earlier for each time that they were copied; how many it copied."""
    from django.db import connection, transaction

    from closeknit.ledger.models import Clock

    with transaction.atomic(), connection.cursor() as cursor:
        clock = Clock.objects.select_for_update().get(id=1)
        shift, earlier = clock.arrival, clock.arrival // first
        is_sqlite = url.startswith("sqlite")
        own_id = "printf('%%032x', arrival + %s)" if is_sqlite else "lpad(to_hex(arrival + %s), 32, '0')::uuid"
        own_at = "strftime('%%Y-%%m-%%d %%H:%%M:%%f', at, '-' || %s || ' days')" if is_sqlite else "at - make_interval(days => %s::int)"
        names = ", ".join(COLUMNS)
        cursor.execute(
            f"INSERT INTO ledger_event (id, at, arrival, seq, {names}) SELECT {own_id}, {own_at}, arrival + %s, seq + %s, {names} "
            "FROM ledger_event WHERE arrival <= %s",
            [shift, earlier, shift, shift, wanted],
        )
        Clock.objects.update(arrival=shift + wanted)
    return wanted


def spent(url: str) -> dict[str, float]:
    """µs of CPU so far of each side, and what PostgreSQL wrote to its log and read from outside its own memory."""
    from django.db import connection

    work = {f"{name}_us": seconds * 1e6 for name, seconds in cpu_seconds().items()}
    if url.startswith("sqlite"):
        return work
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT wal_bytes, wal_fpi, (SELECT blks_read FROM pg_stat_database WHERE datname = current_database()) FROM pg_stat_wal"
        )
        logged, pages, blocks = cursor.fetchone()
    return work | {"log_bytes": float(logged), "log_pages": float(pages), "blocks_read": float(blocks)}


def megabytes(url: str) -> int:
    """What the database takes on the disk."""
    from django.db import connection

    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).stat().st_size >> 20
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0]) >> 20


if __name__ == "__main__":
    main()
