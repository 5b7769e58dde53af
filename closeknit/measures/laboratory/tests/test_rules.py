"""Numbers, words and times as laboratories write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from closeknit.measures.laboratory.rules import codes, moment_of, result_of

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("T1\nT2\nT1\n", ["T1", "T2"]), (" T1，T2；T3、T4 ", ["T1", "T2", "T3", "T4"]), ("Ｔ１\r\nT1", ["T1"]), ("", [])],
)
def test_numbers_that_were_scanned_or_pasted(text: str, expected: list[str]):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("阴性", "negative"), (" 阴性（-） ", "negative"), ("Positive", "positive"), ("＋", "positive"), ("可疑", "inconclusive"),
     ("无效", "invalid"), ("没问题", None), ("", None)],
)  # fmt: skip
def test_words_for_results(text: str, expected: str | None):
    assert result_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-11-04 13:20", datetime(2022, 11, 4, 5, 20, tzinfo=UTC)), ("2022/11/4 13:20:05", datetime(2022, 11, 4, 5, 20, 5, tzinfo=UTC)),
        ("2022-11-04T13:20:00+09:00", datetime(2022, 11, 4, 4, 20, tzinfo=UTC)),
        ("2022年11月4日 13时20分", datetime(2022, 11, 4, 5, 20, tzinfo=UTC)),
        ("2022-11-04", datetime(2022, 11, 3, 16, tzinfo=UTC)), ("昨天", None), ("2022-11-04 25:00", None), ("", None),
    ],
)  # fmt: skip
def test_times_as_tables_write_them(text: str, expected: datetime | None):
    assert moment_of(text, CHINA) == expected
