"""The citizen ID: what is valid, what a cell may look like, and what each fault is called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeknit.kit import citizen_id

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.mark.parametrize("number", ["34052419800101001X", "370101190102039973", "11010519491231002X", "990000195607100027"])
def test_the_published_examples_are_valid(number: str) -> None:
    assert citizen_id.read(number).number == number


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_digit_is_that_of_the_weights_of_the_standard(first: str) -> None:
    remainder = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first, strict=True)) % 11

    assert citizen_id.check_digit(first) == "10X98765432"[remainder]


@pytest.mark.parametrize(
    "written",
    [
        "99000019930429001X",
        "99000019930429001x",
        "９９００００１９９３０４２９００１Ｘ",
        " 990000 19930429 001X ",
        "'99000019930429001X",
        "99000019930429001×",
        "\u200b99000019930429001X\u00a0",
    ],
)
def test_an_id_is_read_as_people_write_it(written: str) -> None:
    assert citizen_id.read(written).number == "99000019930429001X"


def test_an_id_tells_birth_date_and_sex() -> None:
    assert citizen_id.read("990000195607100027") == ("990000195607100027", "", date(1956, 7, 10), "f")


def test_an_id_of_15_digits_becomes_one_of_18() -> None:
    assert citizen_id.read("130503670401001") == ("130503196704010016", "", date(1967, 4, 1), "m")
    assert citizen_id.read("130503671301001").fault == "date"


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("无", "empty"),
        ("不详", "empty"),
        ("/", "empty"),
        ("990000195607100028", "check"),
        ("99000019560710002", "form"),
        ("99000019560710002Y", "form"),
        ("X90000195607100027", "form"),
        ("护照E12345678", "form"),
        ("9.9000019340905E+17", "cut"),
        ("9.90000E+17", "cut"),
        ("990000193409050000", "cut"),
        ("99000019560230002" + citizen_id.check_digit("99000019560230002"), "date"),
    ],
)
def test_each_fault_has_its_name(written: str, fault: str) -> None:
    reading = citizen_id.read(written)

    assert (reading.number, reading.fault, reading.birth_date, reading.sex) == ("", fault, None, "")


@pytest.mark.parametrize("written", ["11010519491231002X", "110105194912310021", "110105491231002", "1.10105194912E+17"])
def test_what_may_be_a_living_persons_number_is_known(written: str) -> None:
    assert citizen_id.may_be_real(written)


@pytest.mark.parametrize("written", ["990000195607100027", "9.9000019340905E+17", "", "无", "12345", "990000670401001", "护照E12345678"])
def test_made_up_numbers_and_other_text_are_not_taken_for_real(written: str) -> None:
    assert not citizen_id.may_be_real(written)


def test_a_number_that_a_spreadsheet_cut_is_known() -> None:
    assert citizen_id.is_cut("9.9000019340905E+17")
    assert citizen_id.is_cut("1.10105e17")
    assert not citizen_id.is_cut("990000195607100027")
