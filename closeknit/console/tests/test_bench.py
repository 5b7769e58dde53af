"""`closeknit bench`: its smallest runs work, print what they promise, and an unknown name is told what there is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

CLEAN = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
BENCH = [Path(sys.executable).parent / "closeknit", "bench"]
HERE = Path(__file__).resolve().parent
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


@pytest.mark.either
def test_a_benchmark_that_does_not_exist_is_told_which_do():
    with pytest.raises(CommandError, match=r"first-hour.*ingest.*register-one"):
        call_command("bench", "nothing")
