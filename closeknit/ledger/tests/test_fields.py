"""What many kinds check alike in their fields."""

import pytest

from closeknit.ledger.fields import Invalid, check_one_line, check_order, parse_time


@pytest.mark.parametrize("value", ["", " ", "两\n行", "长" * 81])
def test_a_name_is_one_line_of_eighty_characters(value):
    check_one_line("team", "突击队")
    with pytest.raises(Invalid, match=r"data\.team"):
        check_one_line("team", value)


def in_order(begins: str, ends: str) -> bool:
    try:
        check_order("until", begins, ends)
    except Invalid as invalid:
        assert (invalid.field, invalid.reason) == ("data.until", "out_of_range")
        return False
    return True


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2022-03-18T08:00+08:00", "2022-03-18T01:00+00:00"),
        ("2022-03-18T23:00+08:00", "2022-03-18"),
        ("2022-03-18", "2022-03-18T08:00+08:00"),
        ("2022-03-18", "2022-03-19"),
        ("", "2022-03-18"),
        ("2022-03-18", ""),
    ],
)
def test_an_end_may_lie_at_the_beginning_or_after_it_in_whatever_offset(begins, ends):
    assert in_order(begins, ends)


@pytest.mark.parametrize(
    ("begins", "ends"), [("2022-03-18T08:00+08:00", "2022-03-18T07:00+08:00"), ("2022-03-19T00:30+08:00", "2022-03-18")]
)
def test_an_end_before_the_beginning_is_refused(begins, ends):
    assert not in_order(begins, ends)


def test_a_bare_day_has_one_form():
    assert parse_time("2022-03-18").isoformat() == "2022-03-18"
    with pytest.raises(ValueError, match="week"):
        parse_time("2022-W11-5")
