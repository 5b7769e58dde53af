"""The same analyses on Spark in two worker processes and on DuckDB in one: co-presence of cases, the numbers of many, the day's hours.

closeknit bench scale [--quick] [--json]

The results must be equal, or the benchmark fails; there is no goal of speed, for one machine gains nothing by a Spark. Where the public
data lie in ../shared/data, co-presence is held against who really met (SocioPatterns) and who really infected whom (Operation Outbreak).
Needs `make scale` and Java 17.
"""

import csv
import gzip
import os
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
from benchmarks.ground.line import command, tell  # noqa: E402  the path comes first

DATA = ROOT.parent / "shared/data"
WINDOW_S = 1800
CELL = 3  # decimals of a degree: places of about a hundred metres
SAID = re.compile(r"\{TIME:(\d+),(LOC:\(([-\d.]+);([-\d.]+)\)|INF:PEER\[([-0-9a-f]+))")
Row = tuple[Any, ...]


def main() -> None:
    """Makes the rows, asks both, and prints one line."""
    options = command(__doc__).parse_args()
    from benchmarks.ground.whereabouts import World

    world, cases = (World(2_000, 200, 70_000), 20) if options.quick else (World(100_000, 10_000, 10_000_000), 100)
    with tempfile.TemporaryDirectory(prefix="closeknit-scale-") as home:
        os.environ |= {"CLOSEKNIT_HOME": home, "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
        told = {"name": "scale", **measured(world, [number * 7919 % world.persons for number in range(cases)])}
    tell(told, as_json=options.json)


def measured(world: Any, persons: Sequence[int]) -> dict[str, Any]:
    """Seconds of both, and what they found alike."""
    import django

    django.setup()
    from benchmarks.ground.whereabouts import asked, write
    from benchmarks.trace import versions
    from closeknit.measures.whereabouts import folder
    from closeknit.measures.whereabouts.engines import Duck, spark

    write(world, Path(os.environ["CLOSEKNIT_HOME"]) / "unsorted.parquet")
    rows = [row for found in asked(persons).values() for row in found]
    held = folder.contents().days
    with folder.in_memory([(day, block) for day, blocks in held.items() for block in blocks if block.order == "place"]) as files:
        duck_s, ours = answers(Duck(), files, rows)
        with spark() as cluster:
            spark_s, theirs = answers(cluster, files, rows)
    if ours != theirs:
        raise SystemExit("DuckDB and Spark do not say the same.")
    sizes = {"persons": world.persons, "entries": world.entries, "cases": len(persons), "rows": [len(each) for each in ours]}
    found = {"duckdb_s": duck_s, "spark_s": spark_s, "meetings": meetings(), "infections": infections()}
    return {"value": spark_s, "peer": duck_s, "ratio": round(duck_s / spark_s, 3), "goal": "equal", "equal": True, **found, "sizes": sizes,
            "versions": versions()}  # fmt: skip


def answers(engine: Any, files: Sequence[str], asked: Sequence[Row]) -> tuple[float, list[list[Row]]]:
    """Seconds of all analyses together, and their rows, sorted."""
    from closeknit.measures.whereabouts.analyses import HOURS, NUMBERS, co_presence

    began = time.perf_counter()
    engine.read(files)
    found = [co_presence(engine, asked, window_s=WINDOW_S), co_presence(engine, asked, window_s=WINDOW_S, text=NUMBERS), engine.ask(HOURS)]
    return round(time.perf_counter() - began, 1), [sorted(rows) for rows in found]


def present(entries: Sequence[Row], cases: Sequence[int], window_s: int) -> set[tuple[int, int]]:
    """(case, other) of everybody who was there at the same time, by the product's own text."""
    from closeknit.measures.whereabouts.analyses import ENTRIES, co_presence
    from closeknit.measures.whereabouts.engines import Duck

    duck = Duck()
    duck.hold("entries", ENTRIES, entries)
    return {(int(row[0]), row[4]) for row in co_presence(duck, [(str(case), case, 0, 1 << 40) for case in cases], window_s=window_s)}


def meetings() -> dict[str, Any] | None:
    """Who met whom in a school, to the 20 seconds: each meeting is a place of its own, and co-presence must give the meetings back."""
    file = DATA / "sociopatterns/high_school_thiers_2011.csv.gz"
    if not file.exists():
        return None
    with gzip.open(file, "rt") as stream:
        met = [(int(row["Time"]), int(row["id1"]), int(row["id2"])) for row in csv.DictReader(stream, delimiter=";")]
    truth = {pair for _, one, other in met for pair in ((one, other), (other, one))}
    entries = [(f"M{number}", at, "met", who) for number, (at, *both) in enumerate(met) for who in both]
    found = present(entries, sorted({one for one, _ in truth}), 20)
    return {"data": "SocioPatterns, high school 2011", "pairs": len(truth), **rates(found, truth)}


def infections() -> list[dict[str, Any]] | None:
    """Of those who really infected others: how many of these were at the same place within half an hour, and how many others were."""
    games = sorted(DATA.glob("operation_outbreak/datasets/*/data"))
    if not games:
        return None
    found = []
    for game in games:
        entries, truth = logs(game)
        located = {row[3] for row in entries}
        seen = {pair for pair in truth if set(pair) <= located}
        if seen:
            near = present(entries, sorted({case for case, _ in seen}), WINDOW_S)
            counted = {"phones": len(located), "infections": len(truth), "both_located": len(seen)}
            found.append({"game": game.parent.name, **counted, **rates(near, seen)})
    return found


def logs(game: Path) -> tuple[list[Row], set[tuple[int, int]]]:
    """The positions of each phone as entries at places of about a hundred metres, and who infected whom."""
    numbers: dict[str, int] = defaultdict(lambda: len(numbers) + 1)
    entries: list[Row] = []
    truth = set()
    for file in sorted(game.glob("*-history.*")):
        phone = numbers[file.name.partition("-history")[0]]
        for at, _, lat, lon, peer in SAID.findall(file.read_text(errors="replace")):
            if peer:
                truth.add((numbers[peer], phone))
            else:
                entries.append((f"{float(lat):.{CELL}f};{float(lon):.{CELL}f}", int(at), "located", phone))
    return entries, truth


def rates(found: set[tuple[int, int]], truth: set[tuple[int, int]]) -> dict[str, float]:
    """Recall and precision."""
    hit = len(found & truth)
    return {"recall": round(hit / len(truth), 3), "precision": round(hit / len(found), 3) if found else 0.0}


if __name__ == "__main__":
    main()
