"""`closeknit report`: the report of an area and a day, sealed or as it stands."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import override

from closeknit.areas.models import Area
from closeknit.kit.command import Speaking
from closeknit.kit.text import Text
from closeknit.reports.closing import Refused, report_of, seal
from closeknit.reports.content import Report, to_json
from closeknit.reports.papers.document import document
from closeknit.reports.papers.notes import as_sealed
from closeknit.reports.papers.pdf import NoFont, pdf
from closeknit.reports.papers.plain import plain
from closeknit.reports.papers.wording import paper
from closeknit.reports.papers.workbook import workbook

FORMATS = ("text", "full", "json", "docx", "pdf", "xlsx")
FILES = (b"PK", b"%PDF")
LANGUAGES = ("zh-hans", "en")
MAKERS: dict[str, Callable[[Report], bytes]] = {"docx": document, "pdf": pdf, "xlsx": workbook}


class Command(Speaking):
    """Prints a report."""

    summary = Text("Print the report of an area and a day; after the cut-off it is sealed.", "输出某地区某日的日报；截止后即为封存版。")
    example = (
        "closeknit report --area 433122108 --day 2022-03-18\n"
        "closeknit report --area 433122108 --day 2022-03-18 --format docx --output bulletin.docx"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which report, and how it is printed."""
        parser.add_argument("--area", required=True, help=str(Text("code of the area", "地区代码")))
        parser.add_argument("--day", required=True, help=str(Text("the day, such as 2022-03-18", "日期，如 2022-03-18")))
        formats = Text(
            "text: short, to paste into a chat (default); full: all of it; json; docx; pdf; xlsx",
            "text：短文本（默认）；full：全文；json；docx；pdf；xlsx",
        )
        parser.add_argument("--format", choices=FORMATS, default="text", help=str(formats))
        parser.add_argument("--language", choices=LANGUAGES, default="zh-hans", help=str(Text("language of the paper", "文稿语言")))
        parser.add_argument("--seal", action="store_true", help=str(Text("seal it; refused before the cut-off", "封存；截止前不予封存")))
        parser.add_argument("--output", type=Path, help=str(Text("file to write; the screen where it is left out", "输出文件；缺省为屏幕")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Finds the report, words it, and writes it."""
        day = _day(options["day"])
        if not Area.objects.current().filter(code=options["area"]).exists():
            unknown = Text(
                "The area {n} is not known. `closeknit import areas FILE` brings areas in.",
                "未登记的地区 {n}。请先用 closeknit import areas 导入。",
                n=options["area"],
            )
            raise CommandError(str(unknown))
        try:
            report = _report(options["area"], day, sealed=options["seal"])
        except Refused as refused:
            raise CommandError(str(refused.text)) from refused
        with override(options["language"]):
            try:
                raw = _worded(report, options["format"])
            except NoFont as lacking:
                raise CommandError(str(lacking.text)) from lacking
            self._write(raw, options["output"])

    def _write(self, raw: bytes, output: Path | None) -> None:
        if output:
            output.write_bytes(raw)
            self.stdout.write(str(Text("Written: {file}", "已写入：{file}", file=output)))
        elif raw.startswith(FILES):
            if sys.stdout.isatty():
                raise CommandError(
                    str(Text("This format goes into a file: add --output FILE.", "此格式需写入文件，请加 --output 文件名。"))
                )
            sys.stdout.buffer.write(raw)
        else:
            self.stdout.write(raw.decode())


def _report(area: str, day: date, *, sealed: bool) -> Report:
    return as_sealed(seal(area, day, by="command")) if sealed else report_of(area, day)[0]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        wrong = Text("--day takes a date such as 2022-03-18.", "--day 应为日期，如 2022-03-18。")
        raise CommandError(str(wrong)) from error


def _worded(report: Report, format: str) -> bytes:
    if format in MAKERS:
        return MAKERS[format](report)
    if format == "json":
        return json.dumps(to_json(report), ensure_ascii=False, indent=1).encode()
    return (plain(report) if format == "text" else _full(report)).encode()


def _full(report: Report) -> str:
    worded = paper(report)
    lines = [f"{block.lead}{': ' if block.lead else ''}{block.text}" for block in worded.blocks]
    return "\n".join([worded.title, worded.period, "", worded.addressee, *lines, "", worded.signed, worded.dated])
