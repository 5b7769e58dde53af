"""When somebody is due again."""

from datetime import date, datetime, timedelta, timezone

import pytest

from closeknit.campaigns.cadences.rules import cadence, categories, day_after, moment, next_due, state
from closeknit.policy.packs import Policy, merged, shipped

CHINA = timezone(timedelta(hours=8))
COVID = Policy("covid", 1, merged(shipped("generic"), shipped("cn-covid-2022-v9")))
D = date.fromisoformat


@pytest.mark.parametrize(
    ("last", "since", "days", "due"),
    [
        (None, "2022-03-18", 7, "2022-03-18"),
        ("2022-03-10", "2022-03-01", 7, "2022-03-17"),
        ("2022-03-10", "2022-03-20", 7, "2022-03-20"),
        ("2022-03-17", "2022-03-01", 1, "2022-03-18"),
    ],
)
def test_rtn_01_somebody_is_due_so_many_days_after_the_last_sample(last: str | None, since: str, days: int, due: str):
    assert next_due(D(last) if last else None, D(since), days) == D(due)


@pytest.mark.parametrize(("due", "word"), [("2022-03-17", "overdue"), ("2022-03-18", "due"), ("2022-03-19", "later")])
def test_the_day_on_which_one_is_due_is_not_overdue_yet(due: str, word: str):
    assert state(D(due), D("2022-03-18")) == word


def test_a_bare_day_begins_and_ends_at_midnight_of_the_place():
    said = datetime(2022, 3, 18, 5, tzinfo=CHINA)

    assert moment("2022-03-18", said, CHINA) == datetime(2022, 3, 18, tzinfo=CHINA)
    assert moment("", said, CHINA) == said
    assert day_after("2022-03-18", CHINA) == datetime(2022, 3, 19, tzinfo=CHINA)
    assert day_after("", CHINA) is None


def test_rtn_03_each_category_has_its_cadence_and_a_group_may_have_its_own():
    wanted = {
        "arrivals_key_areas", "isolation_staff", "hospital_staff", "inpatients", "carers", "imported_cold_chain", "office_staff", "pupils",
        "school_staff",
    }  # fmt: skip

    assert wanted - categories(COVID).keys() == set()
    assert [cadence(COVID, "hospital_staff", None), cadence(COVID, "hospital_staff", 3), cadence(COVID, "unheard_of", None)] == [1, 3, 7]
