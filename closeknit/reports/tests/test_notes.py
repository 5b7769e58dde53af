"""A note beside a confirmation: in every paper, kept with the seal without being readable there, gone with the confirmation."""

import pickle
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.utils.translation import override
from docx import Document

from closeknit.kit import clock
from closeknit.ledger.expiry import expire
from closeknit.policy.packs import policy
from closeknit.reports import closing
from closeknit.reports.compose import compose
from closeknit.reports.content import Report
from closeknit.reports.duty import owe
from closeknit.reports.models import Sealed
from closeknit.reports.papers.document import document
from closeknit.reports.papers.plain import MOST_BYTES, MOST_LINES, plain
from closeknit.reports.papers.wording import notes, paper
from tests.town import EAST, START, TOWN, WEST, Field

DAY, NEXT = date(2022, 3, 18), date(2022, 3, 19)
NOTE = "渡口停航， 两户外出未归"


def at(day: int, hour: float) -> datetime:
    """A local time in March."""
    return datetime.fromisoformat(f"2022-03-{day}T00:00:00+08:00") + timedelta(hours=hour)


@pytest.fixture
def field(field_records: Field) -> Field:
    """Two villages that owe a report each day."""
    with clock.at(START - timedelta(hours=12)):
        owe(TOWN, cut_off="17:00", units=[WEST, EAST], first_day=DAY, last_day=None)
    return field_records


def sealed(day: date = DAY, *, hour: float = 17.1) -> Report:
    with clock.at(at(day.day, hour)):
        return closing.report_of(TOWN, day)[0]


def papers(report: Report) -> list[str]:
    """The bulletin's words on paper, in the document and for a chat group."""
    with override("zh-hans"):
        lines = [f"{block.lead}：{block.text}" for block in paper(report).blocks]
        return ["\n".join(lines), "\n".join(line.text for line in Document(BytesIO(document(report))).paragraphs), plain(report)]


def test_a_note_stands_in_every_paper_and_one_that_is_not_in_none(field: Field):
    with clock.at(at(18, 16)):
        closing.confirm(WEST, DAY, by="W1", note=NOTE)
        closing.confirm(EAST, DAY, by="W2")

    said = papers(sealed())

    assert [each.count("西坪村：渡口停航， 两户外出未归") for each in said] == [1, 1, 1]
    assert [each.count("东岭村：") for each in said] == [0, 0, 0]


def test_a_day_without_notes_has_no_chapter_of_them(field: Field):
    assert [each.count("说明") for each in papers(sealed())] == [0, 0, 0]


def test_what_was_sealed_is_printed_to_the_letter_whatever_becomes_of_the_confirmation(field: Field):
    with clock.at(at(18, 16)):
        pressed = closing.confirm(WEST, DAY, by="W1", note=NOTE)
    first = papers(sealed())
    with clock.at(at(18, 18)):
        field.now = clock.now()
        field.record("ledger.voided", corrects=str(pressed), data={"reason": "x"})

    assert papers(sealed(hour=20)) == first
    assert NOTE in first[2]


def test_a_seal_from_before_notes_were_kept_prints_as_it_did(field: Field):
    with clock.at(at(18, 16)):
        closing.confirm(WEST, DAY, by="W1")
    first = papers(sealed())
    content = Sealed.objects.get(area=TOWN).content
    for unit in content["units"]:
        del unit["note"]
    Sealed.objects.filter(area=TOWN).update(content=content)

    assert papers(sealed(hour=20)) == first


def test_the_note_cannot_be_read_in_the_database(field: Field):
    with clock.at(at(18, 16)):
        closing.confirm(WEST, DAY, by="W1", note=NOTE)
    sealed()

    held = Sealed.objects.get(area=TOWN)
    assert NOTE not in str(held.content)
    assert NOTE.encode() not in pickle.dumps([bytes(held.personal or b"")])


def test_a_note_that_came_late_stands_in_the_next_bulletin(field: Field):
    sealed()
    with clock.at(at(18, 19)):
        closing.confirm(WEST, DAY, by="W1", note=NOTE)

    said = notes(sealed(NEXT))

    assert said == [("西坪村（3月18日）", NOTE)]


def test_a_late_unit_is_not_named_by_its_note_where_late_units_are_not_named(field: Field):
    with clock.at(at(18, 18)):
        closing.confirm(WEST, DAY, by="W1", note=NOTE)
    report = compose(TOWN, DAY)

    assert [notes(replace(report, names_late_units=named)) for named in (True, False)] == [[("西坪村", NOTE)], []]


def test_the_notes_of_a_seal_go_with_the_confirmations(field: Field):
    with clock.at(at(18, 16)):
        closing.confirm(WEST, DAY, by="W1", note=NOTE)
    sealed()
    days = policy().get("retention_days.open")
    with clock.at(at(18, 17) + timedelta(days=days - 1)):
        expire()
        early = notes(closing.report_of(TOWN, DAY)[0])
    with clock.at(at(18, 17) + timedelta(days=days + 1)):
        expire(dry=True)
        dry = notes(closing.report_of(TOWN, DAY)[0])
        expire(only="health")
        other = notes(closing.report_of(TOWN, DAY)[0])
        expire()

        assert (early, dry, other) == ([("西坪村", NOTE)],) * 3
        assert notes(closing.report_of(TOWN, DAY)[0]) == []


def test_long_notes_leave_the_chat_text_short(field: Field):
    with clock.at(at(18, 16)):
        closing.confirm(WEST, DAY, by="W1", note="长" * 500)

    said = papers(sealed())

    assert "长" * 500 in said[0]
    assert (len(said[2].splitlines()) <= MOST_LINES, len(said[2].encode()) <= MOST_BYTES, "长" * 40 + "…" in said[2]) == (True, True, True)
