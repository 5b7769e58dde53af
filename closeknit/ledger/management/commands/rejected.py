"""`closeknit rejected`: the records that were rejected, conflict or wait."""

import json
from argparse import ArgumentParser
from typing import Any

from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.ledger.models import Refusal


class Command(Speaking):
    """Lists the ids; never what the records say."""

    summary = Text("List the records that were rejected, conflict or wait.", "列出被拒、冲突或等待中的记录。")
    example = "closeknit rejected --json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json for programs."""
        parser.add_argument("--json", action="store_true", help=str(Text("print the ids as JSON", "以 JSON 输出编号")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the ids, sorted; with their status, field and reason where a person reads."""
        rows = Refusal.objects.exclude(status=Refusal.Status.SETTLED).order_by("event_id", "received_at")
        if options["json"]:
            self.stdout.write(json.dumps(sorted({row.event_id for row in rows})))
            return
        for row in rows:
            self.stdout.write(f"{row.event_id}\t{row.status}\t{row.field}\t{row.reason}")
        self.stdout.write(str(Text("{n} record{n:s}.", "共 {n} 条。", n=len(rows))))
