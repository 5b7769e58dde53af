"""The table of roles is whole."""

import pytest
from django.conf import settings

from closeknit.access import roles


@pytest.mark.parametrize("measure", settings.MEASURES)
def test_every_measure_has_a_decision_in_the_table(measure):
    assert roles.WORK_OF.get(measure, measure) in roles.WORKS, f"Decide in roles.py who may view, record and manage {measure!r}."


def test_a_measure_without_a_line_is_noticed():
    assert "carnival" not in roles.WORKS


def test_every_role_has_a_column_and_a_name():
    assert set(roles.PERMISSIONS) == set(roles.ROLES)


def test_a_table_with_a_hole_is_refused():
    with pytest.raises(ValueError, match="testing"):
        roles._read("   a b\ntesting v\n")


def test_gate_staff_see_the_gate_what_holds_at_it_and_their_own_shift_only():
    assert roles.permissions("gate_staff") == {
        "checkpoints.view", "checkpoints.record", "command.view", "sheets.view", "workforce.view", "workforce.record",
        "zones.view", "zonechecks.view", "controls.view", "controls.record",  # which roads and areas are closed, and who stands there
        "passes.record",  # asks for a status by a card's code; the list of persons stays shut
    }  # fmt: skip


def test_only_administrators_open_and_close_accounts():
    assert [role for role in roles.ROLES if "access.manage" in roles.permissions(role)] == ["administrator"]
