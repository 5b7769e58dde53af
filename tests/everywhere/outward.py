"""A form of an upper level and a notice in the small county, for tests."""

import io
from typing import Any

import openpyxl

from closeknit.channels.models import Channel
from closeknit.channels.queue import Said, put
from closeknit.kit import clock
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


def a_notice() -> dict[str, Any]:
    """A notice of the western village on a channel that is copied by hand."""
    channel = Channel.objects.create(area=WEST, name="工作群", kind="copy", purposes=["reminder"], robot=b"", at=clock.now(), by="ben")
    message = put([channel], Said(WEST, "reminder", clock.now().date(), "请确认日报", {}), by="ben")
    return {"channel": channel.id, "message": message.id, "delivery": message.deliveries.get().id}
