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


def test_of_two_pools_the_latest_sample_says_which(field_records: Field):
    for pool in (10, 1):
        field_records.later(minutes=5).record("testing.sampled", person="P1", data={"tube": "T1", "pool": pool})
    field_records.record("testing.resulted", data={"tube": "T1", "result": "positive", "lab": "L", "tested_at": "2022-03-18"})

    assert (value("testing.positive_tubes"), value("testing.positive_persons")) == (0, 1)


def test_somebody_of_two_names_is_once_in_a_tube(field_records: Field):
    found = f"found:{field_records.record('registry.found', data={'what': 'person'}).id}"
    for person in ("P1", found):
        field_records.record("testing.sampled", person=person, data={"tube": "T1", "pool": 10})
    field_records.record("testing.tube_sealed", data={"tube": "T1", "count": 1})
    assert value("testing.unreconciled") == 1

    field_records.record("registry.merged", person=found, data={"canonical": "P1", "reference": "person"})

    assert value("testing.unreconciled") == 0


def test_a_tube_whose_sample_is_withdrawn_before_it_is_listed_stands_there_without_it(field_records: Field):
    sample = field_records.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10})
    question = Question(TOWN, START, START + timedelta(days=1))
    rows = figure("testing.tubes", question).rows(question)
    assert rows.value() == 1

    field_records.record("ledger.voided", corrects=str(sample.id), data={"reason": "扫错码"})

    assert [(row.code, row.event) for row in rows.listed()] == [("T1", None)]
