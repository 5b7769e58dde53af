"""Nothing grows beyond what one can read at a sitting: the table of sizes."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.structure.sources import ROOT, Source, files, sources

FOLDERS = ("closeknit", "tests", "scripts", "benchmarks")
LINES_OF_FILE, MOST_FILES = 400, 200
LINES_OF_FUNCTION, MOST_FUNCTIONS = 60, 25
PARAMETERS = 7
LINES_OF_TEMPLATE = 150
FILES_IN_FOLDER = 15
LINES_OF_MEASURE = 800

# "what": "why". The list gets shorter, not longer.
ALLOWED: dict[str, str] = {}


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a file, also those inside others."""
    yield from (node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines, without its decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many it takes, without self."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def long_python(root: Path) -> Iterator[tuple[str, str]]:
    """Files and functions that are too long, functions that take too much."""
    for source in sources(root, *FOLDERS):
        if len(source.lines) > LINES_OF_FILE:
            yield source.name, f"{len(source.lines)} lines, at most {LINES_OF_FILE}"
        fixture_friendly = source.is_test  # a test takes a fixture a parameter
        for function in functions(source):
            name = f"{source.name} {function.name}"
            if length(function) > LINES_OF_FUNCTION:
                yield name, f"{length(function)} lines, at most {LINES_OF_FUNCTION}"
            if parameters(function) > PARAMETERS and not fixture_friendly:
                yield name, f"{parameters(function)} parameters, at most {PARAMETERS}"


def long_templates(root: Path) -> Iterator[tuple[str, str]]:
    """Templates that are too long."""
    for path in files(root, "closeknit", "*.html"):
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES_OF_TEMPLATE:
            yield path.relative_to(root).as_posix(), f"{count} lines, at most {LINES_OF_TEMPLATE}"


def full_folders(root: Path) -> Iterator[tuple[str, str]]:
    """Folders with more files than one takes in at a glance."""
    held: dict[Path, int] = {}
    for folder in FOLDERS:
        for path in files(root, folder, "*"):
            if path.name != "__init__.py" and path.suffix != ".pyc":
                held[path.parent] = held.get(path.parent, 0) + 1
    for folder_path, count in held.items():
        if count > FILES_IN_FOLDER:
            yield folder_path.relative_to(root).as_posix(), f"{count} files, at most {FILES_IN_FOLDER}"


def heavy_measures(root: Path) -> Iterator[tuple[str, str]]:
    """Measures that should be two."""
    weights: dict[str, int] = {}
    for source in sources(root, "closeknit/measures"):
        parts = source.path.relative_to(root / "closeknit/measures").parts
        if len(parts) > 1 and not source.is_test:
            weights[parts[0]] = weights.get(parts[0], 0) + len(source.lines)
    for name, lines in weights.items():
        if lines > LINES_OF_MEASURE:
            yield f"closeknit/measures/{name}", f"{lines} lines without tests, at most {LINES_OF_MEASURE}"


def too_big(root: Path) -> list[str]:
    """Everything in a tree that is over a limit and has no reason for it."""
    found = [*long_python(root), *long_templates(root), *full_folders(root), *heavy_measures(root)]
    return sorted(f"{name}: {why}" for name, why in found if name not in ALLOWED)


def ninth_tenth(values: list[int]) -> int:
    """The value that nine of ten do not pass."""
    return sorted(values)[max(0, -(-len(values) * 9 // 10) - 1)]


def test_nothing_is_too_big():
    assert too_big(ROOT) == []


def test_nine_files_of_ten_are_short():
    assert ninth_tenth([len(source.lines) for source in sources(ROOT, "closeknit")]) <= MOST_FILES


def test_nine_functions_of_ten_are_short():
    assert ninth_tenth([length(function) for source in sources(ROOT, "closeknit") for function in functions(source)]) <= MOST_FUNCTIONS


def test_every_exception_is_still_needed():
    found = {name for name, _ in [*long_python(ROOT), *long_templates(ROOT), *full_folders(ROOT), *heavy_measures(ROOT)]}

    assert set(ALLOWED) - found == set()


def test_what_is_too_big_is_reported(tmp_path: Path):
    measure = tmp_path / "closeknit/measures/testing"
    (measure / "templates").mkdir(parents=True)
    (measure / "a.py").write_text("x = 1\n" * 401)
    (measure / "b.py").write_text("def long():\n" + "    x = 1\n" * 60 + "x = 1\n" * 339)
    (measure / "c.py").write_text("def wide(a, b, c, d, e, f, *, g, h): ...\n\n\ndef full(self, a, b, c, d, e, f, g): ...\n")
    (measure / "templates/list.html").write_text("<p>\n" * 151)
    for number in range(13):
        (measure / f"more{number}.py").write_text("")

    assert too_big(tmp_path) == [
        "closeknit/measures/testing/a.py: 401 lines, at most 400",
        "closeknit/measures/testing/b.py long: 61 lines, at most 60",
        "closeknit/measures/testing/c.py wide: 8 parameters, at most 7",
        "closeknit/measures/testing/templates/list.html: 151 lines, at most 150",
        "closeknit/measures/testing: 16 files, at most 15",
        "closeknit/measures/testing: 805 lines without tests, at most 800",
    ]


def test_nine_of_ten_may_not_pass_the_ninth_tenth():
    assert [ninth_tenth([*range(1, 11)]), ninth_tenth([1]), ninth_tenth([1, 2])] == [9, 1, 2]
