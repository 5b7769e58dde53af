"""How many field records a second go over HTTP into the database, durable and counted when answered, beside raw COPY of the same rows.

closeknit bench ingest [--quick] [--json] [--sqlite]

Peer: one COPY of the same parsed rows into a table without an index, in the same server, one durable commit; on SQLite one INSERT of all.
"""

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.ground.serving import Push, Site, cpu_seconds, pushed, run

SIZES = (1, 5, 20, 100, 200, 500)
CLIENTS = 16
GOAL = 0.15
NAMES = ("id", "kind", "at", "seq", "area", "person", "household", "place")


def main() -> None:
    """Pushes, copies, and prints one line."""
    run(__doc__ or "", "ingest", measured, goal=GOAL, persons=(12_000, 1_000_000))


def measured(site: Site) -> dict[str, Any]:
    """Records a second of ours and of the peer, and their ratio."""
    from benchmarks.ground.county import pushes

    records = 20_000 if site.quick else 400_000
    warm = list(pushes(site.county, records // 10, at=site.now, seqs=site.seqs, sizes=SIZES, seed=1))
    told = list(pushes(site.county, records, at=site.now, seqs=site.seqs, sizes=SIZES, seed=2))
    asyncio.run(pushed(site, warm, CLIENTS))
    worked, began = cpu_seconds(), time.perf_counter()
    answers = asyncio.run(pushed(site, told, CLIENTS))
    seconds = time.perf_counter() - began
    cpu_us = {name: round((after - worked[name]) / records * 1e6) for name, after in cpu_seconds().items()}
    accepted = answers.records.count("accepted")
    if accepted != records:
        raise SystemExit(f"{records - accepted} of {records} records were not accepted: {sorted(set(answers.records))}")
    ours, peer = records / seconds, records / copied(site.url, told)
    sizes = {"targets": site.county.persons + site.county.homes, "records": records, "pushes": len(told), "clients": CLIENTS}
    return {"value": round(ours), "peer": round(peer), "ratio": round(ours / peer, 4), "cpu_us_a_record": cpu_us, "sizes": sizes}


def copied(url: str, told: Sequence[Push]) -> float:
    """Seconds that the database takes for the same parsed rows, raw."""
    parsed = [(push["device"], push["member"], push["events"]) for push in (json.loads(body) for _, body in told)]
    rows = [
        (device, member, *(each.get(name) for name in NAMES), json.dumps(each["data"], ensure_ascii=False))
        for device, member, events in parsed
        for each in events
    ]
    return _by_copy(url, rows) if url.startswith("postgresql") else _by_insert(url, rows)


def _by_copy(url: str, rows: Sequence[tuple[Any, ...]]) -> float:
    import psycopg

    codes = ", ".join(f"{name} text" for name in NAMES[4:])
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            f"CREATE TABLE peer (device text, member text, id uuid, kind text, at timestamptz, seq bigint, {codes}, data jsonb)"
        )
        began = time.perf_counter()
        with connection.cursor().copy("COPY peer FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return time.perf_counter() - began


def _by_insert(url: str, rows: Sequence[tuple[Any, ...]]) -> float:
    with sqlite3.connect(f"{url.removeprefix('sqlite:///')}.peer") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"CREATE TABLE peer (device, member, {', '.join(NAMES)}, data)")
        began = time.perf_counter()
        connection.executemany(f"INSERT INTO peer VALUES ({', '.join('?' * 11)})", rows)
        connection.commit()
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
