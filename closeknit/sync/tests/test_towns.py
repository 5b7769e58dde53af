"""The demonstration's towns: each lies in the checkout and unpacks to what its scenario holds; a town that is not there is told."""

import csv
import gzip
import json
import lzma
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from closeknit import environment
from closeknit.sync.demonstration import folder_of, is_stale
from closeknit.sync.towns import BROUGHT, PUSHES, TOWNS, unpack

ROOT = BROUGHT.parent


def test_make_and_the_command_know_the_same_five_towns_and_each_is_in_the_checkout():
    named = re.search(r"^TOWNS := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert named and named[1].split() == list(TOWNS)
    assert {path.parent.name for path in BROUGHT.glob("*/plan.json*")} == set(TOWNS)
    assert all(
        json.loads((town.brought / "plan.json").read_text())["area"] == town.area for town in TOWNS.values() if _is_plain(town.brought)
    )


def _is_plain(folder: Path) -> bool:
    return (folder / "plan.json").exists()


@pytest.mark.parametrize("slug", TOWNS)
def test_the_accounts_of_a_town_stand_in_areas_that_its_scenario_has(slug: str):
    town = TOWNS[slug]
    with (town.brought / "areas.csv").open(encoding="utf-8-sig") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    plan = "plan.json" if (town.brought / "plan.json").exists() else "plan.json.xz"
    with lzma.open(town.brought / plan) if plan.endswith("xz") else (town.brought / plan).open("rb") as plan_file:
        planned = json.load(plan_file)

    assert (planned["area"], {each["code"] for each in planned["campaigns"]} - set(town.campaigns)) == (town.area, set())
    assert {town.area, town.county, town.town, town.village, town.grid or town.village} <= codes


def test_a_packed_town_unpacks_to_the_files_of_its_scenario(tmp_path: Path):
    unpack(TOWNS["dongxing"].brought, tmp_path / "dongxing")

    names = sorted(path.relative_to(tmp_path / "dongxing").as_posix() for path in (tmp_path / "dongxing").rglob("*") if path.is_file())
    assert names[:5] == ["README.md", "areas.csv", "expected.json", "members.csv", "places.csv"]
    assert "roster/6-511011100.csv.gz" in names and not [name for name in names if name.endswith(".xz")]
    with gzip.open(tmp_path / "dongxing" / PUSHES) as lines:
        assert json.loads(next(lines))["device"]
    assert [path.name for path in tmp_path.iterdir()] == ["dongxing"]


def test_a_town_that_is_not_there_is_told_with_the_five():
    with pytest.raises(CommandError, match="pushi, dongxing, haojiang, jinshan, bagongshan"):
        call_command("demo", "nowhere")


def test_a_home_that_shows_one_town_does_not_show_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(environment, "home", lambda: tmp_path)
    (tmp_path / "demonstration.json").write_text('{"days": 1, "password": "x"}')

    with pytest.raises(CommandError, match=r"pushi.*CLOSEKNIT_HOME"):
        call_command("demo", "jinshan")


def test_a_town_is_over_when_its_campaigns_and_its_last_day_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(environment, "home", lambda: tmp_path)

    assert is_stale({"town": "dongxing", "days": 0}) and not is_stale({"town": "dongxing", "days": 365 * 100})
    assert folder_of(TOWNS["dongxing"]) == tmp_path / "scenario"
