"""What can be said of a form of an upper level: it was filled for a day."""

from typing import Annotated
from uuid import UUID

from closeknit.kit.text import Text
from closeknit.ledger.fields import Count, Field, Time, Words
from closeknit.ledger.kinds import Said, kind


@kind(
    "reports.filled",
    Text("Form filled", "上级报表填报"),
    retention="open",
    by_form=False,
    by_phone=False,
    examples=({"form": "019ae5f0-9c00-7000-8000-0000000000f1", "day": "2022-03-18", "sealed": True, "arrival": 1204, "cells": 64},),
)
class Filled(Said):
    """A form of an upper level was filled from what is recorded. arrival: the last record that the sealed report knew."""

    form: Annotated[Words, Field(Text("Form", "报表"))]
    day: Annotated[Time, Field(Text("Day", "日期"))]
    sealed: Annotated[bool, Field(Text("From the sealed report", "依据封存日报"))] = False
    arrival: Annotated[Count | None, Field(Text("Up to record no.", "截至记录号"))] = None
    cells: Annotated[Count, Field(Text("Cells filled", "已填格数"))] = 0
    unknown: Annotated[Count, Field(Text("Cells left yellow", "标黄格数"))] = 0
    lost: Annotated[Count, Field(Text("Not found in the file", "未找到项数"))] = 0

    def topic(self, event_id: UUID, corrects: UUID | None) -> str:
        return self.form
