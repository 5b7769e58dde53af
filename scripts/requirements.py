"""Which tests carry which requirement: reads docs/requirements.txt and the names of all tests, and prints one line an id."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs/requirements.txt"
LINE = re.compile(r"^([A-Z]{1,3}-\d\d)  (.+)$")


def requirements(text: str) -> dict[str, str]:
    """The ids of the table with their sentences, in its order."""
    return {match[1]: match[2] for line in text.splitlines() if (match := LINE.match(line))}


def carried(names: Iterable[str], ids: Iterable[str]) -> dict[str, list[str]]:
    """The tests that carry each id: `test_grd_05_…` carries GRD-05; a test of several cases stands once."""
    tests: dict[str, list[str]] = {each: [] for each in ids}
    for name in names:
        plain = name.partition("[")[0].strip()
        function = plain.rpartition("::")[2].lower()
        for each, found in tests.items():
            if re.search(rf"(^|_){each.lower().replace('-', '_')}(_|$)", function) and plain not in found:
                found.append(plain)
    return tests


def collected() -> list[str]:
    """The names of all tests of the project."""
    asked = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    asked.append("--override-ini=addopts=--import-mode=importlib")
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return [line for line in answer.stdout.splitlines() if "::" in line]


def main() -> None:
    """Prints each id with its tests, or that it has none."""
    wanted = requirements(TABLE.read_text(encoding="utf-8"))
    tests = carried(collected(), wanted)
    for each, sentence in wanted.items():
        print(f"{each}  {shorten(sentence, 110)}")
        print("\n".join(f"        {name}" for name in tests[each]) or "        no test")
    print(f"{sum(1 for found in tests.values() if found)} of {len(wanted)} have a test.")


if __name__ == "__main__":
    main()
