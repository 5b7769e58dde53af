"""The locks say exactly what is installed, and nothing of the machine on which they were made."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.structure.sources import ROOT

LOCKS = ("run.txt", "dev.txt")
PLACE = re.compile(r"://|find-links|index-url|trusted-host|(^|\s)/\w")
PINNED = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+) \\$", re.MULTILINE)


def unsound(text: str) -> list[str]:
    """Lines that name a place, and packages without a version or a hash."""
    places = [line for line in text.splitlines() if PLACE.search(line)]
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return places + [entry.splitlines()[0] for entry in entries if not PINNED.match(entry) or "--hash=sha256:" not in entry]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_only(lock: str):
    assert unsound((ROOT / "requirements" / lock).read_text()) == []


def test_what_runs_is_what_is_tested():
    run, dev = (dict(PINNED.findall((ROOT / "requirements" / lock).read_text())) for lock in LOCKS)

    assert {name: dev.get(name) for name in run} == run


def test_everything_that_pyproject_asks_for_is_locked():
    project = tomllib.loads((Path(ROOT) / "pyproject.toml").read_text())["project"]
    asked = {"run.txt": project["dependencies"], "dev.txt": project["dependencies"] + project["optional-dependencies"]["dev"]}
    missing = []
    for lock, packages in asked.items():
        locked = dict(PINNED.findall((ROOT / "requirements" / lock).read_text()))
        names = [re.match(r"[\w.-]+", package).group().lower().replace("_", "-") for package in packages]  # type: ignore[union-attr]
        missing += [f"{lock}: {name} (type: make lock)" for name in names if name not in locked]

    assert missing == []


def test_an_unsound_lock_is_reported():
    hashed = " \\\n    --hash=sha256:0a\n"
    text = f"--extra-index-url https://example.org/simple\ngood==1.0{hashed}bad==1.0\nloose>=1{hashed}near @ file:///srv/near.whl{hashed}"

    assert unsound(text) == [
        "--extra-index-url https://example.org/simple",
        "near @ file:///srv/near.whl \\",
        "bad==1.0",
        "loose>=1 \\",
        "near @ file:///srv/near.whl \\",
    ]
