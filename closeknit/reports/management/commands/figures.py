"""`closeknit figures`: the figures of an area and a window."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError

from closeknit.areas.models import Area
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.reports.figures import Question, figures, sections


class Command(Speaking):
    """Prints figures."""

    summary = Text("Print the figures of an area and a window.", "输出某地区某时段的各项数据。")
    example = (
        "closeknit figures --area 433122108 --from 2022-03-17T17:00:00+08:00 --to 2022-03-18T17:00:00+08:00 "
        "--as-of 2022-03-18T17:00:00+08:00 --json"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The area, the window, and as known when."""
        parser.add_argument("--area", required=True, help=str(Text("code of the area", "地区代码")))
        parser.add_argument("--from", dest="start", required=True, help=str(Text("ISO 8601 time with offset", "带时区的起始时间")))
        parser.add_argument("--to", dest="end", required=True, help=str(Text("ISO 8601 time with offset", "带时区的截止时间")))
        parser.add_argument("--as-of", dest="as_of", help=str(Text("as known at this time", "按此时刻已收到的记录")))
        parser.add_argument("--json", action="store_true", help=str(Text("print JSON", "输出 JSON")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Reckons and prints."""
        if not Area.objects.current().filter(code=options["area"]).exists():
            raise CommandError(
                str(
                    Text(
                        "The area {n} is not known. `closeknit import areas FILE` brings areas in.",
                        "未登记的地区 {n}。请先用 closeknit import areas 导入。",
                        n=options["area"],
                    )
                )
            )
        question = Question(
            options["area"],
            _time("--from", options["start"]),
            _time("--to", options["end"]),
            _time("--as-of", options["as_of"]) if options["as_of"] else None,
        )
        reckoned = figures(question)
        if options["json"]:
            self.stdout.write(json.dumps(reckoned, ensure_ascii=False))
            return
        for section in sections():
            self.stdout.write(str(section.title))
            for figure in section.all_figures(question):
                value = reckoned[figure.name]
                self.stdout.write(f"  {figure.label}: {', '.join(value) if isinstance(value, list) else value}")


def _time(option: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CommandError(
            str(
                Text(
                    "{option} takes a time such as 2022-03-18T17:00:00+08:00.",
                    "{option} 应为带时区的时间，如 2022-03-18T17:00:00+08:00。",
                    option=option,
                )
            )
        )
    return moment
