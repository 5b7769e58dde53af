"""docs/requirements.md says of every requirement what fulfils it, as the tests stand now."""

import importlib.util
from types import ModuleType

import pytest

from tests.structure.sources import ROOT

NEVER_LEFT_OUT = {
    "GRD-04", "KNK-03", "LST-01", "LST-02", "LST-03", "LST-04", "COD-05", "TST-06", "TST-07", "INS-03", "LIV-03", "LIV-05", "LIV-06",
    "RPT-01", "RPT-04", "RPT-05", "X-01", "X-03",
}  # fmt: skip


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/requirements.py."""
    spec = importlib.util.spec_from_file_location("requirements_script", ROOT / "scripts/requirements.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_as_the_tests_stand(script: ModuleType):
    wanted = script.requirements(script.TABLE.read_text(encoding="utf-8"))
    script.carry(wanted, list(script.tests_in(ROOT)))

    assert script.page(wanted) == script.PAGE.read_text(encoding="utf-8"), "type: python scripts/requirements.py --write"
    assert script.unknown(script.TABLE.read_text(encoding="utf-8")) == []


def test_what_is_not_yet_has_a_reason_and_is_little(script: ModuleType):
    wanted = script.requirements(script.TABLE.read_text(encoding="utf-8"))
    script.carry(wanted, list(script.tests_in(ROOT)))
    not_yet = [one for one in wanted.values() if not one.tests]

    assert [one.code for one in not_yet if not one.reason] == []
    assert len(not_yet) * 10 <= len(wanted)
    assert {one.code for one in not_yet}.isdisjoint(NEVER_LEFT_OUT)


def test_a_test_carries_an_id_by_its_name_and_no_other(script: ModuleType):
    wanted = script.requirements("# A. Table (X)\nGRD-04  one\nGRD-05  other\n")
    script.carry(wanted, [("closeknit/measures/care/tests/test_people.py", "test_grd_04_marks", 'record("care.visited")')])

    assert (len(wanted["GRD-04"].tests), wanted["GRD-05"].tests) == (1, [])
    assert (wanted["GRD-04"].words, wanted["GRD-04"].measures) == ({"care.visited"}, {"care"})
