"""`closeknit bench`: its smallest runs work, print what they promise, and an unknown name is told what there is."""

import csv
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from benchmarks import febrl

CLEAN = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
BENCH = [Path(sys.executable).parent / "closeknit", "bench"]
HERE = Path(__file__).resolve().parent
HEADINGS = ("rec_id", *febrl.OURS, "postcode", "state", "date_of_birth")
ORIGINALS = (
    ("rec-1-org", "ana", "field", "1234567", "8", "stanley street", "", "winston hills", "4223", "nsw", "19151111"),
    ("rec-2-org", "ben", "harbour", "7654321", "12", "pinkerton circuit", "", "richlands", "4560", "vic", "19161214"),
    ("rec-3-org", "chen", "painter", "5555444", "3", "light street", "", "windermere", "3212", "vic", "19651013"),
    ("rec-4-org", "dov", "garden", "8859999", "47", "edkins street", "", "north ryde", "3355", "nsw", "19390212"),
)
LISTED = (  # her words swapped; his number with another name; a digit wrong; a number and a home that nobody has
    ("rec-1-dup-0", "field", "ana", "1234567", "8", "stanley street", "", "winston hills", "4223", "nsw", "19151111"),
    ("rec-2-dup-0", "benjamin", "port", "7654321", "12", "pinkerton circuit", "", "richlands", "4560", "vic", "19161214"),
    ("rec-3-dup-0", "chen", "painter", "5555443", "3", "light street", "", "windermere", "3212", "vic", "19651013"),
    ("rec-4-dup-0", "dovv", "garten", "8859111", "47", "edkins st", "", "ryde", "3355", "nsw", "19390212"),
)
own_database = pytest.mark.skipif(connection.vendor == "sqlite", reason="starts a PostgreSQL of its own: runs with PostgreSQL's tests")


def told(name: str) -> dict[str, Any]:
    """The line of figures that a quick run prints."""
    done = subprocess.run([*BENCH, name, "--quick", "--json"], cwd=HERE, env=CLEAN, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    line: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return line


@pytest.mark.either
def test_in_the_first_busy_hour_the_centre_fails_and_the_phones_do_not():
    line = told("first-hour")

    assert (line["value"], line["peer_long_line"]) == (1.0, 0.0)
    assert 0.1 < line["peer"] < 0.15  # what its servers hold of ten times the load


@pytest.mark.either
def test_checking_a_card_is_held_against_the_bare_signature():
    line = told("passes")

    assert line["name"] == "passes.check"
    assert line["ratio"] == pytest.approx(line["value"] / line["peer"], abs=1e-3)


@own_database
def test_ingest_says_its_ratio_to_raw_copy():
    line = told("ingest")

    assert {"name", "value", "peer", "ratio", "goal", "sizes", "versions"} <= line.keys()
    assert line["ratio"] == pytest.approx(line["value"] / line["peer"], abs=1e-3)
    assert line["sizes"]["records"] == 20_000


def of_febrl(*flags: str | Path, without: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What the program says; `without` is a folder whose modules stand before those that are installed."""
    env = CLEAN | ({"PYTHONPATH": str(without)} if without else {})
    return subprocess.run([sys.executable, febrl.__file__, "--json", *flags], cwd=HERE, env=env, capture_output=True, text=True)


@pytest.mark.either
def test_a_list_without_splink_is_linked_by_our_rules_alone(tmp_path: Path):
    for part, rows in (("a", ORIGINALS), ("b", LISTED)):
        with (tmp_path / f"dataset4{part}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEADINGS, *rows])
    (tmp_path / "splink.py").write_text("raise ModuleNotFoundError('as if it were not installed')", encoding="utf-8")

    done = of_febrl("--data", tmp_path, without=tmp_path)

    assert "make scale" in done.stderr, done.stderr[-2000:]
    line = json.loads(done.stdout)
    assert (line["value"], line["peer"], line["sizes"]) == (0.75, None, {"originals": 4, "rows": 4})
    assert (line["ours"]["linked"], line["ours"]["shown"]) == ([0.5, 1.0], 0.75)
    assert line["ours"]["left"] == {"doubtful": 1, "by_name": 1, "unseen": 1, "by_number": 1, "same_street": 0}


@pytest.mark.either
@pytest.mark.skipif(not febrl.DATA.is_dir() or not find_spec("splink"), reason="needs FEBRL's data beside the checkout, and `make scale`")
def test_febrl_is_linked_beside_splink():
    line = told("febrl")

    assert (line["value"] >= 0.95, line["peer"] >= 0.99) == (True, True), line
    assert line["ours"]["linked"][0] >= 0.73 and line["ours"]["linked"][1] == 1.0
    assert line["splink_our_columns"]["recall"] < line["peer"]


@pytest.mark.either
def test_where_febrl_is_missing_it_says_where_to_take_it(tmp_path: Path):
    done = of_febrl("--data", tmp_path)

    assert done.returncode == 1
    assert str(tmp_path) in done.stderr and "dataset4a.csv" in done.stderr


@pytest.mark.either
def test_a_benchmark_that_does_not_exist_is_told_which_do():
    with pytest.raises(CommandError, match=r"first-hour.*ingest.*register-one"):
        call_command("bench", "nothing")
