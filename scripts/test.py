"""Runs all that a change has to pass, or the parts that are named: style types field sqlite postgresql browser.

What follows -- goes to pytest:

scripts/test.py                                everything
scripts/test.py style types                    two parts
scripts/test.py postgresql -- closeknit/ledger -k twice
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHROMIUM_NEEDS = ("chromium", "fonts-noto-cjk", "libatomic1", "libfaketime")  # the driver's own Node, and a server of a week ago


def run(*command: str | Path, **environment: str) -> tuple[bool, str]:
    """Runs a command, showing what it prints; whether it went well, and its last line."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    last = ""
    for line in process.stdout or ():
        sys.stdout.write(line)
        sys.stdout.flush()
        last = line.strip() or last
    return process.wait() == 0, last


def debian(*packages: str) -> None:
    """Sees that Debian's packages are there; stops with what to type where they cannot be installed."""
    if subprocess.run([ROOT / "scripts/debian.sh", *packages]).returncode:
        raise SystemExit(1)


def style(_: list[str]) -> tuple[bool, str]:
    """ruff: rules and layout."""
    rules, _last = run(BIN / "ruff", "check", ".")
    layout, _last = run(BIN / "ruff", "format", "--check", ".")
    return rules and layout, "clean" if rules and layout else "type: .venv/bin/ruff check --fix . && .venv/bin/ruff format ."


def types(_: list[str]) -> tuple[bool, str]:
    """mypy, strict on the core."""
    with tempfile.TemporaryDirectory(prefix="closeknit-types-") as home:
        return run(BIN / "mypy", CLOSEKNIT_HOME=home)


def field(_: list[str]) -> tuple[bool, str]:
    """The field app: its types, its own tests, and that it can be built."""
    return run(ROOT / "scripts/field.sh", "check")


def pytest(marker: str, arguments: list[str], **environment: str) -> tuple[bool, str]:
    """pytest for the tests of an expression of markers; on two cores where everything is asked for."""
    # Walks differ by minutes: the longest begin first, and whoever is idle takes the next one.
    # Elsewhere a file goes whole, the heavy ones of tests/ first.
    shared = (
        ["2", "--dist", "load", "--maxschedchunk", "1"] if marker == "browser" else ["2", "--dist", "loadscope", "--no-loadscope-reorder"]
    )
    both_cores = [] if arguments else ["-n", *shared]
    return run(BIN / "pytest", "-m", marker, *both_cores, *arguments, PYTHONUNBUFFERED="1", **environment)


def sqlite(arguments: list[str]) -> tuple[bool, str]:
    """All tests but the browser's, on a SQLite file."""
    os.environ.pop("CLOSEKNIT_DATABASE_URL", None)
    return pytest("not browser", arguments)


def postgresql(arguments: list[str]) -> tuple[bool, str]:
    """All tests that touch the database, on a PostgreSQL that is started for them; on that of CLOSEKNIT_TEST_POSTGRESQL where it is set."""
    given = os.environ.get("CLOSEKNIT_TEST_POSTGRESQL")
    if not given and postgres.programs() is None:
        debian("postgresql")
    with nullcontext(given) if given else postgres.server() as url:
        return pytest("not browser" if arguments else "not browser and not either", arguments, CLOSEKNIT_DATABASE_URL=url)


def browser(arguments: list[str]) -> tuple[bool, str]:
    """Walks in Chromium, on SQLite."""
    os.environ.pop("CLOSEKNIT_DATABASE_URL", None)
    if shutil.which("apt-get"):
        debian(*(CHROMIUM_NEEDS[1:] if "CLOSEKNIT_CHROMIUM" in os.environ else CHROMIUM_NEEDS))
    return pytest("browser", arguments)


PARTS: dict[str, Callable[[list[str]], tuple[bool, str]]] = {
    "style": style,
    "types": types,
    "field": field,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "browser": browser,
}


def main(words: list[str]) -> int:
    """Runs the parts that are named, all where none is; the exit code."""
    cut = words.index("--") if "--" in words else len(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    names, arguments = words[:cut] or list(PARTS), words[cut + 1 :]
    if unknown := [name for name in names if name not in PARTS]:
        print(f"There is no part {', '.join(unknown)}. The parts are: {' '.join(PARTS)}.")
        return 2
    outcome = {}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # servers that the tests start again and again are compiled once
    with tempfile.TemporaryDirectory(prefix="closeknit-compiled-") as compiled:
        os.environ["PYTHONPYCACHEPREFIX"] = compiled
        for name in names:
            print(f"\n── {name}: {PARTS[name].__doc__}", flush=True)
            began = time.monotonic()
            well, last = PARTS[name](arguments)
            outcome[name] = well, f"{re.sub(r'^=+ | =+$', '', last)}  [{time.monotonic() - began:.0f} s]"
    print("\n── all in all")
    for name, (well, last) in outcome.items():
        print(f"{'passed' if well else 'FAILED'}  {name:<10}  {last}")
    return 0 if all(well for well, _ in outcome.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
