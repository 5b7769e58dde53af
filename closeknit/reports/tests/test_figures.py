"""Figures by their names."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.ledger.models import Event
from closeknit.reports.figures import Question, figures
from tests.town import START, TOWN, Field

MOST_STATEMENTS = 200


def test_the_figures_that_are_asked_for_are_those_of_all_and_no_others(field_records: Field):
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("care.tagged", person="P3", data={"tag": "living_alone", "state": "set"})
    asked = Question(TOWN, START, START + timedelta(days=1))
    every = figures(asked)

    some = figures(asked, "doorknock.", "care.people")

    assert some == {name: value for name, value in every.items() if name.startswith("doorknock.") or name == "care.people"}
    assert len(every) > 200 and (some["doorknock.settled"], some["care.people"]) == (1, 1)


@pytest.mark.parametrize("few", [20, 0])  # so many areas are looked at one by one; of more, one of each kind is looked for
def test_a_report_asks_nothing_of_kinds_of_which_there_is_no_record_in_its_day(
    field_records: Field, monkeypatch: pytest.MonkeyPatch, few: int
):
    monkeypatch.setattr("closeknit.reports.figures.FEW_AREAS", few)
    Event.objects.filter(id=field_records.record("care.tagged", person="P3", data={"tag": "living_alone", "state": "set"}).id).update(
        kind="care.declared_no_more"
    )
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    next_day = START + timedelta(days=1)
    plain, sifted = (Question(TOWN, next_day, next_day + timedelta(days=1)) for _ in range(2))
    sifted.sift()

    with CaptureQueriesContext(connection) as asked:
        every = figures(plain)
    with CaptureQueriesContext(connection) as asked_sifted:
        same = figures(sifted)

    assert (same, sifted.memo["kinds"]) == (every, set())
    assert len(asked_sifted) < len(asked) < MOST_STATEMENTS  # kinds that were never said are asked for by neither


@pytest.mark.parametrize(("few", "together"), [(20, False), (0, False), (20, True)])
def test_a_report_knows_of_which_kinds_there_is_a_record_in_its_day(
    field_records: Field, monkeypatch: pytest.MonkeyPatch, few: int, together: bool
):
    monkeypatch.setattr("closeknit.reports.figures.FEW_AREAS", few)
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    question = Question(TOWN, START, START + timedelta(days=1), together=together)

    question.sift()

    assert question.memo["kinds"] == {"doorknock.visited"}
