"""One record a request, 64 clients at once, durable before the answer: requests a second, beside one client that commits row by row.

closeknit bench register-one [--quick] [--json] [--sqlite]
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
from benchmarks.ground.serving import Push, Site, pushed, run

CLIENTS = 64
GOAL = 2.0
GOAL_P95_S = 0.05


def main() -> None:
    """Pushes one at a time, commits one at a time, and prints one line."""
    run(__doc__ or "", "register-one", measured, goal=GOAL, persons=(24_000, 200_000))


def measured(site: Site) -> dict[str, Any]:
    """Requests a second of ours and commits a second of the peer."""
    from benchmarks.ground.county import pushes

    records = 4_000 if site.quick else 60_000
    asyncio.run(pushed(site, list(pushes(site.county, records // 10, at=site.now, seqs=site.seqs, sizes=(1,), seed=1)), CLIENTS))
    told = list(pushes(site.county, records, at=site.now, seqs=site.seqs, sizes=(1,), seed=2))
    began = time.perf_counter()
    answers = asyncio.run(pushed(site, told, CLIENTS))
    ours = records / (time.perf_counter() - began)
    peer = committed(site.url, told[: records // 4])
    seconds = {f"p{round(share * 100)}_ms": round(answers.at(share) * 1000, 1) for share in (0.5, 0.95, 0.99)}
    sizes = {"targets": site.county.persons + site.county.homes, "records": records, "clients": CLIENTS}
    return {"value": round(ours), "peer": round(peer), "ratio": round(ours / peer, 2), **seconds, "goal_p95_ms": 50, "sizes": sizes}


def committed(url: str, told: Sequence[Push]) -> float:
    """Rows a second of one client that commits each row for itself."""
    rows = [(device, json.loads(body)["events"][0]["id"], body.decode()) for device, body in told]
    if not url.startswith("postgresql"):
        return _in_sqlite(f"{url.removeprefix('sqlite:///')}.peer", rows)
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE one (device text, id uuid PRIMARY KEY, body jsonb)")
        began = time.perf_counter()
        for row in rows:
            connection.execute("INSERT INTO one VALUES (%s, %s, %s)", row)
        return len(rows) / (time.perf_counter() - began)


def _in_sqlite(path: str, rows: Sequence[tuple[str, str, str]]) -> float:
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE one (device, id PRIMARY KEY, body)")
        began = time.perf_counter()
        for row in rows:
            connection.execute("INSERT INTO one VALUES (?, ?, ?)", row)
        return len(rows) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
