"""Who was where the case was within half an hour, in 14 days of 100 million entries: one case and 1,000, over the encrypted files.

closeknit bench trace [--quick] [--json]

Peers: the same question to PostgreSQL with the best index (place, second) covering the rest, beside one by person; to DuckDB over one
unsorted Parquet file. All three give the same rows, or the benchmark fails.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
from benchmarks.ground.line import command, tell  # noqa: E402  the path comes first

WINDOW_S = 1800
GOALS = {"one_s": 0.3, "thousand_s": 30.0, "ratio": 5.0}
SETTINGS = (
    "shared_buffers=4GB", "work_mem=256MB", "maintenance_work_mem=2GB", "max_wal_size=16GB", "jit=off", "effective_cache_size=12GB",
    "random_page_cost=1.1",
)  # fmt: skip
Row = tuple[Any, ...]


def main() -> None:
    """Makes the world, asks the three, and prints one line."""
    options = command(__doc__).parse_args()
    from benchmarks.ground.whereabouts import World

    world = World(20_000, 2_000, 700_000) if options.quick else World(1_000_000, 50_000, 100_000_000)
    cases = 100 if options.quick else 1_000
    with tempfile.TemporaryDirectory(prefix="closeknit-trace-") as home:
        os.environ |= {"CLOSEKNIT_HOME": home, "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
        told = {"name": "trace", **measured(Path(home), world, cases), "goal": GOALS["ratio"], "goals": GOALS}
    tell(told, as_json=options.json)


def measured(home: Path, world: Any, cases: int) -> dict[str, Any]:
    """Seconds of ours and of both peers."""
    import django

    django.setup()
    from benchmarks.ground.whereabouts import write

    began = time.perf_counter()
    unsorted = home / "unsorted.parquet"
    size = write(world, unsorted)
    say(f"files written in {time.perf_counter() - began:.0f} s, {size / 1e6:.0f} MB")
    one = [[(world.persons // 7 * number) % world.persons] for number in range(1, 6)]
    many = [(number * 7919) % world.persons for number in range(cases)]
    ours, rows = asked_of_ours(one, many)
    say(f"ours: {ours}")
    flat, flat_rows = asked_of_duckdb(unsorted, one, many)
    say(f"DuckDB, unsorted: {flat}")
    import postgres

    with postgres.server(*SETTINGS) as url:
        held, held_rows = asked_of_postgresql(url, unsorted, one, many)
    say(f"PostgreSQL: {held}")
    if not rows == flat_rows == held_rows:
        raise SystemExit(f"The three do not say the same: {rows}, {flat_rows}, {held_rows}")
    sizes = {"persons": world.persons, "places": world.places, "entries": world.entries, "days": 14, "cases": cases, "found": rows}
    fastest = min(flat["one_s"], held["one_s"])
    peers = {"duckdb_unsorted": flat, "postgresql": held}
    return {
        "value": ours["one_s"], "peer": fastest, "ratio": round(fastest / ours["one_s"], 2), "ours": ours, **peers,
        "ratios": {name: {each: round(peer[each] / ours[each], 2) for each in ours} for name, peer in peers.items()},
        "sizes": {**sizes, "bytes": size}, "versions": versions(),
    }  # fmt: skip


def say(words: str) -> None:
    """Where it is, for who waits."""
    print(words, file=sys.stderr, flush=True)


def versions() -> dict[str, str]:
    """What ran, on what."""
    import duckdb

    cpu = next(
        (line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), ""
    )
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, {cpu}"
    return {"python": platform.python_version(), "duckdb": duckdb.__version__, "system": platform.release(), "machine": machine}


def timed(
    one: Callable[[Sequence[int]], int], number: Callable[[Sequence[int]], int], each: list[list[int]], many: list[int]
) -> tuple[dict[str, float], list[int]]:
    """Warmed up by one case: the median seconds of single cases, the seconds of all together, and how many rows each gave."""
    one(each[0])
    seconds, found = [], []
    for asked in each:
        began = time.perf_counter()
        found.append(one(asked))
        seconds.append(time.perf_counter() - began)
    began = time.perf_counter()
    found.append(number(many))
    return {"one_s": round(statistics.median(seconds), 3), "thousand_s": round(time.perf_counter() - began, 2)}, found


def asked_of_ours(each: list[list[int]], many: list[int]) -> tuple[dict[str, float], list[int]]:
    """The encrypted files, by the way that `trace()` reads them."""
    from benchmarks.ground.whereabouts import asked
    from closeknit.measures.whereabouts.analyses import NUMBERS
    from closeknit.measures.whereabouts.reading import look

    return timed(
        lambda persons: len(look(lambda: asked(persons), window_s=WINDOW_S)),
        lambda persons: sum(row[1] for row in look(lambda: asked(persons), window_s=WINDOW_S, text=NUMBERS)),
        each, many,
    )  # fmt: skip


def asked_of_duckdb(file: Path, each: list[list[int]], many: list[int]) -> tuple[dict[str, float], list[int]]:
    """The same texts over one file in the order of arrival; a person is a number there."""
    from closeknit.measures.whereabouts.analyses import NUMBERS, PRESENT, co_presence
    from closeknit.measures.whereabouts.engines import Duck

    duck = Duck()
    duck.connection.execute(f"CREATE VIEW entries AS SELECT place, at_s, kind, person AS pseudonym FROM read_parquet('{file}')")

    def ask(persons: Sequence[int], text: str) -> Any:
        return co_presence(duck, [(str(person), person, 0, 1 << 40) for person in persons], window_s=WINDOW_S, text=text)

    return timed(lambda persons: len(ask(persons, PRESENT)), lambda persons: sum(row[1] for row in ask(persons, NUMBERS)), each, many)


POSTGRESQL = """
WITH visits AS MATERIALIZED (SELECT person AS case_id, place, at_s FROM entries WHERE person = ANY(%(persons)s))
SELECT {what} FROM (
  SELECT v.case_id, e.place, e.at_s, e.kind, e.person, min(abs(e.at_s - v.at_s))
  FROM visits v JOIN entries e ON e.place = v.place AND e.at_s BETWEEN v.at_s - %(window)s AND v.at_s + %(window)s
  WHERE e.person <> v.case_id GROUP BY 1, 2, 3, 4, 5
) AS present {group}
"""


def asked_of_postgresql(url: str, file: Path, each: list[list[int]], many: list[int]) -> tuple[dict[str, float], list[int]]:
    """One table with an index that covers the question and one by person, vacuumed, so that the index alone is read."""
    import duckdb
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE UNLOGGED TABLE entries (place text, at_s bigint, kind text, person bigint)")
        began = time.perf_counter()
        text = file.with_suffix(".csv")
        duckdb.connect().execute(
            f"COPY (SELECT place, at_s, kind, person FROM read_parquet('{file}')) TO '{text}' (FORMAT csv, HEADER false)"
        )
        with connection.cursor().copy("COPY entries FROM STDIN (FORMAT csv)") as copy, text.open("rb") as stream:
            while piece := stream.read(1 << 20):
                copy.write(piece)
        text.unlink()
        connection.execute("CREATE INDEX ON entries (place, at_s) INCLUDE (kind, person)")
        connection.execute("CREATE INDEX ON entries (person) INCLUDE (place, at_s)")
        connection.execute("VACUUM ANALYZE entries")
        say(f"PostgreSQL filled in {time.perf_counter() - began:.0f} s")

        def ask(persons: Sequence[int], what: str, group: str) -> list[Row]:
            return connection.execute(POSTGRESQL.format(what=what, group=group), {"persons": persons, "window": WINDOW_S}).fetchall()

        return timed(
            lambda persons: len(ask(persons, "*", "")),
            lambda persons: sum(row[1] for row in ask(persons, "case_id, count(*), count(DISTINCT person)", "GROUP BY case_id")),
            each, many,
        )  # fmt: skip


if __name__ == "__main__":
    main()
