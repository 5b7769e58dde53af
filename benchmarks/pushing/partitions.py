"""The ledger's statements for a batch of a thousand records, on one table and on one that is cut into ranges of the id: batches a second.

closeknit bench partitions [--quick] [--json]

A year of events, a twelfth of them in each part, with the ledger's own indexes on both; what is new falls into the last part. What a batch
asks is what the ledger asks: are these ids there, what corrects them, and all that was said of its households, persons and tubes.
"""

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.ground.serving import Site, run

GOAL = 1.0  # below, parts cost more than they bring
PARTS, BATCH, ROUNDS = 12, 1_000, 5
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MONTH = timedelta(days=30)
COLUMNS = (
    "id, kind, at, said_at, received_at, arrival, seq, device, member, area, person, household, place, topic, data, personal, digest, "
    "corrects, superseded_at, clock_error, flags"
)
ASKED = (
    ("id = ANY(%s)", "ids"),
    ("corrects = ANY(%s)", "ids"),
    ("kind = 'doorknock.visited' AND household = ANY(%s)", "homes"),
    ("kind = 'testing.sampled' AND person = ANY(%s)", "persons"),
    ("kind = 'testing.sampled' AND topic = ANY(%s)", "tubes"),
)
NEW = """
INSERT INTO {table} ({columns})
SELECT (%s || lpad(to_hex(n), 20, '0'))::uuid, CASE WHEN n %% 2 = 0 THEN 'doorknock.visited' ELSE 'testing.sampled' END,
  at, at, at, n, n, 'D-1', 'W-1', '990101101001', CASE WHEN n %% 2 = 0 THEN '' ELSE 'P' || n * 7919 %% %s END,
  'H' || n * 7919 %% %s / 3, '', CASE WHEN n %% 2 = 0 THEN '' ELSE 'T' || n / 20 END,
  '{{"outcome": "met"}}', NULL, decode(md5(n::text), 'hex'),
  NULL, NULL, NULL, ''
FROM generate_series(%s::bigint, %s::bigint) AS n, (SELECT %s::timestamptz AS at) AS moment
"""


def main() -> None:
    """Fills both, asks and writes in turn, and prints one line."""
    run(__doc__ or "", "partitions", measured, goal=GOAL, persons=(30, 30), served=False)


def measured(site: Site) -> dict[str, Any]:
    """Batches a second of the parts, and of the whole table."""
    import psycopg

    if not site.url.startswith("postgresql"):
        raise SystemExit("SQLite has no parts: run it without --sqlite.")
    events, batches = (240_000, 20) if site.quick else (3_000_000, 100)
    with psycopg.connect(site.url) as connection:
        tables = {"parts": _table(connection, PARTS), "whole": _table(connection, 1)}
        for table in tables.values():
            _filled(connection, table, events)
        seconds, at = dict.fromkeys(tables, 0.0), events + 1
        for turn in range(ROUNDS + 1):
            for name, table in tables.items():
                began = time.perf_counter()
                for batch in range(batches // ROUNDS):
                    _batch(connection, table, at + batch * BATCH, events)
                seconds[name] += (time.perf_counter() - began) * (turn > 0)  # the first turn warms up
            at += batches // ROUNDS * BATCH
        indexes = {name: _indexes_mb(connection, table) for name, table in tables.items()}
    parts, whole = (batches / seconds[name] for name in ("parts", "whole"))
    sizes = {"events": events, "parts": PARTS, "batch": BATCH, "batches": batches}
    return {"value": round(parts, 1), "peer": round(whole, 1), "ratio": round(parts / whole, 2), "indexes_mb": indexes, "sizes": sizes}


def _indexes_mb(connection: Any, table: str) -> int:
    tables = "SELECT relid FROM pg_partition_tree(%s) UNION SELECT %s::regclass"
    found = connection.execute(f"SELECT sum(pg_indexes_size(relid)) FROM ({tables}) AS all_of_it", [table, table]).fetchone()
    return int(found[0]) >> 20


def _table(connection: Any, parts: int) -> str:
    """A table like the ledger's, with its indexes, whole or in so many parts by ranges of the id."""
    name = f"ledger_in_{parts}"
    cut = " PARTITION BY RANGE (id)" if parts > 1 else ""
    connection.execute(f"CREATE TABLE {name} (LIKE ledger_event INCLUDING DEFAULTS, PRIMARY KEY (id)){cut}")
    for (index,) in connection.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'ledger_event'").fetchall():
        on = index.partition(" USING ")[2]
        if on != "btree (id)":  # in parts nothing but the id can be unique: not the number of an arrival either
            connection.execute(f"CREATE INDEX ON {name} USING {on}")
    for part in range(parts if cut else 0):
        since = "MINVALUE" if part == 0 else f"'{_id_of(YEAR + part * MONTH)}'"
        until = "MAXVALUE" if part == parts - 1 else f"'{_id_of(YEAR + (part + 1) * MONTH)}'"
        connection.execute(f"CREATE TABLE {name}_{part} PARTITION OF {name} FOR VALUES FROM ({since}) TO ({until})")
    connection.commit()
    return name


def _id_of(moment: datetime) -> UUID:
    """The first id of a moment: 48 bits of milliseconds, then zeros."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def _filled(connection: Any, table: str, events: int) -> None:
    each = events // PARTS
    for part in range(PARTS):
        _new(connection, table, YEAR + part * MONTH + timedelta(days=1), part * each + 1, (part + 1) * each, events)
        connection.commit()
    connection.autocommit = True
    connection.execute(f"VACUUM ANALYZE {table}")
    connection.autocommit = False


def _new(connection: Any, table: str, at: datetime, first: int, last: int, events: int) -> None:
    prefix, persons = _id_of(at).hex[:12], max(events // 6, 1)  # everybody has been spoken of six times
    connection.execute(NEW.format(table=table, columns=COLUMNS), [prefix, persons, persons, first, last, at])


def _batch(connection: Any, table: str, first: int, events: int) -> None:
    at, numbers, persons = YEAR + 11 * MONTH + timedelta(days=20), range(first, first + BATCH), max(events // 6, 1)
    about: dict[str, Sequence[Any]] = {
        "ids": [UUID(_id_of(at).hex[:12] + f"{n:020x}") for n in numbers],
        "homes": [f"H{n * 7919 % persons // 3}" for n in numbers if n % 2 == 0],
        "persons": [f"P{n * 7919 % persons}" for n in numbers if n % 2],
        "tubes": sorted({f"T{n // 20}" for n in numbers}),
    }
    for condition, values in ASKED:
        connection.execute(f"SELECT id, data FROM {table} WHERE {condition}", [about[values]]).fetchall()
    _new(connection, table, at, first, first + BATCH - 1, events)
    connection.commit()


if __name__ == "__main__":
    main()
