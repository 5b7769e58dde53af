"""The folder of whereabouts files has one writer and one reader, and one measure asks the reader."""

from pathlib import Path

import pytest

from tests.structure.sources import ROOT, sources

HERE = "closeknit/measures/whereabouts/"
MAY = {  # what leads to the files: who may use it
    "whereabouts import folder": {"writing.py", "reading.py"},
    "whereabouts.folder import": {"writing.py", "reading.py"},
    "whereabouts.reading import": {"kinds.py"},
    "whereabouts.writing import": {"reading.py", "measure.py", "management/commands/whereabouts.py"},
    "whereabouts.kinds import": {"closeknit/measures/tracing/trace.py"},
}
NAME = '/ "whereabouts'


def others(root: Path) -> list[str]:
    """Whoever else comes to the files: by a module of theirs, or by the folder's name."""
    found = set()
    for source in sources(root, "closeknit"):
        if source.is_test:
            continue
        for words, who in MAY.items():
            may = source.name.removeprefix(HERE) in who
            if not may and any(words in line for line in source.lines):
                found.add(f"{source.name}: {words}")
        found |= {f"{source.name}: {NAME}" for line in source.lines if NAME in line}
    return sorted(found)


def test_nobody_else_opens_the_folder():
    assert others(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("tracing/screens.py", "from closeknit.measures.whereabouts import folder"),
        ("tracing/screens.py", "from closeknit.measures.whereabouts.kinds import look"),
        ("whereabouts/engines.py", "from closeknit.measures.whereabouts.folder import held"),
        ("whereabouts/measure.py", "from closeknit.measures.whereabouts.reading import look"),
        ("daily/screens.py", 'home() / "whereabouts" / "list"'),
    ],
)
def test_another_reader_is_reported(tmp_path: Path, file: str, line: str):
    path = tmp_path / "closeknit/measures" / file
    path.parent.mkdir(parents=True)
    path.write_text(line)

    assert {each.split(":")[0] for each in others(tmp_path)} == {f"closeknit/measures/{file}"}
