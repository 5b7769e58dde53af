"""The section of the report: sites, environment samples, waste, what was cleared."""

from datetime import timedelta
from typing import Any

import pytest

from closeknit.reports.figures import Question, figure
from tests.town import START, TOWN, Field

pytestmark = pytest.mark.django_db


def value(name: str) -> Any:
    question = Question(TOWN, START, START + timedelta(days=1))
    found = figure(name, question)
    return found.rows(question).value() if found else None


def test_tst_11_sites_their_disinfection_and_their_waste_are_counted(field_records: Field):
    for place in ("S1", "S2", "S1"):
        field_records.record("testing.site_opened", place=place, data={"stations": 2})
    field_records.record("testing.site_closed", place="S1", data={"disinfected": True, "waste_bags": 4, "carrier": "乙车"})
    field_records.record("testing.site_closed", place="S2", data={"disinfected": False, "waste_kg": 2.5})
    field_records.record("testing.environment_sampled", place="S1", data={"tube": "E1", "object": "门把手"})

    names = ("sites_opened", "sites_closed", "sites_disinfected", "waste_bags", "environment", "cleared")
    assert [value(f"testing.{name}") for name in names] == [2, 2, 1, 4, 1, 0]
