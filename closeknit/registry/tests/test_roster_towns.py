"""The five towns: every doubtful and parked row, and every figure of the register, to the letter."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from closeknit.registry.roster.count import Count
from closeknit.registry.roster.judge import Judge
from closeknit.registry.roster.places import AreaIndex
from closeknit.registry.roster.read import in_order, read_tables
from closeknit.registry.tests.roster_files import KEY, register_of

TOWNS = ("pushi", "dongxing", "haojiang", "jinshan", "bagongshan")

Rows = list[tuple[str, str, int, str]]


class Town:
    def __init__(self, home: Path) -> None:
        with (home / "areas.csv").open(encoding="utf-8-sig") as file:
            self.areas = [(area["code"], area["parent"], area["name"]) for area in csv.DictReader(file)]
        self.expected = json.loads((home / "expected.json").read_text())
        self.files = in_order((home / "roster").iterdir())

    def below(self, code: str) -> Iterator[str]:
        yield code
        for below in (area for area, parent, _ in self.areas if parent == code):
            yield from self.below(below)

    def rows(self, status: str) -> Rows:
        return sorted((file, sheet or "", row, reason) for file, sheet, row, reason in self.expected[status])


def judged(town: Town) -> tuple[Count, Rows, Rows]:
    count, rows = Count(), {"doubtful": [], "parked": []}
    judge = Judge(AreaIndex(town.areas), key=KEY)
    for path in town.files:
        for table in read_tables(path):
            for verdict in judge.table(table):
                count.add(verdict)
                if verdict.status in rows:
                    rows[verdict.status].append((verdict.file, verdict.sheet or "", verdict.row, verdict.reason))
    return count, sorted(rows["doubtful"]), sorted(rows["parked"])


def figures(count: Count, areas: set[str]) -> dict[str, int]:
    return {
        "registry.rows_read": count.rows_read,
        "registry.rows_parked": count.statuses["parked"],
        "registry.rows_merged": count.statuses["merged"],
        "registry.rows_doubtful": count.statuses["doubtful"],
        "registry.persons": count.persons_in(areas),
        "registry.households": count.households_in(areas),
    }


@pytest.mark.parametrize("name", TOWNS)
def test_a_towns_rosters_come_out_as_its_truth_says(name: str, scenario: Callable[[str], Path]) -> None:
    town = Town(scenario(name))

    count, doubtful, parked = judged(town)

    assert doubtful == town.rows("doubtful")
    assert parked == town.rows("parked")
    asked: list[tuple[dict[str, Any], dict[str, int]]] = []
    for told in town.expected["figures"]:
        ours = figures(count, set(town.below(told["area"])))
        asked.append(({name: value for name, value in told["figures"].items() if name in ours}, ours))
    assert [truth for truth, _ in asked] == [{name: ours[name] for name in truth} for truth, ours in asked]
    assert any(truth for truth, _ in asked)


def test_the_same_town_read_again_changes_nothing(scenario: Callable[[str], Path]) -> None:
    town = Town(scenario("pushi"))
    first, second = Count(), Count()
    judge = Judge(AreaIndex(town.areas), key=KEY)
    verdicts = [first.add(verdict) for path in town.files for table in read_tables(path) for verdict in judge.table(table)]

    again = Judge(AreaIndex(town.areas), key=KEY, register=register_of(verdicts))
    for path in town.files:
        for table in read_tables(path):
            for verdict in again.table(table):
                second.add(verdict)

    assert second.statuses == first.statuses
    assert second.reasons == first.reasons
    assert second.changes == {"same": first.changes["new"]}
