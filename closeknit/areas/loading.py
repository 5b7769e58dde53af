"""Reading areas.csv into the tree; the same file twice changes nothing."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction

from closeknit.areas.models import Area, Level
from closeknit.kit import clock
from closeknit.kit.tables import Table, TableProblem, read_table
from closeknit.kit.text import Text

COLUMNS = ("code", "parent", "name", "level")


def load_areas(path: Path) -> dict[str, int]:
    """Reads code, parent, name, level. Returns how many were read, new, changed. Raises `TableProblem` with line and remedy."""
    table = read_table(path, required=COLUMNS)
    with transaction.atomic():
        held = {area.code: area for area in Area.objects.current()}
        rows = {row["code"]: row for row in table.rows}
        paths = {code: area.path for code, area in held.items()}
        new, changed = [], []
        for row in _parents_first(table, rows, paths):
            paths[row["code"]] = f"{paths.get(row['parent'], '/')}{row['code']}/"
            area = Area(learned_at=clock.now(), path=paths[row["code"]], **{name: row[name] for name in COLUMNS})
            before = held.get(area.code)
            if before is None:
                new.append(area)
            elif (before.parent, before.name, before.level, before.path) != (area.parent, area.name, area.level, area.path):
                changed.append(area)
        Area.objects.current().filter(code__in=[area.code for area in changed]).update(retired_at=clock.now())
        Area.objects.bulk_create([*new, *changed])
    return {"read": len(table.rows), "new": len(new), "changed": len(changed)}


def _parents_first(table: Table, rows: Mapping[str, Mapping[str, str]], known: Mapping[str, str]) -> Iterable[Mapping[str, str]]:
    done: set[str] = set()
    for number, row in enumerate(table.rows, 2):
        if row["level"] not in Level.values:
            raise TableProblem(
                table.name,
                Text(
                    "Line {n}: level is one of {levels}.", "第 {n} 行：level 应为 {levels} 之一。", n=number, levels=", ".join(Level.values)
                ),
            )
        chain, code = [], row["code"]
        while code in rows and code not in done:
            done.add(code)
            chain.append(rows[code])
            code = rows[code]["parent"]
        if code and code not in rows and code not in known:
            raise TableProblem(
                table.name,
                Text(
                    "Line {n}: the parent {code} is not in the file and not known.",
                    "第 {n} 行：上级 {code} 不在文件中，也未登记。",
                    n=number,
                    code=code,
                ),
            )
        yield from reversed(chain)
