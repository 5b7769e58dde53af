"""Each analysis, as it is written once, gives what the oracle gives: on DuckDB and on Spark."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from closeknit.measures.whereabouts.analyses import ENTRIES, HOURS, NUMBERS, Engine, co_presence
from closeknit.measures.whereabouts.engines import Duck, spark
from closeknit.measures.whereabouts.tests import oracle

HOUR, DAY = 3600, 86400
ENTRY = some.tuples(
    some.sampled_from(("S1", "S2", "CP1")), some.integers(0, 4 * HOUR).map(lambda s: DAY - 2 * HOUR + s),
    some.sampled_from(("venues.entered", "checkpoints.person_checked")), some.integers(1, 6),
)  # fmt: skip
ASKED = some.tuples(some.sampled_from(("A", "B")), some.integers(1, 6), some.just(DAY - HOUR), some.just(DAY + 3 * HOUR))
WINDOWS = some.sampled_from((60, 600, 1800))


def answers(engine: Engine, entries: list[oracle.Entry], asked: list[tuple[str, int, int, int]], window_s: int) -> list[list[object]]:
    """What an engine says to each analysis, sorted."""
    engine.hold("entries", ENTRIES, entries)
    found = [co_presence(engine, asked, window_s=window_s), co_presence(engine, asked, window_s=window_s, text=NUMBERS), engine.ask(HOURS)]
    return [sorted(rows) for rows in found]


def expected(entries: list[oracle.Entry], asked: list[tuple[str, int, int, int]], window_s: int) -> list[list[object]]:
    """What the oracle says."""
    found = (oracle.present(entries, asked, window_s), oracle.numbers(entries, asked, window_s), oracle.hours(entries))
    return [sorted(rows) for rows in found]


@settings(max_examples=60, deadline=None)
@given(some.lists(ENTRY, max_size=40), some.lists(ASKED, max_size=3, unique_by=lambda row: row[:2]), WINDOWS)
def test_duckdb_says_what_the_oracle_says(entries: list[oracle.Entry], asked: list[tuple[str, int, int, int]], window_s: int):
    assert answers(Duck(), entries, asked, window_s) == expected(entries, asked, window_s)


def test_the_window_counts_to_the_second_and_over_midnight():
    entries = [("S1", DAY - 600, "k", 1), ("S1", DAY + 1200, "k", 2), ("S1", DAY + 1201, "k", 3), ("S2", DAY, "k", 4)]
    asked = [("A", 1, 0, 2 * DAY)]

    assert answers(Duck(), entries, asked, 1800)[0] == [("A", "S1", DAY + 1200, "k", 2, 1800)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Engine]:
    """Spark in one process, which starts fastest; `closeknit bench scale` runs it in several."""
    pytest.importorskip("pyspark", reason="no Spark here: `make scale` installs it")
    if shutil.which("java") is None:
        pytest.skip("no Java here: Spark needs Java 17")
    with spark("local[2]") as engine:
        yield engine


@pytest.mark.spark
def test_spark_says_what_duckdb_says(cluster: Engine, tmp_path: Path):
    days = [((at * 7919) % (3 * DAY), f"P{(at * 31) % 7}", (at * 17) % 40) for at in range(600)]
    entries = [(place, at, "venues.entered", who) for at, place, who in days]
    asked = [(f"C{who}", who, 0, 2 * DAY) for who in range(5)]
    duck = Duck()
    duck.hold("entries", ENTRIES, entries)
    duck.connection.execute(f"COPY entries TO '{tmp_path}/day.parquet' (FORMAT parquet)")

    cluster.read([str(tmp_path / "day.parquet")])
    found = [co_presence(cluster, asked, window_s=1800), co_presence(cluster, asked, window_s=1800, text=NUMBERS), cluster.ask(HOURS)]

    assert [sorted(rows) for rows in found] == answers(duck, entries, asked, 1800) == expected(entries, asked, 1800)
