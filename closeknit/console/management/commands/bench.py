"""`closeknit bench NAME`: measures side by side with a peer, in one run."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from closeknit import environment
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text

FOLDER = Path(__file__).resolve().parents[4] / "benchmarks"
UNKNOWN = Text("There is no benchmark {name}. Choose one of: {names}.", "没有名为 {name} 的性能测试。可选：{names}。")
NONE = Text("Benchmarks come with a checkout of the project; there is none here.", "性能测试随项目源码提供，此处没有。")


def programs() -> dict[str, Path]:
    """The benchmarks of this checkout by name: the programs of its folder and those below it."""
    found = {path.stem.replace("_", "-"): path for path in FOLDER.glob("**/*.py") if "\ndef main()" in path.read_text(encoding="utf-8")}
    return dict(sorted(found.items()))


class Command(Speaking):
    """Runs the program in a process of its own: it makes a home and a database for itself and throws both away."""

    summary = Text("Measure speed side by side with a peer.", "与对照程序同机对比，测量速度。")
    example = "closeknit bench ingest --quick --json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, and how it prints; what else follows goes to the benchmark."""
        parser.add_argument("name", help=str(Text("one of {names}", "{names} 之一", names=", ".join(programs()))))
        parser.add_argument("--quick", action="store_true", help=str(Text("seconds instead of minutes", "只需数秒，仅作试运行")))
        parser.add_argument("--json", action="store_true", help=str(Text("a line of JSON", "输出一行 JSON")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs it; its exit code is ours."""
        if not FOLDER.is_dir():
            raise CommandError(str(NONE))
        program = programs().get(options["name"])
        if program is None:
            raise CommandError(str(UNKNOWN.format(name=options["name"], names=", ".join(programs()))))
        flags = [f"--{flag}" for flag in ("quick", "json") if options[flag]]
        clean = {name: value for name, value in os.environ.items() if name not in {each.name for each in environment.VARIABLES}}
        done = subprocess.run([sys.executable, program, *flags], env=clean, check=False)
        if done.returncode:
            sys.exit(done.returncode)
