"""Times and colours as lists write them."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from closeknit.measures.listintake.rules import moment, read_colour, written_time
from closeknit.policy.packs import shipped

TODAY = date(2022, 3, 18)
CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-03-19 14:05", (date(2022, 3, 19), time(14, 5))), ("2022/3/19 14:05:00", (date(2022, 3, 19), time(14, 5))),
        ("2022年3月19日14时", (date(2022, 3, 19), time(14))), ("3月19日18时前", (date(2022, 3, 19), time(18))),
        ("今日18：00前", (TODAY, time(18))), ("18点30分", (TODAY, time(18, 30))), ("20220319", (date(2022, 3, 19), None)),
        ("3月18日24时", (date(2022, 3, 19), time(0))), ("2022-03-19", (date(2022, 3, 19), None)), ("44639.75", (date(2022, 3, 19),
                                                                                                                time(18))),
        ("44639", (date(2022, 3, 19), None)), ("等通知", None), ("2022-13-40", None), ("25:00", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_as_tables_write_it(text: str, expected: object):
    assert written_time(text, TODAY) == expected


def test_a_bare_day_lasts_to_its_end():
    assert moment("3月19日", TODAY, CHINA) == datetime(2022, 3, 19, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("红码", "red"),
        ("紅碼", "red"),
        ("黄马", "yellow"),
        ("绿吗", "green"),
        (" 绿 码 ", "green"),
        ("红绿码", ""),
        ("蓝码", ""),
        ("红转绿", ""),
    ],
)
def test_lst_07_a_colour_is_read_by_the_table_or_not_at_all(written: str, colour: str):
    assert read_colour(written, shipped("cn-covid-2022-v9")["lists"]["colours"]) == colour
