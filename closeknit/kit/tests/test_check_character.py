"""The check character is the standard's, finds what it must find, and is the same as on the phone."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from closeknit.kit.ids import SIGNS, check_character, printed

FIELD = Path(__file__).resolve().parents[3] / "field"
TABLE = json.loads((FIELD / "tests/check-characters.json").read_text(encoding="utf-8"))  # the app's own tests hold it too


def test_the_table_of_server_and_app_holds():
    assert {code: check_character(code) for code in TABLE} == TABLE


@pytest.mark.parametrize("code", [code for code in TABLE if len(code) > 3])
def test_a_wrong_sign_and_two_that_changed_places_are_found(code: str):
    signs, right = [sign for sign in code if sign in SIGNS], check_character(code)
    wrong = ["".join([*signs[:at], other, *signs[at + 1 :]]) for at in range(len(signs)) for other in SIGNS if other != signs[at]]
    turned = ["".join([*signs[:at], b, a, *signs[at + 2 :]]) for at, (a, b) in enumerate(pairwise(signs)) if a != b]

    assert [each for each in [*wrong, *turned] if check_character(each) == right] == []


def test_a_code_is_printed_with_its_letter():
    assert printed("H", "433122108001-0001") == "CKH1:433122108001-0001:A"
