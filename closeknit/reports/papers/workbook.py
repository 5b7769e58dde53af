"""The bulletin as a workbook: its words, and every figure and unit as a row of its own; the same report gives the same bytes."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from closeknit.kit.text import Text
from closeknit.reports.content import Report
from closeknit.reports.papers.wording import CHANNELS, STATES, joined, notes, paper, state_words

Cells = Sequence[object]
WIDTHS = (30, 34, 30, 14, 14, 44)
COUNTED, STANDS = Text("counted over the day", "当日发生"), Text("as at the end of the day", "期末状态")
REPORTS, COLON = "reports", Text(": ", "：")


def workbook(report: Report) -> bytes:
    """The xlsx in the language that is active: the bulletin's words, the figures, the units, declared totals, what came in late."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    worded = paper(report)
    book.set_properties({"title": worded.title, "author": report.area_name, "created": report.ends_at.replace(tzinfo=None)})
    lines = [f"{each.lead}{COLON if each.lead else ''}{each.text}" for each in worded.blocks]
    words = [worded.title, worded.period, worded.addressee, *lines, worded.signed, worded.dated]
    _sheet(book, Text("Bulletin", "通报"), (), [[line] for line in words], widths=(100,))
    _sheet(book, Text("Figures", "数据"), (Text("Section", "项目"), Text("Figure", "指标"), Text("Name", "代号"), Text("Number", "数值"),
           Text("Sort", "口径"), Text("Areas", "地区")), _figures(report))  # fmt: skip
    _sheet(book, Text("Units", "各单位报送"), (Text("Unit", "单位"), Text("State", "状态"), Text("Code", "代码"),
           Text("Confirmed", "确认时间"), Text("Received", "收到时间"), Text("Note", "说明")), _units(report))  # fmt: skip
    if report.declared:
        _sheet(book, Text("Declared apart", "另列申报"), (Text("Unit", "单位"), Text("Figure", "指标"), Text("How it came", "申报方式"),
               Text("Declared", "申报"), Text("Recorded", "记录")), _declared(report))  # fmt: skip
    if report.late:
        heading = (
            Text("What", "项目"),
            Text("Figure or unit", "指标或单位"),
            Text("Day", "日期"),
            Text("Was", "原值"),
            Text("Now", "现值"),
        )
        _sheet(book, Text("Came in late", "补录"), heading, _late(report))
    book.close()
    return stream.getvalue()


def _sheet(book: Any, name: Text, heading: Sequence[Text], rows: Iterable[Cells], widths: Sequence[int] = WIDTHS) -> None:
    bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(str(name))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for place, words in enumerate(heading):
        sheet.write_string(0, place, str(words), bold)
    if heading:
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
    for line, cells in enumerate(rows, 1 if heading else 0):
        for place, value in enumerate(cells):
            if isinstance(value, int):
                sheet.write_number(line, place, value)
            else:
                sheet.write_string(line, place, str(value), wrapped)


def _figures(report: Report) -> Iterable[Cells]:
    for part in report.parts:
        for one in part.figures:
            areas = joined(one.names) if part.name != REPORTS or report.names_late_units else ""
            yield part.title, one.label, one.name, one.number, STANDS if one.state else COUNTED, areas


def _units(report: Report) -> Iterable[Cells]:
    """Units that may be named, those that have not reported first."""
    said = dict(notes(report))
    for state in ("missing", "late", "late_received", "on_time"):
        if report.names_late_units or state in ("late_received", "on_time"):
            for unit in report.of_state(state):
                yield (
                    unit.name,
                    state_words(state, report),
                    unit.code,
                    _moment(unit.confirmed_at),
                    _moment(unit.received_at),
                    said.get(unit.name, ""),
                )


def _moment(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def _declared(report: Report) -> Iterable[Cells]:
    for totals in report.declared:
        for one in totals.figures:
            yield totals.name, one.label, CHANNELS[totals.channel], one.declared, one.recorded


def _late(report: Report) -> Iterable[Cells]:
    late = report.late
    assert late is not None
    day = late.day.isoformat()
    for one in late.figures:
        yield Text("Figure moved", "数据更新"), one.label, day, one.was, one.now
    for unit in late.units:
        yield Text("Records received afterwards", "封存后补录记录"), unit.name, day, "", unit.records
    for each in late.reports:
        if report.names_late_units or each.state == "late_received":
            yield Text("Report", "日报"), each.name, day, "", STATES[each.state]
