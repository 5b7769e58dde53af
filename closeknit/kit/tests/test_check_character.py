"""The check character is the standard's, finds what it must find, and is the same as on the phone."""

import json
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from closeknit.kit.check_character import SIGNS, check_character, printed

FIELD = Path(__file__).resolve().parents[3] / "field"
ROLLDOWN = FIELD / "node_modules/.bin/rolldown"
TABLE = {
    "A12425GABC1234002": "M",  # the example of those who number recordings by this standard
    "": "1", "0": "2", "1": "Z", "P1": "9", "p1": "9", "H1": "4", "户H1": "4", "433122108001-0001": "A", "433122108001-G01": "G",
    "K7M29Q": "I",
}  # fmt: skip


def test_the_table_holds():
    assert {code: check_character(code) for code in TABLE} == TABLE


@pytest.mark.parametrize("code", [code for code in TABLE if len(code) > 3])
def test_a_wrong_sign_and_two_that_changed_places_are_found(code: str):
    signs, right = [sign for sign in code if sign in SIGNS], check_character(code)
    wrong = ["".join([*signs[:at], other, *signs[at + 1 :]]) for at in range(len(signs)) for other in SIGNS if other != signs[at]]
    turned = ["".join([*signs[:at], b, a, *signs[at + 2 :]]) for at, (a, b) in enumerate(pairwise(signs)) if a != b]

    assert [each for each in [*wrong, *turned] if check_character(each) == right] == []


def test_a_code_is_printed_with_its_letter():
    assert printed("H", "433122108001-0001") == "CKH1:433122108001-0001:A"


@pytest.mark.skipif(not ROLLDOWN.exists() or not shutil.which("node"), reason="the field app is not installed here")
def test_the_field_app_says_the_same(tmp_path: Path):
    bundle = tmp_path / "codes.mjs"
    subprocess.run([ROLLDOWN, FIELD / "src/scan/codes.ts", "--file", bundle, "--format", "esm"], check=True, capture_output=True, cwd=FIELD)
    script = f"import({json.dumps(str(bundle))}).then((c) => console.log(JSON.stringify({json.dumps([*TABLE])}.map(c.checkCharacter))))"

    said = subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True).stdout

    assert json.loads(said) == [*TABLE.values()]
