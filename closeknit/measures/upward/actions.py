"""Bringing a form, saying what its cells hold, filling it for a day."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.kit.sealing import seal
from closeknit.kit.text import Text
from closeknit.ledger.record import record
from closeknit.measures.upward.models import Form, Marking
from closeknit.reports import closing
from closeknit.reports.forms import books
from closeknit.reports.forms.anchors import Places, sheet_of
from closeknit.reports.forms.filling import Plan, filled, planned
from closeknit.reports.forms.marks import Mark, to_plain
from closeknit.reports.forms.values import Day

KNOWN_FROM = 0.8  # of its marks found again: then a file is taken for that form
FEWEST = 2
TOMORROW = Text("This day has not begun. Choose today or an earlier day.", "该日期尚未开始，请选择今天或更早的日期。")


@dataclass(frozen=True)
class Brought:
    """What came of a file: its form, whether it was known by its headings, which cells were emptied, what a filled one will lack."""

    form: Form
    known: bool
    emptied: list[str]
    left_behind: list[str]


def bring(*, content: bytes, file: str, area: str, by: str, form: Form | None = None) -> Brought:
    """Takes a file in: as the latest of `form`, else of the form whose headings it has, else as a new one. Raises books.Unfit."""
    book = books.opened(content)
    emptied = books.without_numbers_of_persons(book)
    known = form or recognised(book, area)
    held = known or Form(id=uuid7(), area=area, name=Path(file).stem[:100])
    held.file, held.brought_at, held.brought_by = file[-150:], clock.now(), by
    held.content = seal({"file": books.saved(book)}, about=f"form|{held.id}") or b""
    held.save()
    return Brought(held, known is not None, emptied, books.left_behind(content))


def recognised(book: Any, area: str) -> Form | None:
    """The area's form whose marks are found again in a workbook, the best fitting; None where none fits well."""
    shares: list[tuple[float, Form]] = []
    for form in Form.objects.filter(area=area, retired_at=None).order_by("-brought_at"):
        marks, titles = form.marked()
        if len(marks) >= FEWEST:
            shares.append((found(book, marks, titles) / len(marks), form))
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= KNOWN_FROM else None


def found(book: Any, marks: list[Mark], titles: list[str]) -> int:
    """How many of the marks are found again."""
    sheets = books.seen(book)
    places = {sheet.title: Places(sheet) for sheet in sheets}
    where = [(mark, sheet_of(sheets, mark.anchor, titles)) for mark in marks]
    return sum(1 for mark, sheet in where if sheet is not None and places[sheet.title].found(mark))


def say(form: Form, marks: list[Mark], *, by: str) -> None:
    """From now on the form's cells hold this."""
    titles = [sheet.title for sheet in books.seen(form.book())]
    row = Marking(id=uuid7(), form=form, at=clock.now(), by=by, count=len(marks))
    row.sealed = seal({"marks": to_plain(marks), "titles": titles}, about=f"marking|{row.id}") or b""
    row.save(force_insert=True)


def plan_of(form: Form, book: Any, day: Day) -> Plan:
    """What is written on a day."""
    marks, titles = form.marked()
    return planned(book, marks, day, titles)


def fill(form: Form, on: date, *, by: str, called: str) -> bytes:
    """The form, filled for a day, which is noted. Raises closing.Refused for a day that has not begun and where nothing is said yet."""
    closing.sealed_by_now(form.area, on)  # what is due to be sealed is sealed at the first look
    day, book = Day(form.area, on, called), form.book()
    if clock.now() < day.frame.start:
        raise closing.Refused(TOMORROW)
    plan = plan_of(form, book, day)
    data = {
        "form": str(form.id), "day": on.isoformat(), "sealed": day.is_sealed, "cells": len(plan.puts) - len(plan.unknown),
        "unknown": len(plan.unknown), "lost": len(plan.lost), **({"arrival": day.arrivals[form.area]} if day.is_sealed else {}),
    }  # fmt: skip
    content = books.saved(filled(book, plan))
    record("reports.filled", by=by, area=form.area, data=data)
    return content
