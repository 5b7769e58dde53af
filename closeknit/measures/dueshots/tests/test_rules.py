"""Who is due for which dose, from values alone."""

from datetime import date

import pytest

from closeknit.measures.dueshots.bringing import read
from closeknit.measures.dueshots.rules import doses_had, line_after, state

SCHEDULE = ({"dose": 1, "from_months": 36}, {"dose": 2, "after_days": 21, "from_months": 36, "below_months": 216})
TODAY = date(2022, 3, 18)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], (0, None)),
        ([(1, date(2022, 1, 1)), (2, None)], (2, None)),
        ([(2, None), (2, date(2022, 1, 5)), (2, date(2022, 1, 3)), (1, date(2022, 2, 1))], (2, date(2022, 1, 5))),
    ],
)
def test_vac_01_the_highest_dose_counts_and_the_latest_day_of_it(pairs, expected):
    assert doses_had(pairs) == expected


@pytest.mark.parametrize(
    ("doses", "last", "born", "expected"),
    [
        (0, None, date(2019, 3, 18), "due"),
        (0, None, date(2019, 3, 19), "waiting"),
        (0, None, None, "unknown"),
        (1, date(2022, 2, 25), date(2010, 1, 1), "due"),
        (1, date(2022, 2, 26), date(2010, 1, 1), "waiting"),
        (1, None, date(2010, 1, 1), "due"),
        (1, date(2022, 2, 1), date(2004, 3, 18), "outside"),
        (1, date(2022, 2, 1), date(2004, 3, 19), "due"),
        (2, date(2022, 2, 1), None, "complete"),
    ],
)
def test_vac_01_the_interval_and_the_age_decide_who_is_due(doses, last, born, expected):
    assert state(line_after(SCHEDULE, doses), last, born, TODAY) == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("P1, 2, 2021-09-01", ("P1", 2, "2021-09-01")),
        ("P1，2，2021年9月1日", ("P1", 2, "2021-09-01")),
        ("P1\t0", ("P1", 0, "")),
        ("P1 3 20211231", ("P1", 3, "2021-12-31")),
        ("P1, 2, 去年", None),
        ("P1, 2, 2021-13-41", None),
        ("P1", None),
        ("", None),
    ],
)
def test_a_pasted_line_is_read_or_left(line: str, said: tuple[str, int, str] | None):
    row = read(line)

    assert (row and (row.who, row.doses, row.last_on)) == said
