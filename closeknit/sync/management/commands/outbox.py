"""`closeknit outbox FILE…`: imports the outbox that a phone exported."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.ledger.wire import BadPush
from closeknit.sync.enrolment.outbox import Summary, bring, told
from closeknit.sync.models import Device

LINE = Text(
    "{file} ({device}): {new} new, {known} known, {refused} refused, {parked} wait for the register, {waiting} wait for a decision, "
    "{unreadable} cannot be opened",
    "{file}（{device}）：新收录 {new}，已有 {known}，拒收 {refused}，待底册登记 {parked}，待处理 {waiting}，无法打开 {unreadable}",
)
FAILED = Text("{n} files were not imported.", "{n} 个文件未导入。")
UNREAD = Text("The file cannot be read.", "文件无法读取。")


class Command(Speaking):
    """Imports outboxes."""

    summary = Text("Import the outbox that a phone exported to a file.", "导入手机导出的未上传记录文件。")
    example = "closeknit outbox closeknit-outbox-D-7K3M2-20261122.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files."""
        parser.add_argument("files", nargs="+", type=Path, help=str(Text("files that phones exported", "手机导出的文件")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports each; one bad file stops no other."""
        failed = 0
        for path in options["files"]:
            try:
                summary = told(bring(path.read_bytes(), by="command line", phones=Device.objects.all()))
            except (BadPush, OSError) as problem:
                failed += 1
                self.stderr.write(f"{path.name}: {problem.text if isinstance(problem, BadPush) else UNREAD}")
            else:
                self._say(path.name, summary)
        if failed:
            raise CommandError(str(FAILED.format(n=failed)))

    def _say(self, file: str, summary: Summary) -> None:
        figures = {name: getattr(summary, name) for name in ("device", "new", "known", "parked", "waiting", "unreadable")}
        self.stdout.write(str(LINE.format(file=file, refused=sum(count for _, count in summary.refused), **figures)))
        for text, count in summary.refused:
            self.stdout.write(f"  {count} × {text}")
