"""A form of an upper level in the small county, for tests."""

import io
from typing import Any

import openpyxl

from closeknit.measures.upward import actions
from tests.town import WEST


def a_form() -> dict[str, Any]:
    """A form of the western village with a heading and a row."""
    book = openpyxl.Workbook()
    for row in (("日报表",), ("填报单位：", None), ("村名", "应走访户"), ("西坪村", None)):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return {"form": actions.bring(content=stream.getvalue(), file="日报表.xlsx", area=WEST, by="ben").form.id}
