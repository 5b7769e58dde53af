"""A form is brought once, told once what its cells hold, and filled every day in one press."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.upward.models import Form
from closeknit.reports.closing import seal
from closeknit.reports.duty import owe
from tests.town import EAST, START, TOWN, WEST, Cast, Field, account

SignIn = Callable[[Any], Any]
DAY = "2022-03-18"
ROWS = (
    ("日报表（3月18日）", None, None),
    ("填报单位：", None, None),
    ("村名", "应访户数", "联系电话"),
    ("西坪村", None, None),
    ("东岭村", None, None),
    ("外村", None, None),
)


def workbook(rows: Any = ROWS) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.active.merge_cells("A1:C1")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def file(content: bytes, name: str = "县日报表.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def afternoon(field_records: Field) -> Iterator[Field]:
    """The afternoon of a day whose report is owed at 17:00; one door was met."""
    with clock.at(START - timedelta(hours=1)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=START.date(), last_day=None)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    with clock.at(START + timedelta(hours=8)):
        yield field_records


@pytest.fixture
def ben(cast: Cast, sign_in: SignIn, afternoon: Field) -> Any:
    return sign_in(cast.ben)


@pytest.fixture
def form(ben: Any) -> Form:
    """A form that Ben brought, with one column and one cell said."""
    answer = ben.post("/forms/bring/", {"file": file(workbook())})
    held = Form.objects.get()
    assert answer["Location"] == f"/forms/{held.id}/cells/"
    say(ben, held, "B4", what="figure", figure="doorknock.due", area="row", window="day", spread="rows")
    say(ben, held, "B2", what="unit", spread="one")
    return held


def say(client: Any, held: Form, cell: str, **said: str) -> Any:
    return client.post(f"/forms/{held.id}/cells/?sheet=0&cell={cell}", {"do": "say", **said})


def sheet(answer: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def test_rpt_05_one_press_fills_the_form_from_what_is_recorded(ben: Any, form: Form):
    answer = ben.post(f"/forms/{form.id}/fill/")
    page = sheet(answer)

    assert [page[each].value for each in ("B2", "B4", "B5", "B6")] == ["河口镇", 3, 2, None]
    assert [page[each].fill.fill_type for each in ("B4", "B6")] == [None, "solid"]
    assert DAY in answer.headers["Content-Disposition"]
    (event,) = Event.objects.filter(kind="reports.filled")
    assert event.data == {"form": str(form.id), "day": DAY, "sealed": False, "cells": 3, "unknown": 1, "lost": 0}
    assert (event.member, event.area) == ("W3", TOWN)


def test_rpt_05_a_sealed_day_says_so_in_its_history(ben: Any, form: Form):
    with clock.at(START + timedelta(hours=10)):
        seal(TOWN, START.date(), by="clock")
        ben.post(f"/forms/{form.id}/fill/", {"day": DAY})
        page = ben.get(f"/forms/{form.id}/?day={DAY}").content.decode()

    (event,) = Event.objects.filter(kind="reports.filled")
    assert event.data["sealed"] is True
    assert event.data["arrival"] > 0
    assert "封存日报" in page and "镇干部" in page


def test_rpt_05_tomorrows_file_is_known_by_its_headings(ben: Any, form: Form):
    tomorrow = (("日报表（3月19日）", None, None), ("填报单位：", None, None), ("村名", "联系电话", "应访户数"), ("东岭村", None, None))

    answer = ben.post("/forms/bring/", {"file": file(workbook(tomorrow), "0319.xlsx")})

    assert answer["Location"] == f"/forms/{form.id}/"
    assert Form.objects.count() == 1
    assert sheet(ben.post(f"/forms/{form.id}/fill/"))["C4"].value == 2


def test_a_file_with_other_headings_is_a_form_of_its_own(ben: Any, form: Form):
    ben.post("/forms/bring/", {"file": file(workbook((("别的表", None, None), ("甲", "乙", "丙"), (None, None, None))), "b.xlsx")})

    assert Form.objects.count() == 2


def test_what_a_new_file_lacks_is_told_by_name(ben: Any, form: Form):
    ben.post(f"/forms/{form.id}/file/", {"file": file(workbook((("表", None, None), ("村名", "户数合计", None), ("西坪村", None, None))))})

    assert "文件中找不到“应访户数”。" in ben.get(f"/forms/{form.id}/").content.decode()


def test_a_cell_that_is_said_twice_holds_the_latter(ben: Any, form: Form):
    say(ben, form, "B4", what="figure", figure="敲门行动：已落实", area="row", spread="rows")
    say(ben, form, "B4", what="figure", figure="doorknock.settled", area="row", spread="rows")

    page = sheet(ben.post(f"/forms/{form.id}/fill/"))

    assert [page[each].value for each in ("B4", "B5")] == [1, 0]


@pytest.mark.parametrize(
    ("cell", "said", "told"),
    [
        ("B4", {"what": "figure", "figure": "没有的", "spread": "rows"}, "没有此数据项"),
        ("B4", {"what": "constant", "spread": "one"}, "请填写固定内容"),
        ("B4", {"what": "state", "spread": "one"}, "用于逐行填写"),
        ("A1", {"what": "unit", "spread": "rows"}, "没有表头"),
        ("B4", {"what": "nothing", "spread": "one"}, "没有这一选项"),
    ],
)
def test_what_cannot_be_said_is_told_with_the_remedy(ben: Any, form: Form, cell: str, said: dict[str, str], told: str):
    before = form.marked()

    answer = say(ben, form, cell, **said)

    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert form.marked() == before


def test_suggestions_are_taken_in_one_press(ben: Any, form: Form):
    ben.post(f"/forms/{form.id}/cells/", {"do": "forget", "number": "0"})
    ben.post(f"/forms/{form.id}/cells/", {"do": "suggested", "take": ["0", "1", "2"]})

    assert {(mark.holding.what, mark.holding.figure) for mark in form.marked()[0]} >= {("figure", "doorknock.due"), ("unit", "")}


def test_numbers_of_persons_are_emptied_and_named(ben: Any):
    rows = (*ROWS[:3], ("西坪村", None, "19900000001"))
    ben.post("/forms/bring/", {"file": file(workbook(rows))})

    assert Form.objects.get().book().active["C4"].value is None
    assert "C4" in ben.get("/forms/").content.decode()


def test_the_file_is_unreadable_in_the_database(ben: Any, form: Form):
    assert b"PK" not in bytes(form.content)[:4]
    assert "西坪".encode() not in bytes(form.content)


@pytest.mark.parametrize(("content", "told"), [(b"\xd0\xcf\x11\xe0", "另存为 .xlsx"), (b"hello", "不是 .xlsx")])
def test_an_old_or_broken_file_is_refused_with_the_remedy(ben: Any, content: bytes, told: str):
    answer = ben.post("/forms/bring/", {"file": file(content, "x.xls")})

    assert (answer.status_code, told in answer.content.decode(), Form.objects.count()) == (422, True, 0)


def test_a_day_to_come_is_not_filled(ben: Any, form: Form):
    answer = ben.post(f"/forms/{form.id}/fill/", {"day": "2022-03-25"})

    assert (answer.status_code, Event.objects.filter(kind="reports.filled").count()) == (302, 0)


def test_others_see_neither_the_form_nor_its_file(ben: Any, form: Form, cast: Cast, sign_in: SignIn):
    for who in (cast.dov, cast.ana):
        client = sign_in(who)
        assert client.get(f"/forms/{form.id}/").status_code == 404
        assert client.post(f"/forms/{form.id}/fill/").status_code == 404
        assert form.name not in client.get("/forms/").content.decode()


def test_an_inspector_may_look_and_not_fill(form: Form, sign_in: SignIn):
    client = sign_in(account("ira", "inspector", TOWN))

    assert client.get(f"/forms/{form.id}/").status_code == 200
    assert client.post(f"/forms/{form.id}/fill/").status_code == 403
    assert client.get(f"/forms/{form.id}/cells/").status_code == 403


def test_a_form_taken_off_the_list_is_gone_with_its_file(ben: Any, form: Form):
    ben.post(f"/forms/{form.id}/retire/")

    form.refresh_from_db()
    assert bytes(form.content) == b""
    assert ben.get(f"/forms/{form.id}/").status_code == 404


def test_the_empty_list_says_what_to_do_first(ben: Any):
    page = ben.get("/forms/").content.decode()

    assert "尚未上传报表" in page and "/forms/bring/" in page
