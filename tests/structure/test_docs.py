"""What the documents name is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from closeknit.environment import VARIABLES
from tests.structure.sources import ROOT

LINK = re.compile(r"(?<!`)!?\[[^\]\n]*\]\(([^)\s]+)\)")
STOP = re.compile(r"`([\w./-]+\.[a-z]+):(\d+)`(?:\s+`([^`]+)`)?")
HEADINGS = ["## Context", "## Decision", "## Consequences"]
ADR_LINES = 60


def documents(root: Path) -> list[Path]:
    """The documents for people."""
    return sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")])


def dead_links(root: Path) -> Iterator[str]:
    """Links to files that are not there."""
    for document in documents(root):
        for target in LINK.findall(document.read_text(encoding="utf-8")):
            path = target.partition("#")[0]
            if path and "://" not in path and not path.startswith("mailto:") and not (document.parent / path).exists():
                yield f"{document.relative_to(root).as_posix()}: {target} is not there"


def lost_stops(root: Path) -> Iterator[str]:
    """Places of the form `file:line` `word` where the file has no such line, or the line not that word."""
    for document in documents(root):
        for file, number, word in STOP.findall(document.read_text(encoding="utf-8")):
            path = root / file
            lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
            here = f"{document.relative_to(root).as_posix()}: {file}:{number}"
            if not 0 < int(number) <= len(lines):
                yield f"{here} is not there"
            elif word and word not in lines[int(number) - 1]:
                found = [str(line) for line, text in enumerate(lines, 1) if word in text]
                yield f"{here} does not hold {word!r}; line {' or '.join(found) or '(none)'} does"


def unsound_decisions(root: Path) -> Iterator[str]:
    """Decision records that are too long, lack a part, or share a number."""
    numbers: set[str] = set()
    for path in sorted((root / "docs/adr").glob("*.md")):
        lines = path.read_text(encoding="utf-8").splitlines()
        number = path.name[:4]
        if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) or number in numbers:
            yield f"{path.name}: named 0001-like-this.md, with a number of its own"
        if [line for line in lines if line in HEADINGS] != HEADINGS:
            yield f"{path.name}: the parts are {', '.join(HEADINGS)}"
        if len(lines) > ADR_LINES:
            yield f"{path.name}: {len(lines)} lines, at most {ADR_LINES}"
        numbers.add(number)


def test_every_link_leads_somewhere():
    assert list(dead_links(ROOT)) == []


def test_every_stop_of_the_tour_is_there():
    assert list(lost_stops(ROOT)) == []


def test_every_decision_has_its_three_parts():
    assert list(unsound_decisions(ROOT)) == []


def test_the_documents_that_people_look_for_are_there():
    wanted = [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "README.zh-CN.md",
        "SECURITY.md",
        "docs/running.md",
        "docs/tour.md",
    ]

    assert [name for name in wanted if not (ROOT / name).is_file()] == []


def test_the_table_of_settings_is_complete():
    rows = [f"| `{one.name}` | {f'`{one.default}`' if one.default else '(empty)'} | {one.meaning} |" for one in VARIABLES]
    text = (ROOT / "docs/running.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `CLOSEKNIT_.*$", text, re.MULTILINE) == rows


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree with one document."""
    (tmp_path / "docs/adr").mkdir(parents=True)
    (tmp_path / "a.py").write_text("x = 1\ny = 2\n")
    return tmp_path


def test_a_dead_link_is_reported(tree: Path):
    (tree / "README.md").write_text("[here](a.py) [web](https://example.org/x) ![p](docs/images/x.png) [part](#part) [gone](b.py#L1)")

    assert list(dead_links(tree)) == ["README.md: docs/images/x.png is not there", "README.md: b.py#L1 is not there"]


def test_a_stop_that_moved_is_reported_with_where_it_is_now(tree: Path):
    (tree / "docs/tour.md").write_text("`a.py:1` `x =`, `a.py:1` `y =`, `a.py:3`, `b.py:1`, `a.py:2`\n`z`, `a.py:1` `z`")

    assert list(lost_stops(tree)) == [
        "docs/tour.md: a.py:1 does not hold 'y ='; line 2 does",
        "docs/tour.md: a.py:3 is not there",
        "docs/tour.md: b.py:1 is not there",
        "docs/tour.md: a.py:2 does not hold 'z'; line (none) does",
        "docs/tour.md: a.py:1 does not hold 'z'; line (none) does",
    ]


def test_an_unsound_decision_is_reported(tree: Path):
    (tree / "docs/adr/0001-good.md").write_text("# 1\n## Context\n## Decision\n## Consequences\n")
    (tree / "docs/adr/0001-same.md").write_text("# 1\n## Context\n## Decision\n" + "\n" * 60)

    assert list(unsound_decisions(tree)) == [
        "0001-same.md: named 0001-like-this.md, with a number of its own",
        "0001-same.md: the parts are ## Context, ## Decision, ## Consequences",
        "0001-same.md: 63 lines, at most 60",
    ]
