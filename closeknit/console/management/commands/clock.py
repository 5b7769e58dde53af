"""`closeknit clock`: does what is due by the clock, now or over and over: seals reports, then what each measure does."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from closeknit.console.manifest import ByClock, measures
from closeknit.kit import clock
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.reports.closing import seal_due

SECONDS = 30
LOG = logging.getLogger(__name__)


class Command(Speaking):
    """Watches the clock."""

    summary = Text(
        "Seal the reports whose cut-off has passed and send the notices that wait; without --once it goes on until it is stopped.",
        "封存已过截止时间的日报，发送待发通知；不加 --once 则持续运行。",
    )
    example = "closeknit clock --once"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, for cron; else a loop."""
        parser.add_argument("--once", action="store_true", help=str(Text("once, as from cron, then end", "只运行一次，供定时任务使用")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Does what is due; what fails in one measure stops no other."""
        while True:
            for sealed in seal_due(clock.now()):
                self.stdout.write(str(Text("Sealed: {area}, {day}", "已封存：{area}，{day}", area=sealed.area, day=sealed.day)))
            for measure in measures():
                for work in measure.by_clock:
                    self._do(measure.name, work)
            if options["once"]:
                return
            time.sleep(SECONDS)

    def _do(self, measure: str, work: ByClock) -> None:
        try:
            for line in work():
                self.stdout.write(str(line))
        except Exception:
            LOG.exception("by the clock: %s", measure)
