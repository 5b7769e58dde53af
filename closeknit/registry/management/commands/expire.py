"""`closeknit expire`: destroys by class what the policy pack says is over, records and the files of imports alike."""

from argparse import ArgumentParser
from typing import Any

from closeknit.access import trail
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.ledger.expiry import expire
from closeknit.registry.review import uploads

FILES = "uploads"
READINGS = Text("readings: {n} before {until}", "查阅记录：{until} 之前 {n} 条")


class Command(Speaking):
    """Destroys what is over; tallies and sealed reports stay."""

    summary = Text("Destroy, by class, the records that the policy pack says are over.", "按类别销毁保存期满的记录。")
    example = "closeknit expire --dry\ncloseknit expire --class whereabouts"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which class, and whether only to count."""
        parser.add_argument("--class", dest="only", default="", help=str(Text("only this retention class", "仅此保存类别")))
        parser.add_argument("--dry", action="store_true", help=str(Text("count, destroy nothing", "只统计，不销毁")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints a line a class."""
        line = Text("{retention}: {n} record{n:s} before {until}", "{retention}：{until} 之前 {n} 条")
        for each in expire(only=options["only"], dry=options["dry"]):
            if each.retention != FILES:
                self.stdout.write(str(line.format(retention=each.retention, n=each.events, until=each.until.isoformat())))
            if each.retention == "audit":
                readings = trail.expire(each.until, dry=options["dry"])
                self.stdout.write(str(READINGS.format(n=readings, until=each.until.isoformat())))
        if options["only"] in ("", FILES):
            self.stdout.write(str(Text("{n} import{n:s} with files", "名册文件：{n} 次导入", n=uploads.expire(dry=options["dry"]))))
