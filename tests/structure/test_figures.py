"""Every kind and figure stands in the text, and other hands than the code's have reckoned every figure."""

import importlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

from closeknit.ledger.kinds import kinds
from closeknit.reports.figures import sections
from tests.reckoning.asking import WINDOWS
from tests.reckoning.book import Asked, Book
from tests.structure.sources import ROOT
from tests.town import TOWN

TEXT = "docs/field-records.md"
NAME = re.compile(r"[a-z]+\.[a-z_.]+")  # a part in capitals stands for what the records bring
MEDIA = {f"outreach.{medium}" for medium in ("banner", "poster", "notice", "leaflet")}  # outreach.MEDIUM of the contract
# A figure that nobody else can reckon, and why.
BY_THE_CODE_ALONE: dict[str, str] = {}


def registered() -> list[str]:
    """The figures that the code gives by a name of their own."""
    return [figure.name for one in sections() for figure in one.figures]


def named(heading: str) -> Iterator[str]:
    """The names in the first column of those tables of the text that have this heading over it."""
    in_table = False
    for line in (ROOT / TEXT).read_text(encoding="utf-8").splitlines():
        is_heading = line.startswith(f"| {heading} |")
        in_table = is_heading or (in_table and line.startswith("|"))
        if in_table and not is_heading:
            yield from filter(NAME.fullmatch, line.split("|")[1].replace(",", " ").split())


@cache
def reckonings() -> list[ModuleType]:
    """The modules that reckon figures from the text."""
    paths = sorted((ROOT / "tests/reckoning").rglob("test_*.py"))
    return [importlib.import_module(path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")) for path in paths]


@cache
def by_other_hands() -> set[str]:
    """The figures that a reckoning gives, and those of the scenarios' expected figures that are anything but nothing."""
    nothing_said, asked = Book([]), Asked(TOWN, *WINDOWS[0], None)
    names = {name for module in reckonings() for name in module.reckon(nothing_said, asked)}
    for path in ROOT.glob("demo/*/expected.json"):
        for each in json.loads(path.read_text(encoding="utf-8"))["figures"]:
            names |= {name for name, value in each["figures"].items() if value}
    return names


def unreckoned(names: Iterable[str]) -> list[str]:
    """Those that no other hands have reckoned, and that have no reason."""
    return sorted(set(names) - by_other_hands() - set(BY_THE_CODE_ALONE))


def test_the_text_and_the_code_name_the_same_figures():
    assert sorted([*named("figure"), *MEDIA]) == sorted(registered())


def test_the_text_and_the_code_name_the_same_kinds():
    assert set(named("kind")) == set(kinds())


def test_every_figure_is_reckoned_by_other_hands():
    assert unreckoned(registered()) == [], f"Reckon it from {TEXT} in tests/reckoning; see test_care.py there."
    assert unreckoned(["care.visits", "care.invented"]) == ["care.invented"]


def test_every_section_whose_figures_follow_from_records_is_reckoned():
    asked_for = {name for module in reckonings() for name in getattr(module, "SECTIONS", ())}

    assert {one.name for one in sections() if one.dynamic} <= asked_for
