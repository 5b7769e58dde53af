"""Names say what is meant: no drawer for everything, no word that fits anything."""

import ast
from pathlib import Path

import pytest

from tests.structure.sources import ROOT, files, sources

DRAWERS = {
    *("util", "utils", "helper", "helpers", "common", "misc", "base", "bases", "core"),
    *("manager", "managers", "service", "services", "handlers", "stuff", "tools"),
}
EMPTY_WORDS = ("Manager", "Handler", "Processor", "Service", "Data", "Info")

# "file class": "why". The list gets shorter, not longer.
ALLOWED: dict[str, str] = {}


def vague(root: Path) -> list[str]:
    """Files, folders and classes of a tree with a name that says nothing."""
    found = set()
    for folder in ("closeknit", "tests", "scripts", "benchmarks"):
        for path in files(root, folder, "*.py"):
            parts = path.relative_to(root).with_suffix("").parts
            found |= {"/".join(parts[: depth + 1]) for depth, part in enumerate(parts) if part in DRAWERS}
    for source in sources(root, "closeknit"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_WORDS):
                found.add(f"{source.name} {node.name}")
    return sorted(found - set(ALLOWED))


def test_no_name_is_vague():
    assert vague(ROOT) == []


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("closeknit/kit/utils.py", "", "closeknit/kit/utils"),
        ("closeknit/core/kinds.py", "", "closeknit/core"),
        ("tests/helpers.py", "", "tests/helpers"),
        ("closeknit/kit/ids.py", "class IdManager: ...", "closeknit/kit/ids.py IdManager"),
    ],
)
def test_a_vague_name_is_reported(tmp_path: Path, file: str, text: str, name: str):
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(text)

    assert vague(tmp_path) == [name]


def test_a_clear_name_is_not_reported(tmp_path: Path):
    (tmp_path / "closeknit/ledger").mkdir(parents=True)
    (tmp_path / "closeknit/ledger/record.py").write_text("class Figure: ...")

    assert vague(tmp_path) == []
