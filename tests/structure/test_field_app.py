"""The field app keeps its layers, its sizes and both languages; what a page must not do stands nowhere in it."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.sources import ROOT, files
from tests.structure.wording import complaint

APP = "field/src"
LAYERS = {"kit": 0, "store": 1, "sync": 2, "work": 3, "parts": 4, "scan": 5, "forms": 5, "screens": 6}  # each imports those below it
COLUMNS = 160
LINES = 300
LINES_OF_FUNCTION = 60
NOWHERE = ("innerHTML", "dangerouslySetInnerHTML", "console.", "eval(", "document.write")
ASKS_THE_SERVER = "sync/api.ts"

# "what": "why". The list gets shorter, not longer.
LONG_FUNCTIONS: dict[str, str] = {}

IMPORT = re.compile(r'(?:from|import) "(\.[^"]+)"')
FUNCTION = re.compile(r"(?:export )?(?:async )?function (\w+)")
TEXT = re.compile(
    r"""(?<![\w.])t\(\s*
    (?P<en>"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)\s*,\s*
    (?P<zh>"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)""",
    re.VERBOSE,
)
FILLED_IN = re.compile(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def app(root: Path) -> Iterator[tuple[str, str]]:
    """The app's files by their path below src, with their text."""
    for pattern in ("*.ts", "*.tsx"):
        for path in files(root, APP, pattern):
            yield path.relative_to(root / APP).as_posix(), path.read_text(encoding="utf-8")


def too_long(name: str, text: str) -> Iterator[str]:
    """Lines, functions and files beyond what one reads at a sitting."""
    lines = text.splitlines()
    if len(lines) > LINES:
        yield f"{name}: {len(lines)} lines, at most {LINES}"
    begun: tuple[str, int] | None = None
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield f"{name}:{number}: {len(line)} columns, at most {COLUMNS}"
        if found := FUNCTION.match(line):
            begun = (found[1], number)
        if line == "}" and begun:
            length = number - begun[1] + 1
            if length > LINES_OF_FUNCTION and f"{name} {begun[0]}" not in LONG_FUNCTIONS:
                yield f"{name} {begun[0]}: {length} lines, at most {LINES_OF_FUNCTION}"
            begun = None


def upward(name: str, text: str) -> Iterator[str]:
    """Imports of a layer from one above it, or beside it."""
    layer = name.split("/")[0]
    if layer not in LAYERS:
        return
    for found in IMPORT.findall(text):
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), found)).split("/")[0]
        if other != layer and LAYERS.get(other, -1 if other == "style" else 99) >= LAYERS[layer]:
            yield f"{name}: {layer} imports {found}"


def one_sided(name: str, text: str) -> Iterator[str]:
    """Texts that say nothing, or the wrong thing, in one of the languages. What is filled in by the code is not looked at."""
    for found in TEXT.finditer(text):
        en, zh = (FILLED_IN.sub("0", found[side][1:-1]) for side in ("en", "zh"))
        if "`" in (found["en"][0], found["zh"][0]):  # the code fills in what has a name in the other one
            en, zh = (re.sub(r"\{\w*\}", "0", side) for side in (en, zh))
        if wrong := complaint(en, zh):
            yield f"{name}: {wrong}"


def forbidden(name: str, text: str) -> Iterator[str]:
    """What no part of the app may do, and what only one may."""
    for word in NOWHERE:
        if word in text:
            yield f"{name}: {word}"
    if re.search(r"(?<![\w.])fetch\(|XMLHttpRequest|sendBeacon|WebSocket|EventSource", text) and name != ASKS_THE_SERVER:
        yield f"{name}: only {ASKS_THE_SERVER} asks the server"


def without_a_word(name: str, text: str) -> Iterator[str]:
    """Files that do not say in their first line what is in them."""
    if not text.startswith("// ") and not name.endswith(".d.ts"):
        yield f"{name}: the first line says what is in the file"


CHECKS = (too_long, upward, one_sided, forbidden, without_a_word)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.__name__))
def test_the_field_app_is_in_order(check):
    assert [complaint for name, text in app(ROOT) for complaint in check(name, text)] == []


def test_every_exception_is_still_needed():
    long = {
        f"{name} {found[1]}"
        for name, text in app(ROOT)
        for found in re.finditer(r"^(?:export )?(?:async )?function (\w+).*?^\}$", text, re.MULTILINE | re.DOTALL)
        if found[0].count("\n") + 1 > LINES_OF_FUNCTION
    }

    assert long == set(LONG_FUNCTIONS)


@pytest.mark.parametrize(
    ("check", "name", "text", "wrong"),
    [
        (too_long, "kit/x.ts", "x" * 161, ["kit/x.ts:1: 161 columns, at most 160"]),
        (too_long, "kit/x.ts", "x\n" * 301, ["kit/x.ts: 301 lines, at most 300"]),
        (too_long, "kit/x.ts", "export function one() {\n" + "x\n" * 59 + "}", ["kit/x.ts one: 61 lines, at most 60"]),
        (upward, "store/x.ts", 'import { a } from "../work/a";', ["store/x.ts: store imports ../work/a"]),
        (upward, "scan/x.ts", 'import { a } from "../forms/a";', ["scan/x.ts: scan imports ../forms/a"]),
        (upward, "screens/doors/x.ts", 'import { a } from "../../App";', ["screens/doors/x.ts: screens imports ../../App"]),
        (upward, "screens/doors/x.ts", 'import "../../style/a.css";\nimport { a } from "../gate/a";\nimport { b } from "../../kit/b";', []),
        (one_sided, "x.ts", 't("Door", "门")', []),
        (one_sided, "x.ts", 't(\n  "Door",\n  "Door",\n)', ["x.ts: 'Door': the Chinese text has no Chinese in it"]),
        (one_sided, "x.ts", 't("门", "门")', ["x.ts: '门': the English text has Chinese in it"]),
        (one_sided, "x.ts", 't("", "门")', ["x.ts: '门': one language is empty"]),
        (one_sided, "x.ts", 't("{n} doors", "门")', ["x.ts: '{n} doors': {n} stands in one language only"]),
        (one_sided, "x.ts", 't(`${name}: {n} doors`, "{n} 户", { n })', []),
        (one_sided, "x.ts", 't(`${several(n, "a", "b")} doors`, `${n} doors`)', ["x.ts: '0 doors': the Chinese text has no Chinese in it"]),
        (forbidden, "x.ts", "a.innerHTML = b", ["x.ts: innerHTML"]),
        (forbidden, "x.ts", "await fetch(a)", ["x.ts: only sync/api.ts asks the server"]),
        (forbidden, "sync/api.ts", "await fetch(a)", []),
        (without_a_word, "x.ts", 'import "a";', ["x.ts: the first line says what is in the file"]),
    ],
)
def test_what_is_wrong_with_a_file(check, name: str, text: str, wrong: list[str]):
    assert list(check(name, text)) == wrong
