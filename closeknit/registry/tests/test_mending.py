"""Mending rows on the screen: judged like an import, remembered against the next one, handed back in the workbook."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.actions import Refused
from closeknit.registry.importing import Summary, import_roster
from closeknit.registry.known import canonical
from closeknit.registry.models import Heading, Household, Import, Person, RosterRow
from closeknit.registry.review.mending import cure_of, leave, mend
from closeknit.registry.review.returning import returned
from closeknit.registry.tests.roster_files import csv_file, workbook
from tests.town import EAST, START, TOWN, WEST, Field, id_no

HEADINGS = ("人员编号", "户编号", "姓名", "身份证号", "所属村(社区)")
ID_1, ID_2, ID_3 = id_no("19510101", 11), id_no("19520202", 12), id_no("19530303", 13)
BAD = ID_1[:-1] + ("1" if ID_1[-1] != "1" else "2")
ROWS = (("N1", "NH1", "甲一", BAD, "西坪村"), ("N2", "NH1", "", ID_2, "西坪村"), ("N3", "NH2", "甲三", ID_3, "无此村"))
Bring = Callable[..., Summary]


@pytest.fixture
def bring(town: None, tmp_path: Path) -> Bring:
    later = iter(range(1, 20))

    def brought(rows: Sequence[Sequence[str]] = ROWS, name: str = "名册.csv") -> Summary:
        with clock.at(START + timedelta(minutes=next(later))):
            return import_roster([csv_file(tmp_path / name, rows, HEADINGS)], by="ben", area=TOWN)

    return brought


def row(number: int) -> RosterRow:
    return RosterRow.objects.current().get(file="名册.csv", row=number)


def mended(number: int, **changes: str) -> RosterRow:
    with clock.at(START + timedelta(hours=1)):
        return mend(row(number), changes, by="W3", reason="对照证件核实", within=TOWN).row


def test_an_id_put_right_makes_a_new_version_of_row_and_person(bring: Bring):
    bring()

    assert mended(2, id_no=ID_1).status == "accepted"

    assert (Person.objects.current().get(code="N1").doubt, Person.objects.filter(code="N1").count()) == ("", 2)
    assert Event.objects.get(kind="registry.amended").told() == {"fields": ["id_no"], "reason": "对照证件核实"}


def test_a_parked_row_gets_its_name_or_its_area(bring: Bring):
    bring()

    states = [mended(3, name="甲二").status, mended(4, area=EAST).status]

    assert states == ["accepted", "accepted"]
    assert {(each.code, each.area) for each in Person.objects.current().filter(code__in=["N2", "N3"])} == {("N2", WEST), ("N3", EAST)}
    assert Household.objects.current().get(code="NH2").area == EAST


def test_what_waited_for_a_parked_person_is_accepted_at_the_time_of_the_mending(bring: Bring, field_records: Field):
    bring()
    waiting = field_records.push(field_records.event("doorknock.phoned", person="N2", data={"outcome": "reached"}))[0]

    mended(3, name="甲二")

    assert waiting.status == "waiting"
    assert Event.objects.get(id=waiting.id).received_at == START + timedelta(hours=1)


def test_a_row_that_is_still_wrong_is_refused_with_the_cure(bring: Bring):
    bring()

    for number, changes, field in (
        (2, {"id_no": BAD[:-1]}, "id_no"),
        (3, {"name": "无"}, "name"),
        (4, {"area": WEST[:6]}, "area"),
        (2, {"id_no": "430102199001011234"}, "id_no"),
    ):
        with pytest.raises(Refused) as refused:
            mended(number, **changes)
        assert refused.value.field == field
    assert [each.status for each in (row(2), row(3), row(4))] == ["doubtful", "parked", "parked"]


def test_a_name_can_be_put_right_while_the_id_stays_in_doubt(bring: Bring):
    bring()

    assert mended(2, name="贾一").status == "doubtful"

    assert Person.objects.current().get(code="N1").told()["name"] == "贾一"


def test_an_id_that_is_somebodys_makes_one_person_of_two(bring: Bring):
    bring()

    with clock.at(START + timedelta(hours=1)):
        done = mend(row(2), {"id_no": id_no("19620702", 1)}, by="W3", reason="对照证件核实", within=TOWN)

    assert (done.row.status, done.merged_into) == ("merged", "P1")
    assert canonical("person", ["N1"]) == {"N1": "P1"}
    assert not Person.objects.current().filter(code="N1").exists()
    assert Household.objects.current().filter(code="NH1").exists()  # the second address stays a door


def test_the_same_file_again_does_not_undo_what_was_mended(bring: Bring):
    bring()
    mended(2, id_no=ID_1)
    mended(3, name="甲二")

    again = bring()

    assert dict(again.changes) == {"same": 3}
    assert [(each.status, each.reason) for each in (row(2), row(3))] == [("accepted", ""), ("accepted", "")]
    assert Person.objects.current().get(code="N1").doubt == ""


def test_a_corrected_file_goes_before_what_was_mended(bring: Bring):
    bring()
    mended(3, name="甲二")

    bring((ROWS[0], ("N2", "NH1", "甲小二", ID_2, "西坪村"), ROWS[2]))

    assert Person.objects.current().get(code="N2").told()["name"] == "甲小二"


def test_a_doubt_left_as_it_is_leaves_the_list_and_stays_a_doubt(bring: Bring):
    bring()

    with clock.at(START + timedelta(hours=1)):
        left = leave(row(2), by="W3", reason="证件遗失，待补办")

    assert (left.left, left.status, Person.objects.current().get(code="N1").doubt) == (True, "doubtful", "bad_id")
    assert bring().changes["same"] == 3


def test_a_parked_row_cannot_be_left(bring: Bring):
    bring()

    with pytest.raises(Refused):
        leave(row(3), by="W3", reason="x")


def test_every_reason_has_a_cure(bring: Bring):
    bring()

    assert all(cure_of(each, each.told()) for each in (row(2), row(3), row(4)))


def told(content: bytes, folder: Path) -> list[tuple[object, ...]]:
    path = folder / "back.xlsx"
    path.write_bytes(content)
    sheet = openpyxl.load_workbook(path).active
    return [tuple(cell.value for cell in line) for line in sheet.iter_rows()]


def test_the_workbook_of_a_file_from_the_command_line_is_made_of_its_rows_and_can_be_brought_again(bring: Bring, tmp_path: Path):
    bring()

    name, content = returned(Import.objects.get(file="名册.csv"))

    lines = told(content, tmp_path)
    assert name == "名册-结果.xlsx"
    assert lines[0][:4] == ("人员编号", "户编号", "姓名", "身份证号") and lines[0][-2:] == ("结果", "原因")
    assert [line[-2] for line in lines[1:]] == ["已接收，待核实", "搁置，未接收", "搁置，未接收"]
    assert "校验位" in str(lines[1][-1])


def test_the_returned_workbook_corrected_cures_its_rows(bring: Bring, tmp_path: Path):
    bring()
    lines = [list(line) for line in told(returned(Import.objects.get(file="名册.csv"))[1], tmp_path)]
    lines[1][3], lines[2][2] = ID_1, "甲二"
    corrected = workbook(tmp_path / "名册-结果.xlsx", {"名册": [[cell or "" for cell in line] for line in lines]})

    with clock.at(START + timedelta(hours=3)):
        import_roster([corrected], by="ben", area=TOWN)

    assert RosterRow.objects.current().filter(status="doubtful", person="N1").count() == 0
    assert RosterRow.objects.current().filter(status="parked", person="N2").count() == 0
    assert Person.objects.current().filter(code__in=["N1", "N2"]).count() == 2


def test_a_heading_that_somebody_mapped_is_known_from_then_on(town: None, tmp_path: Path):
    file = csv_file(tmp_path / "名册.csv", [("N1", "甲一", "西坪村", "NH7")], ("人员编号", "姓名", "所属村(社区)", "门户"))
    assert import_roster([file], by="ben").unknown_headings == ["门户"]
    Heading.objects.create(heading="门户", field="household", by="ben", learned_at=START)

    import_roster([file], by="ben")

    assert Person.objects.current().get(code="N1").household == "NH7"
