"""What is wrong with an institution, which days it owes, what is left to pass up."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from closeknit.ledger.fields import Invalid
from closeknit.measures.clinics.kinds import DayReported
from closeknit.measures.clinics.rules import faults, last_owed, left, owed_days

CHINA = timezone(timedelta(hours=8))


def at(day: int, hour: int) -> datetime:
    return datetime(2022, 3, day, hour, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("check", "needs", "expected"),
    [
        ({"triage": "works", "fever_clinic": "works", "scanning": True}, True, []),
        ({"triage": "works", "fever_clinic": "none"}, False, []),
        ({"triage": "works", "fever_clinic": "none"}, True, ["fever_clinic_none"]),
        ({"triage": "none", "fever_clinic": "fails"}, False, ["triage_none", "fever_clinic_fails"]),
        ({"triage": "works", "fever_clinic": "works", "scanning": False, "problems": ["无登记"]}, False, ["scanning", "problems"]),
    ],
)
def test_enf_09_a_check_says_what_is_wrong(check: dict[str, Any], needs: bool, expected: list[str]):
    assert faults(check, needs_fever_clinic=needs) == expected


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (at(17, 18), at(18, 18), [18]),
        (at(17, 17), at(18, 17), [17]),
        (at(18, 18), at(18, 23), []),
        (at(16, 0), at(19, 0), [16, 17, 18]),
    ],
)
def test_a_day_is_owed_at_its_hour(start: datetime, end: datetime, days: list[int]):
    assert [day.day for day in owed_days(start, end, "18:00", CHINA)] == days


@pytest.mark.parametrize(("hour", "day"), [(17, 17), (18, 18), (23, 18)])
def test_the_last_owed_day_is_today_from_the_hour_on(hour: int, day: int):
    assert last_owed(at(18, hour), "18:00", CHINA) == date(2022, 3, day)


@pytest.mark.parametrize(("visits", "told", "numbers", "expected"), [(3, 1, [1], 1), (3, 0, [2, 2], 0), (0, 0, [], 0), (2, 0, [], 2)])
def test_what_is_left_to_pass_up(visits: int, told: int, numbers: list[int], expected: int):
    assert left(visits, told, numbers) == expected


@pytest.mark.parametrize("said", [{"passed_up": 4, "fever_visits": 3}, {"day": "2022-03-18T08:00+08:00", "fever_visits": 0}])
def test_a_report_that_contradicts_itself_is_refused(said: dict[str, Any]):
    with pytest.raises(Invalid):
        DayReported(**{"day": "2022-03-18", **said}).check()
