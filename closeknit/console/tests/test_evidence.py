"""The rows behind a figure, taken all at once for a file or for another order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.console.evidence.paging import Lazy
from closeknit.kit.once import one_page
from closeknit.reports.figures import Question, figure
from tests.town import START, TOWN, Field


@pytest.mark.parametrize("name", ["doorknock.settled", "testing.tubes", "testing.person_times"])
def test_a_file_of_all_rows_takes_the_same_statements_however_many_there_are(field_records: Field, name: str):
    for number, (home, person) in enumerate((("H1", "P1"), ("H2", "P3"), ("H3", "P4"), ("H4", "P5"))):
        field_records.record("doorknock.visited", household=home, data={"outcome": "met"})
        field_records.record("testing.sampled", person=person, data={"tube": f"T{number}", "pool": 10})
    question = Question(TOWN, START, START + timedelta(days=1))

    with one_page():
        found = figure(name, question)
        assert found is not None
        rows = Lazy(found.rows(question))
        with CaptureQueriesContext(connection) as asked:
            events = [row.event for row in rows]

    assert len(events) == 4 and all(events) and len(asked) <= 2
