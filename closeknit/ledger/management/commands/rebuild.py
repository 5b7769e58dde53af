"""`closeknit rebuild`: throws projections and tallies away and works them out again from the ledger."""

from typing import Any

from django.db import transaction

from closeknit.kit.command import Speaking
from closeknit.kit.progress import Bars
from closeknit.kit.text import Text
from closeknit.ledger import tallies
from closeknit.ledger.projections import projections
from closeknit.ledger.record import lock, rejudge


class Command(Speaking):
    """Rebuilds; what stands afterwards equals what stood."""

    summary = Text(
        "Work out all projections and tallies again from the ledger; judge again what waits.",
        "从台账重新计算全部汇总数据，并重新判定等待中的记录。",
    )
    example = "closeknit rebuild"

    def handle(self, *args: Any, **options: Any) -> None:
        """What waits for a code that is known by now, one projection after the other, then the tallies, while nobody writes."""
        every = projections()
        with Bars() as bars, transaction.atomic():
            lock()
            woken = rejudge()
            for number, each in enumerate(every, 1):
                each.rebuild()
                bars.show("projections", number, len(every))
            tallies.rebuild()
        self.stdout.write(str(Text("{n} projection{n:s} rebuilt.", "已重建 {n} 个汇总表。", n=len(every))))
        if woken:
            self.stdout.write(str(Text("{n} record{n:s} that waited now accepted.", "{n} 条等待中的记录现已接受。", n=woken)))
