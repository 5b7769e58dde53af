"""The scenario folders: a town's areas, roster, pushes and the figures that must come out."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from closeknit.sync.towns import PUSHES, unpack

# The checkout brings some for the demonstration, most of them packed; those beside it, or in CLOSEKNIT_TEST_SCENARIOS, need no unpacking.
BROUGHT = Path(__file__).resolve().parents[1] / "demo"
FOLDER = Path(os.environ.get("CLOSEKNIT_TEST_SCENARIOS") or Path(__file__).resolve().parents[2] / "shared/scenarios")


@pytest.fixture(scope="session")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`scenario("pushi")` is that folder; the test is skipped where it is not on this machine."""
    unpacked: dict[str, Path] = {}

    def folder(name: str) -> Path:
        if (BROUGHT / name / PUSHES).is_file():
            return BROUGHT / name
        if not (FOLDER / name / "expected.json").is_file() and (BROUGHT / name / "expected.json").is_file():
            if name not in unpacked:
                unpacked[name] = tmp_path_factory.mktemp("scenarios") / name
                unpack(BROUGHT / name, unpacked[name])
            return unpacked[name]
        if not (FOLDER / name / "expected.json").is_file():
            pytest.skip(f"No scenario {name} at {FOLDER}; CLOSEKNIT_TEST_SCENARIOS names the folder that holds it.")
        return FOLDER / name

    return folder
