"""Which kinds, screens and tests fulfil each requirement: read from the tests that carry its id (`test_grd_05_…` carries GRD-05).

scripts/requirements.py             a line an id, and its tests
scripts/requirements.py --write     docs/requirements.md
"""

import ast
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten

ROOT = Path(__file__).resolve().parents[1]
TABLE, PAGE = ROOT / "docs/requirements.txt", ROOT / "docs/requirements.md"
LINE = re.compile(r"^([A-Z]{1,3}-\d\d)  (.+)$")
NOT_YET = re.compile(r"^ +not yet: (.+)$")
ALSO = re.compile(r"^ +also: (.+)$")  # kinds and screens that its tests do not speak of by name
HEADING = re.compile(r"^# ([A-R]\. .+)$")
WORD = re.compile(r"[\"']([a-z_]+\.[a-z_]+)[\"']")
TESTS = ("closeknit", "tests")
MOST = 4  # tests of one requirement that are named; of more the number is said


@dataclass
class Requirement:
    """One line of the table, and what was found of it."""

    code: str
    sentence: str
    table: str
    reason: str = ""
    tests: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)


def requirements(text: str) -> dict[str, Requirement]:
    """The ids of the table with their sentences, in its order; why what is not made yet is not."""
    found: dict[str, Requirement] = {}
    table = ""
    for line in text.splitlines():
        if match := HEADING.match(line):
            table = match[1]
        elif match := LINE.match(line):
            found[match[1]] = Requirement(match[1], match[2], table)
        elif (match := NOT_YET.match(line)) and found:
            found[next(reversed(found))].reason = match[1]
        elif (match := ALSO.match(line)) and found:
            found[next(reversed(found))].words |= set(match[1].split())
    return found


def tests_in(root: Path) -> Iterator[tuple[str, str, str]]:
    """Every test function: its file, its name, its text."""
    for folder in TESTS:
        for path in sorted((root / folder).rglob("test_*.py")):
            text = path.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield path.relative_to(root).as_posix(), node.name, ast.get_source_segment(text, node) or ""


def carry(wanted: Mapping[str, Requirement], tests: Sequence[tuple[str, str, str]]) -> None:
    """Gives each requirement the tests that carry its id, the names that they speak of and the measures in whose folders they lie."""
    ids = {code: re.compile(rf"(^|_){code.lower().replace('-', '_')}(_|$)") for code in wanted}
    for file, name, text in tests:
        for code, pattern in ids.items():
            if pattern.search(name):
                wanted[code].tests.append(f"{file}::{name}")
                wanted[code].words |= set(WORD.findall(text))
                wanted[code].measures |= set(re.findall(r"^closeknit/measures/([a-z]+)/", file))


def row(one: Requirement, kinds: Mapping[str, str], screens: Mapping[str, tuple[str, str, bool]]) -> str:
    """The line of the page: id, requirement, kinds, screens, tests. kinds: by name the measure that declares it;
    screens: by name the measure, what it is called, and whether the menu leads there."""
    said = sorted(one.words & set(kinds))
    about = one.measures | {kinds[each] for each in said}
    shown = sorted({screens[each][1] for each in one.words & set(screens)})
    shown = shown or sorted({label for measure, label, in_menu in screens.values() if measure in about and in_menu})
    shown = shown or sorted({label for measure, label, _ in screens.values() if measure in one.measures})
    kinds_of = said or sorted(name for name, measure in kinds.items() if measure in one.measures)
    tests = [f"`{each}`" for each in one.tests[:MOST]] + ([f"and {len(one.tests) - MOST} more"] if len(one.tests) > MOST else [])
    cells = (one.code, one.sentence, _few(kinds_of, "`{}`"), _few(shown, "{}"), "<br>".join(tests) or f"**not yet**: {one.reason}")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _few(names: Sequence[str], shape: str) -> str:
    return ", ".join(shape.format(each) for each in names[:MOST]) + (" …" if len(names) > MOST else "")


def declared() -> tuple[dict[str, str], dict[str, tuple[str, str, bool]]]:
    """The kinds and the screens of Closeknit, each with the folder of its measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeknit.settings")
    import django

    django.setup()
    from closeknit.console.manifest import screens
    from closeknit.ledger.kinds import kinds

    by_kind = {kind.name: _folder(kind.said.__module__) for kind in kinds().values()}
    by_screen = {
        one.name: (
            _folder(getattr(one.view, "func", one.view).__module__),
            ((one.menu and one.menu.label) or one.title).en,
            one.menu is not None,
        )
        for one in screens()
    }
    return by_kind, by_screen


def unknown(text: str) -> list[str]:
    """The words after `also:` that are neither a kind nor a screen."""
    kinds, screens = declared()
    said = [word for line in text.splitlines() if (match := ALSO.match(line)) for word in match[1].split()]
    return [word for word in said if word not in {*kinds, *screens}]


def _folder(module: str) -> str:
    _, _, inside = module.partition("closeknit.")
    return inside.removeprefix("measures.").partition(".")[0]


def page(wanted: Mapping[str, Requirement]) -> str:
    """docs/requirements.md."""
    kinds, screens = declared()
    met = sum(1 for one in wanted.values() if one.tests)
    lines = [
        "# What is asked of Closeknit, and what shows it", "",
        "Made by `python scripts/requirements.py --write` from the tests that carry an id; `pytest -k GRD_04` runs those of one.",
        f"{met} of {len(wanted)} requirements have a test; of the others it is said why not.",
    ]  # fmt: skip
    table = ""
    for one in wanted.values():
        if one.table != table:
            table = one.table
            lines += ["", f"## {table}", "", "| id | requirement | kinds | screens | tests |", "|---|---|---|---|---|"]
        lines.append(row(one, kinds, screens))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Prints each id with its tests, or writes the page."""
    wanted = requirements(TABLE.read_text(encoding="utf-8"))
    carry(wanted, list(tests_in(ROOT)))
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(wanted), encoding="utf-8")
        return
    for one in wanted.values():
        print(f"{one.code}  {shorten(one.sentence, 110)}")
        print("\n".join(f"        {name}" for name in one.tests) or f"        no test: {one.reason or 'no reason is given'}")
    print(f"{sum(1 for one in wanted.values() if one.tests)} of {len(wanted)} have a test.")


if __name__ == "__main__":
    main()
