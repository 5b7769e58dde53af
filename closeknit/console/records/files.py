"""A table as a file that leaves the house: a workbook whose codes stay text, or comma-separated values."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

import xlsxwriter
from django.http import HttpResponse

from closeknit.kit.text import Text

Cells = Sequence[str | int]
WIDTH = 18
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(form: str, heads: Sequence[Text], rows: Iterable[Cells], name: str) -> HttpResponse:
    """The rows under their heads as `xlsx` or `csv`."""
    titles = [str(head) for head in heads]
    return _csv(titles, rows, name) if form == "csv" else _xlsx(titles, rows, name)


def _xlsx(titles: list[str], rows: Iterable[Cells], name: str) -> HttpResponse:
    """One sheet, its head frozen; every text is written as text, so that nothing becomes a formula and no code loses digits."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page, bold = book.add_worksheet(), book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    page.set_column(0, len(titles) - 1, WIDTH)
    for column, title in enumerate(titles):
        page.write_string(0, column, title, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(number, column, value)
            else:
                page.write_string(number, column, value)
    book.close()
    return _answer(out.getvalue(), XLSX, f"{name}.xlsx")


def _csv(titles: list[str], rows: Iterable[Cells], name: str) -> HttpResponse:
    """UTF-8 with its mark, for Excel; what could be read as a formula begins with a quote."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(titles)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return _answer(("\ufeff" + out.getvalue()).encode(), "text/csv; charset=utf-8", f"{name}.csv")


def _harmless(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _answer(body: bytes, content_type: str, file: str) -> HttpResponse:
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{file}"'})
