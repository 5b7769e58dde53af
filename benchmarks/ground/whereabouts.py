"""Made-up whereabouts with a few very busy places and people who mostly repeat a few of theirs, made inside DuckDB and written as the
encrypted files of 14 days; the same numbers give the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DAYS = 14
FIRST_S = 1_647_532_800  # midnight in Shanghai, 2022-03-18
DAY_S, OPENS_S, OPEN_S = 86_400, 6 * 3600, 16 * 3600
OWN_PLACES, OWN_SHARE = 6, 80  # eight of ten entries are at one of six places of one's own
BUSY = 2.5  # the power by which few places are busy: of 50,000 the busiest has 1.3 % of all entries


@dataclass(frozen=True)
class World:
    """So many persons, places and entries in 14 days."""

    persons: int
    places: int
    entries: int


def day_name(day: int) -> str:
    """A day as the files name it."""
    return f"2022-03-{18 + day}"


def fill(world: World, connection: Any, day: int) -> None:
    """Makes the table made(place, at_s, kind, person) of one day, in the order of arrival."""
    connection.execute(f"""
        CREATE OR REPLACE TABLE made AS
        WITH chances AS (
          SELECT hash(i * 31 + {day} * 7919 + 1) % {world.persons} AS person, hash(i + {day} * 1000003) AS chance,
                 hash(i * 17 + {day} * 101) % 7200 AS wait, i
          FROM range({world.entries // DAYS}) AS t(i)
        ), drawn AS (
          SELECT *, CASE WHEN chance % 100 < {OWN_SHARE} THEN hash(person * 8 + (chance // 128) % {OWN_PLACES}) ELSE chance END AS whose
          FROM chances
        )
        SELECT format('V{{:06d}}', CAST(floor({world.places} * power((whose % 1000000007) / 1000000007.0, {BUSY})) AS BIGINT)) AS place,
               CAST({FIRST_S} + {day} * {DAY_S} + {OPENS_S} + i * {OPEN_S} // {world.entries // DAYS} + wait AS BIGINT) AS at_s,
               'venues.entered' AS kind, CAST(person AS BIGINT) AS person
        FROM drawn
    """)


def pseudonyms(connection: Any, persons: Sequence[int], day: int) -> list[int]:
    """The pseudonyms of a day, in the order of the persons. The ledger's writer takes HMAC, a row at a time; here DuckDB makes them."""
    rows = connection.execute(f"SELECT hash(unnest(?::BIGINT[]), {day}) >> 1", [list(persons)]).fetchall()
    return [row[0] for row in rows]


def write(world: World, unsorted: Path) -> int:
    """Writes the encrypted files of all days, and one plain file of all rows as they came for the peers; the bytes of the first."""
    from closeknit.measures.whereabouts import folder, writing
    from closeknit.measures.whereabouts.engines import Duck

    held, plain = folder.Contents(), unsorted.with_suffix("")
    plain.mkdir()
    for day in range(DAYS):
        duck = Duck()
        fill(world, duck.connection, day)
        duck.connection.execute(f"COPY made TO '{plain}/{day:02}.parquet' (FORMAT parquet)")
        pseudonym = f"CAST(hash(person, {day}) >> 1 AS BIGINT) AS pseudonym"
        duck.connection.execute(f"CREATE TABLE entries AS SELECT place, at_s, kind, {pseudonym} FROM made")
        duck.connection.execute("DROP TABLE made")
        held.days[day_name(day)] = list(writing.packed(duck, folder.Day(day_name(day), new=True)))
    folder.settle(held)
    duck = Duck()
    duck.connection.execute(f"COPY (SELECT * FROM read_parquet('{plain}/*.parquet')) TO '{unsorted}' (FORMAT parquet)")
    for file in plain.iterdir():
        file.unlink()
    return sum(file.stat().st_size for file in folder.path().iterdir())


def asked(persons: Sequence[int]) -> dict[str, list[tuple[str, int, int, int]]]:
    """What `look` asks for: these persons, each a case, over all days."""
    from closeknit.measures.whereabouts.engines import Duck

    connection = Duck(threads=1).connection
    return {
        day_name(day): [(str(person), name, 0, 1 << 40) for person, name in zip(persons, pseudonyms(connection, persons, day), strict=True)]
        for day in range(DAYS)
    }
