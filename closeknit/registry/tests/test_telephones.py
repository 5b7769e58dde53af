"""A member's telephone: read from a table, typed on a screen, kept encrypted, and named nowhere else."""

import pickle
from pathlib import Path

import pytest

from closeknit.ledger.models import Event
from closeknit.registry.actions import Refused
from closeknit.registry.loading import load_members
from closeknit.registry.members.answering import Callees
from closeknit.registry.members.telephones import keep
from closeknit.registry.models import Member
from closeknit.sync.demonstration import give_telephones
from tests.town import GRID, TOWN, WEST


def table(folder: Path, heading: str, *cells: str) -> Path:
    """A table of W1 and, where there is a second cell, W2, with one column more."""
    rows = [f"W{number},村干部{number},village_worker,{WEST},{cell}" for number, cell in enumerate(cells, 1)]
    path = folder / "members.csv"
    path.write_text("\n".join([f"code,name,role,area,{heading}", *rows]), encoding="utf-8")
    return path


def phone(code: str = "W1") -> str:
    return Member.objects.current().get(code=code).phone


@pytest.mark.parametrize("heading", ["phone", "电话", "手机", "联系电话", "手机号"])
def test_a_table_brings_telephones_under_the_usual_headings(town: None, tmp_path: Path, heading: str):
    load_members(table(tmp_path, heading, "199 0000-0042", ""))

    assert (phone("W1"), phone("W2")) == ("19900000042", "")


def test_the_same_table_twice_changes_nothing(town: None, tmp_path: Path):
    path = table(tmp_path, "电话", "19900000042", "暂无")
    load_members(path)

    assert load_members(path) == {"read": 2, "new": 0, "changed": 0}


@pytest.mark.parametrize(("heading", "cell"), [("unit", "西坪村"), ("电话", ""), ("电话", "暂无")])
def test_a_table_that_says_no_telephone_takes_none_away(town: None, tmp_path: Path, heading: str, cell: str):
    load_members(table(tmp_path, "phone", "19900000042"))
    load_members(table(tmp_path, heading, cell))

    assert phone() == "19900000042"


def test_a_table_changes_a_telephone(town: None, tmp_path: Path):
    load_members(table(tmp_path, "phone", "19900000042"))

    assert load_members(table(tmp_path, "phone", "19900000043"))["changed"] == 1
    assert phone() == "19900000043"


def test_what_is_typed_is_kept_as_a_new_version_and_the_record_of_it_holds_no_number(town: None):
    keep(Member.objects.current().get(code="W1"), "199-0000-0042", by="W3")

    event = Event.objects.get(kind="registry.amended")
    assert (phone(), event.member, event.area) == ("19900000042", "W3", WEST)
    assert event.told() == {"fields": ["phone"], "reason": "登记联系电话", "worker": "W1"}
    assert Member.objects.filter(code="W1").count() == 2
    keep(Member.objects.current().get(code="W1"), "", by="W3")
    assert phone() == ""


def test_what_is_no_number_is_refused_and_changes_nothing(town: None):
    with pytest.raises(Refused) as refused:
        keep(Member.objects.current().get(code="W1"), "问村委会", by="W3")

    assert (refused.value.field, phone(), Event.objects.count()) == ("phone", "", 0)


def test_who_was_slower_does_not_overwrite(town: None):
    first = Member.objects.current().get(code="W1")
    keep(first, "19900000042", by="W3")

    with pytest.raises(Refused):
        keep(first, "19900000043", by="W2")
    assert phone() == "19900000042"


def test_no_table_holds_a_telephone_that_can_be_read(town: None, tmp_path: Path):
    load_members(table(tmp_path, "phone", "19900000042"))

    assert b"19900000042" not in pickle.dumps([[bytes(row[-1] or b""), *row[:-1]] for row in Member.objects.values_list()])


def test_who_answers_is_who_lies_nearest_above_or_who_is_named(town: None):
    callees = Callees([(GRID, ""), (TOWN, ""), (WEST, "W2"), ("", "")])

    answered = [callees.of(GRID), callees.of(TOWN), callees.of(WEST, "W2"), callees.of("")]
    assert [whom and whom.code for whom in answered] == ["W1", "W3", "W2", None]


def test_the_demonstration_gives_each_member_the_same_number_every_time_and_it_is_nobodys(town: None):
    give_telephones()
    once = [row.phone for row in Member.objects.current().order_by("code")]
    give_telephones()

    assert [row.phone for row in Member.objects.current().order_by("code")] == once
    assert [number[:7] for number in once] == ["1990000"] * 3
