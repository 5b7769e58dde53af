"""The scenario folders: a town's areas, roster, pushes and the figures that must come out."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

# They lie beside the checkout, all but Pushi, which the demonstration brings; CLOSEKNIT_TEST_SCENARIOS names another folder.
BROUGHT = Path(__file__).resolve().parents[1] / "demo"
FOLDER = Path(os.environ.get("CLOSEKNIT_TEST_SCENARIOS") or Path(__file__).resolve().parents[2] / "shared/scenarios")


@pytest.fixture(scope="session")
def scenario() -> Callable[[str], Path]:
    """`scenario("pushi")` is that folder; the test is skipped where it is not on this machine."""

    def folder(name: str) -> Path:
        if (BROUGHT / name / "expected.json").is_file():
            return BROUGHT / name
        if not (FOLDER / name / "expected.json").is_file():
            pytest.skip(f"No scenario {name} at {FOLDER}; CLOSEKNIT_TEST_SCENARIOS names the folder that holds it.")
        return FOLDER / name

    return folder
