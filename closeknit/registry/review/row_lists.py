"""What the commands `parked` and `doubtful` share: rows as file, sheet, row and reason."""

import json
from argparse import ArgumentParser
from typing import Any, ClassVar

from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.registry.models import RosterRow


class RowList(Speaking):
    """Lists the current rows of one status; never what stands in their cells."""

    status: ClassVar[RosterRow.Status]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json for programs."""
        parser.add_argument(
            "--json",
            action="store_true",
            help=str(Text("print JSON: [file, sheet or null, row, reason]", "输出 JSON：[文件, 工作表或 null, 行, 原因]")),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the rows in the order of their files."""
        rows = (
            RosterRow.objects.current()
            .filter(status=self.status)
            .order_by("file", "sheet", "row")
            .values_list("file", "sheet", "row", "reason")
        )
        if options["json"]:
            self.stdout.write(json.dumps([list(row) for row in rows], ensure_ascii=False))
            return
        for file, sheet, row, reason in rows:
            self.stdout.write(f"{file}\t{sheet or ''}\t{row}\t{reason}")
        self.stdout.write(str(Text("{n} row{n:s}.", "共 {n} 行。", n=len(rows))))
