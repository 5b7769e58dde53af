"""Arrows go down only: measures, console and sync, reports, campaigns, registry, ledger, policy, access, areas, kit."""

from pathlib import Path

import pytest

from tests.structure import imports
from tests.structure.sources import ROOT, sources

# "file module": "why". The list gets shorter, not longer.
ALLOWED: dict[str, str] = {}


def broken(root: Path) -> list[str]:
    """Everything in a tree that breaks the map."""
    measures = {path.name for path in (root / "closeknit/measures").glob("[a-z]*") if path.is_dir()}
    wrong: list[str] = []
    arrows: dict[str, set[str]] = {}
    for source in sources(root, "closeknit"):
        if source.is_test or source.module == "closeknit":
            continue
        wrong += imports.late_imports(source)
        for use in imports.uses(source, measures):
            wrong += filter(None, [imports.forbidden(use, source, ALLOWED)])
            here, there = source.module.split("."), use.module.split(".")
            if here[1] == there[1] == "measures" and len(here) > 2 and len(there) > 2 and here[2] != there[2]:
                arrows.setdefault(here[2], set()).add(there[2])
    return sorted(set(wrong)) + [f"measure {name} leans on itself by way of others" for name in imports.rings(arrows)]


def test_the_import_map_holds():
    assert broken(ROOT) == []


FORBIDDEN = {
    "an import upwards": ("ledger/x.py", "from closeknit.registry import models", "closeknit.registry.models: arrows go down only"),
    "an import of the package itself": ("kit/x.py", "from closeknit import areas", "closeknit.areas: arrows go down only"),
    "a relative import": ("areas/x.py", "from ..access import roles", "closeknit.access.roles: arrows go down only"),
    "a neighbour": ("sync/x.py", "import closeknit.console.page", "closeknit.console.page: arrows go down only"),
    "import_module": ("ledger/x.py", 'import_module("closeknit.sync.push")', "closeknit.sync.push: arrows go down only"),
    "a module's name put together": ("ledger/x.py", 'name = f"closeknit.measures.{name}.kinds"', "closeknit.measures: arrows go down only"),
    "a foreign key": ("areas/x.py", 'owner = models.ForeignKey("access.Account")', "closeknit.access.models: arrows go down only"),
    "the account's setting": ("areas/x.py", "a = ForeignKey(settings.AUTH_USER_MODEL)", "closeknit.access.models: arrows go down only"),
    "a many-to-many": ("ledger/x.py", 'm = ManyToManyField(to="testing.Tube")', "closeknit.measures.testing.models: arrows go down only"),
    "get_model": ("policy/x.py", 'get_model("ledger", "Event")', "closeknit.ledger.models: arrows go down only"),
    "the settings": ("ledger/x.py", "from closeknit.settings import MEASURES", "closeknit.settings.MEASURES: arrows go down only"),
    "a package off the map": ("core/x.py", "from closeknit.core import y", "closeknit.core.y: core has no place in the map"),
    "another measure's rules": (
        "measures/doorknock/x.py",
        "from closeknit.measures.testing.rules import due",
        "closeknit.measures.testing.rules.due: of another measure only kinds.py may be imported",
    ),
}


@pytest.mark.parametrize(("file", "line", "complaint"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_forbidden_arrow_is_reported(tmp_path: Path, file: str, line: str, complaint: str):
    (tmp_path / "closeknit/measures/testing").mkdir(parents=True)
    path = tmp_path / "closeknit" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)

    assert broken(tmp_path) == [f"closeknit/{file}:1 leans on {complaint}"]


ALL_WELL = {
    "an import downwards": ("ledger/x.py", "from closeknit.kit.text import Text"),
    "its own package": ("ledger/x.py", "from closeknit.ledger import kinds"),
    "another measure's kinds": ("measures/doorknock/x.py", "from closeknit.measures.testing.kinds import Sampled"),
    "a model of Django": ("ledger/x.py", 'group = ForeignKey("auth.Group")'),
    "a model of the same file": ("ledger/x.py", 'parent = ForeignKey("self")\nother = ForeignKey("Event")'),
    "a test": ("kit/tests/test_x.py", "from closeknit.registry import models"),
    "a late import with its reason": ("kit/x.py", "def f():\n    import re  # slow to load"),
}


@pytest.mark.parametrize(("file", "line"), ALL_WELL.values(), ids=ALL_WELL)
def test_what_is_allowed_is_not_reported(tmp_path: Path, file: str, line: str):
    path = tmp_path / "closeknit" / file
    path.parent.mkdir(parents=True)
    path.write_text(line)

    assert broken(tmp_path) == []


def test_measures_that_know_each_other_in_a_ring_are_reported(tmp_path: Path):
    for here, there in (("testing", "tracing"), ("tracing", "lists"), ("lists", "testing"), ("care", "lists")):
        folder = tmp_path / "closeknit/measures" / here
        folder.mkdir(parents=True)
        (folder / "rules.py").write_text(f"from closeknit.measures.{there}.kinds import Seen")

    assert broken(tmp_path) == [f"measure {name} leans on itself by way of others" for name in ("lists", "testing", "tracing")]


def test_a_late_import_without_a_reason_is_reported(tmp_path: Path):
    path = tmp_path / "closeknit/kit/x.py"
    path.parent.mkdir(parents=True)
    path.write_text("def f():\n    import re\n")

    assert [complaint.split(": ")[0] for complaint in broken(tmp_path)] == ["closeknit/kit/x.py:2"]
