"""`closeknit docs`: writes the page of each kind of record from its declaration."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from closeknit.console.records.docs import write
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text


class Command(Speaking):
    """Writes docs/kinds."""

    summary = Text("Write a page of the docs for each kind of record.", "按声明生成每类记录的说明页。")
    example = "closeknit docs docs/kinds"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument(
            "folder", type=Path, nargs="?", default=Path("docs/kinds"), help=str(Text("the folder to write to", "输出目录"))
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes, and says how many."""
        number = write(options["folder"])
        self.stdout.write(str(Text("{n} page{n:s} written to {folder}.", "已写入 {n} 页到 {folder}。", n=number, folder=options["folder"])))
