"""`closeknit clock`: does what is due by the clock, now or over and over: seals the reports whose cut-off has passed."""

import time
from argparse import ArgumentParser
from typing import Any

from closeknit.kit import clock
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.reports.closing import seal_due

SECONDS = 30


class Command(Speaking):
    """Watches the clock."""

    summary = Text(
        "Seal the reports whose cut-off has passed; without --once it goes on until it is stopped.",
        "封存已过截止时间的日报；不加 --once 则持续运行。",
    )
    example = "closeknit clock --once"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, for cron; else a loop."""
        parser.add_argument("--once", action="store_true", help=str(Text("once, as from cron, then end", "只运行一次，供定时任务使用")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Seals what is due."""
        while True:
            for sealed in seal_due(clock.now()):
                self.stdout.write(str(Text("Sealed: {area}, {day}", "已封存：{area}，{day}", area=sealed.area, day=sealed.day)))
            if options["once"]:
                return
            time.sleep(SECONDS)
