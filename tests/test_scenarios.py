"""A scenario is found, or its test is skipped with the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import scenarios


def test_a_scenario_that_is_there_is_found(scenario: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scenarios, "FOLDER", tmp_path)
    (tmp_path / "town").mkdir()
    (tmp_path / "town/expected.json").write_text("{}")

    assert scenario("town") == tmp_path / "town"


def test_a_scenario_that_is_not_there_skips_and_says_where_it_looked(scenario: Callable[[str], Path]):
    with pytest.raises(pytest.skip.Exception, match=r"No scenario nowhere at .*CLOSEKNIT_TEST_SCENARIOS"):
        scenario("nowhere")


def test_a_scenario_that_only_the_checkout_brings_is_unpacked(
    scenario: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(scenarios, "FOLDER", tmp_path)

    folder = scenario("dongxing")

    assert (folder / "pushes.jsonl.gz").is_file() and (folder / "expected.json").is_file()
    assert scenario("dongxing") == folder
