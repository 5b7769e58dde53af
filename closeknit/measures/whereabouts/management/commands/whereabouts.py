"""`closeknit whereabouts`: brings the encrypted whereabouts files up to date with the ledger."""

from argparse import ArgumentParser
from typing import Any

from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.measures.whereabouts.writing import write_new

DONE = Text("Written: {days} day{days:s}, {n} row{n:s}", "已写入 {days} 天、{n} 条")


class Command(Speaking):
    """Writes what is new; the clock does the same over and over."""

    summary = Text(
        "Write what is new of the ledger's whereabouts to the encrypted files by day that tracing reads.",
        "将新的行踪记录按日写入加密文件，供流调追踪使用。",
    )
    example = "closeknit whereabouts\ncloseknit whereabouts --anew"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether all is written again."""
        again = Text("throw the files away and write all of them again (their keys are lost, say)", "删除现有文件并全部重写（如密钥丢失）")
        parser.add_argument("--anew", action="store_true", help=str(again))

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes, and says how much."""
        done = write_new(anew=options["anew"])
        self.stdout.write(str(DONE.format(n=done.entries, days=done.days)))
