"""A list as a file: a workbook whose cells are what they are, or csv that no spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse
from django.utils.timezone import localtime

from closeknit.console.lists.columns import Column
from closeknit.kit import clock
from closeknit.kit.text import Text

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # spreadsheets here take the wide signs for the narrow ones
TAKEN = Text("{n} row{n:s}, taken by {who} at {when}", "共 {n} 行，导出人 {who}，{when}")
NOTES = Text("Notes", "说明")
FOR_THE_HOUSE = Text("For internal use. Passing it on is traced by this line.", "内部使用。外传可据此行追溯。")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(columns: Sequence[Column], rows: Sequence[Any], title: str, by: str) -> HttpResponse:
    """A workbook: first a sheet that says what it is, then the list with a heading that stays in sight; codes are text."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    notes = book.add_worksheet(str(NOTES))
    notes.set_column(0, 0, 80)
    for number, line in enumerate(_notes(title, by, len(rows))):
        notes.write_string(number, 0, line)
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 12 if column.number else 22)
        sheet.write_string(0, place, str(column.heading), bold)
    for line, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            value = exported(column, row)
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, place, value)
            else:
                sheet.write_string(line, place, str(value), text)
    book.close()
    return _download(stream.getvalue(), XLSX, f"{title}.xlsx")


def as_csv(columns: Sequence[Column], rows: Sequence[Any], title: str, by: str) -> HttpResponse:
    """CSV in UTF-8 with a mark, as spreadsheets here expect it."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([str(column.heading) for column in columns])
    writer.writerows([[guarded(exported(column, row)) for column in columns] for row in rows])
    return _download(stream.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{title}.csv")


def exported(column: Column, row: Any) -> Any:
    """What goes into a cell of a file: numbers as numbers, times in local time, everything else as words."""
    value = (column.export or column.value)(row)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(Text("Yes", "是") if value else Text("No", "否"))
    return value if isinstance(value, int | float) else str(value)


def guarded(value: Any) -> Any:
    """A text that would begin a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _notes(title: str, by: str, count: int) -> list[str]:
    when = localtime(clock.now()).strftime("%Y-%m-%d %H:%M")
    return [title, str(TAKEN.format(n=count, who=by, when=when)), str(FOR_THE_HOUSE)]


def _sheet_name(title: str) -> str:
    plain = "".join("-" if character in "[]:*?/\\'" else character for character in title)
    return plain[:31] or "1"


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"})
