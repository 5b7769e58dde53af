"""How many rows of a roster a second come into the register: read, checked, folded, merged, set aside, encrypted, findable and durable.

closeknit bench roster [--quick] [--json] [--rows N]

One line a figure: a csv file and a workbook, into PostgreSQL and into SQLite. Peers in the same run:

- roster.csv…: the bare work without a database (read the csv, check digit, fold the name and the address, encrypt), one process;
- roster.xlsx…: openpyxl merely reading the workbook in its read-only mode;
- roster.import-export…: django-import-export with a plain resource of the same columns into an unencrypted table of the same database,
  on the first 20,000 rows, in one transaction (its own default); needs `make scale`.

`longest_hold_s` is the longest transaction: so long another writer waits at most. `peak_mb` is what the process holds at most.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
from benchmarks.ground.line import command, tell  # noqa: E402  the path comes first

SAMPLE = 20_000
GOALS = {"csv": 0.22, "xlsx": 0.5, "import-export": 100}  # 25,000 rows a second where the bare work caps at 110,000


def main() -> None:
    """Runs each engine and file in a process of its own, so that memory is told for each."""
    parser = command(__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    rows = 2_000 if options.quick else options.rows
    if options.one:
        with tempfile.TemporaryDirectory(prefix="closeknit-roster-") as home:
            for told in one(Path(home), *options.one.split("."), rows=rows):
                tell(told, as_json=options.json)
        return
    for engine in ("postgresql", "sqlite"):
        for kind in ("csv", "xlsx"):
            flags = [f"--one={kind}.{engine}", f"--rows={rows}", *(["--json"] if options.json else [])]
            subprocess.run([sys.executable, __file__, *flags], check=True)


def one(home: Path, kind: str, engine: str, *, rows: int) -> Iterator[dict[str, Any]]:
    """The figures of one sort of file in one engine."""
    import postgres

    with postgres.server(*postgres.ADVISED) if engine == "postgresql" else nullcontext("") as url:
        os.environ |= {"CLOSEKNIT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "closeknit.settings"}
        os.environ |= {"CLOSEKNIT_DATABASE_URL": url} if url else {}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        file, count = written(home, kind, rows)
        imported(written(home, "csv", 500, name="warm")[0])
        longest, seconds = [0.0], 0.0
        with holds(longest):
            seconds = imported(file)
        peer = count / (bare(file) if kind == "csv" else openpyxl_reads(file))
        extent = {
            "rows": count,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
            "longest_hold_s": round(longest[0], 2),
        }
        yield figure(f"{kind}.{engine}", count / seconds, peer, GOALS[kind], extent)
        if kind == "csv" and (theirs := import_export(file)):
            yield figure(f"import-export.{engine}", count / seconds, theirs, GOALS["import-export"], {"rows": count, "sample": SAMPLE})
        connections.close_all()


def figure(name: str, ours: float, peer: float, goal: float, sizes: dict[str, Any]) -> dict[str, Any]:
    """A line."""
    ratio = round(ours / peer, 3)
    return {"name": f"roster.{name}", "value": round(ours), "peer": round(peer, 1), "ratio": ratio, "goal": goal, "sizes": sizes}


def written(home: Path, kind: str, rows: int, name: str = "roster") -> tuple[Path, int]:
    """A roster of about so many rows, and how many it has; areas are in the database."""
    from benchmarks.ground import people
    from closeknit.areas.loading import load_areas

    with (home / "areas.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("code", "parent", "name", "level"), *people.areas(rows)])
    load_areas(home / "areas.csv")
    path, count = home / f"{name}.{kind}", 0
    if kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(people.HEADINGS)
            for row in people.roster(rows):
                writer.writerow(row)
                count += 1
        return path, count
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, people.HEADINGS)
        for count, row in enumerate(people.roster(min(rows, 1_000_000)), 1):
            if count == 1_048_575:  # what a sheet holds
                break
            sheet.write_row(count, 0, row)
    return path, count


def imported(file: Path) -> float:
    """Seconds that the import takes."""
    from closeknit.registry.importing import import_roster

    began = time.perf_counter()
    import_roster([file], by="bench")
    return time.perf_counter() - began


@contextmanager
def holds(longest: list[float]) -> Iterator[None]:
    """Within the block the longest outermost transaction is noted."""
    from django.db import transaction

    enter, leave, began = transaction.Atomic.__enter__, transaction.Atomic.__exit__, [0.0, 0]

    def entered(self: Any) -> None:
        began[1] += 1
        began[0] = time.perf_counter() if began[1] == 1 else began[0]
        enter(self)

    def left(self: Any, *error: Any) -> None:
        leave(self, *error)
        began[1] -= 1
        longest[0] = max(longest[0], time.perf_counter() - began[0]) if not began[1] else longest[0]

    transaction.Atomic.__enter__, transaction.Atomic.__exit__ = entered, left  # type: ignore[method-assign]
    try:
        yield
    finally:
        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = enter, leave  # type: ignore[method-assign]


def bare(file: Path) -> float:
    """Seconds for reading, the check digit, folding and encrypting alone."""
    from closeknit.kit import citizen_id
    from closeknit.kit.folding import fold
    from closeknit.kit.sealing import seal

    began = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            citizen_id.read(row[3])
            seal({"name": fold(row[1]), "id_no": row[3], "phone": row[4], "address": fold(row[6])}, about=f"person|{row[0]}")
    return time.perf_counter() - began


def openpyxl_reads(file: Path) -> float:
    """Seconds for reading a workbook row by row."""
    import openpyxl  # type: ignore[import-untyped]

    began = time.perf_counter()
    book = openpyxl.load_workbook(file, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()
    return time.perf_counter() - began


def import_export(file: Path) -> float | None:
    """Rows a second of django-import-export on the first rows; None where it is not installed."""
    try:
        import tablib
        from import_export import resources
    except ImportError:
        print("django-import-export is not installed: make scale", file=sys.stderr)
        return None
    from django.db import connection, models

    class Row(models.Model):
        number = models.CharField(max_length=20, primary_key=True)
        name, sex, id_no, phone = (models.CharField(max_length=80, blank=True) for _ in range(4))
        village, address, relation, category, note = (models.CharField(max_length=200, blank=True) for _ in range(5))

        class Meta:
            app_label = "registry"
            db_table = "peer"

    resource_of: Callable[..., Any] = resources.modelresource_factory
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    names = [field.name for field in Row._meta.concrete_fields]
    theirs = resource_of(Row, meta_options={"import_id_fields": ("number",), "use_transactions": True})()
    with file.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        next(lines)
        data = tablib.Dataset(*(row for row, _ in zip(lines, range(SAMPLE), strict=False)), headers=names)
    began = time.perf_counter()
    done = theirs.import_data(data, raise_errors=True)
    return len(done.rows) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
