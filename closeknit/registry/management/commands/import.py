"""`closeknit import areas|roster|places|members FILE…`: brings files into the register."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from closeknit.areas.loading import load_areas
from closeknit.areas.rules import Parked
from closeknit.kit.command import Speaking
from closeknit.kit.progress import Bars
from closeknit.kit.tables import TableProblem
from closeknit.kit.text import Text
from closeknit.registry.importing import Summary, import_roster
from closeknit.registry.loading import load_members, load_places
from closeknit.registry.models import RosterRow
from closeknit.registry.roster.problem import RosterProblem

LOADERS = {"places": load_places, "members": load_members}
SHOWN = 20  # rows set aside that are told on the screen; --parked-rows writes all
COUNTS = Text("{file}: {read} read, {new} new, {changed} changed.", "{file}：读取 {read}，新增 {new}，变更 {changed}。")


class Command(Speaking):
    """Imports files; the same file twice changes nothing."""

    summary = Text(
        "Import areas, a roster, places or members; twice changes nothing.", "导入地区、名册、场所或人员队伍；重复导入不会改变数据。"
    )
    example = (
        "closeknit import areas areas.csv\n"
        "closeknit import areas china_2021_all_levels.csv.gz --below 433122\n"
        "closeknit import roster 浦市镇摸排.xlsx --parked-rows parked.csv"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What, and which files."""
        parser.add_argument("what", choices=("areas", "roster", "places", "members"), help=str(Text("what the files hold", "文件内容")))
        files = Text("xlsx, csv, csv.gz or tsv", "xlsx、csv、csv.gz 或 tsv")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=str(files))
        parser.add_argument("--parked-rows", type=Path, help=str(Text("write the rows set aside to this csv", "将搁置的行写入此 csv")))
        below = Text("areas, roster: only what lies below this area", "地区、名册：只导入此地区及其下级")
        parser.add_argument("--below", default="", metavar="CODE", help=str(below))
        renames = Text("areas: a code whose name differs is an area with a new name", "地区：代码相同而名称不同的，视为已更名")
        parser.add_argument("--renames", action="store_true", help=str(renames))

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads the files and prints a summary."""
        missing = [path.name for path in options["files"] if not path.is_file()]
        if missing:
            raise CommandError(str(Text("No such file: {n}. Check the name.", "找不到文件：{n}。请检查文件名。", n=", ".join(missing))))
        try:
            if options["what"] == "roster":
                self._roster(options)
            elif options["what"] == "areas":
                self._areas(options)
            else:
                for path in options["files"]:
                    self.stdout.write(str(COUNTS.format(file=path.name, **LOADERS[options["what"]](path))))
        except (TableProblem, RosterProblem) as problem:
            raise CommandError(str(problem.text)) from problem

    def _areas(self, options: dict[str, Any]) -> None:
        parked: list[Parked] = []
        for path in options["files"]:
            with Bars() as bars:
                loaded = load_areas(path, below=options["below"], renames=options["renames"], progress=bars.show)
            self.stdout.write(str(COUNTS.format(file=path.name, read=loaded.read, new=loaded.new, changed=loaded.changed)))
            parked += loaded.parked
        if not parked:
            return
        self.stdout.write(str(Text("Set aside: {n}.", "搁置 {n} 行。", n=len(parked))))
        told = Text("  {file}, line {row}, {column}: {reason} {remedy}", "  {file} 第 {row} 行，{column}：{reason}{remedy}")
        for each in parked[:SHOWN]:
            self.stdout.write(str(told.format(**{**vars(each), "reason": str(each.reason), "remedy": str(each.remedy)})))
        if options["parked_rows"]:
            _write(options["parked_rows"], ("file", "row", "column", "reason", "remedy"), (vars(each).values() for each in parked))
        elif len(parked) > SHOWN:
            self.stdout.write(str(Text("… with --parked-rows FILE all of them.", "……加 --parked-rows 文件名可列出全部。")))

    def _roster(self, options: dict[str, Any]) -> None:
        with Bars() as bars:
            summary = import_roster(options["files"], by="command line", progress=bars.show, area=options["below"])
        self._say(summary)
        if options["parked_rows"]:
            rows = RosterRow.objects.current().filter(status=RosterRow.Status.PARKED).order_by("file", "sheet", "row")
            told = ((row.file, row.sheet or "", row.row, row.column, row.reason) for row in rows)
            _write(options["parked_rows"], ("file", "sheet", "row", "column", "reason"), told)

    def _say(self, summary: Summary) -> None:
        counts = {name: summary.rows.get(name, 0) for name in ("accepted", "doubtful", "merged", "parked")}
        rows = Text(
            "Rows: {accepted} accepted, {doubtful} with a doubt, {merged} merged, {parked} set aside.",
            "行数：接收 {accepted}，存疑 {doubtful}，合并 {merged}，搁置 {parked}。",
        )
        changes = Text("Register: {new} new, {changed} changed.", "底册：新增 {new}，变更 {changed}。")
        self.stdout.write(str(rows.format(**counts)))
        self.stdout.write(str(changes.format(new=summary.changes.get("new", 0), changed=summary.changes.get("changed", 0))))
        if summary.unknown_headings:
            note = Text("Columns not known, not stored: {n}", "未识别、未保存的列：{n}", n=", ".join(summary.unknown_headings))
            self.stdout.write(str(note))
        if summary.dropped_headings:
            note = Text("Columns dropped before the first write: {n}", "按规定未采集的列：{n}", n=", ".join(summary.dropped_headings))
            self.stdout.write(str(note))


def _write(path: Path, heads: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heads)
        writer.writerows(rows)
