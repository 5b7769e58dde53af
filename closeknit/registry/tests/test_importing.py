"""Importing rosters again, corrected, moved and in parts: nobody is lost, nobody counts twice."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from closeknit.campaigns.coverage import coverage
from closeknit.campaigns.models import Campaign
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event, Refusal
from closeknit.registry.importing import Summary, import_roster
from closeknit.registry.known import canonical
from closeknit.registry.models import Alias, Household, Import, Person, RosterRow, SearchWords
from closeknit.registry.searching import search_persons
from closeknit.registry.tests.roster_files import csv_file, workbook
from tests.town import EAST, START, TOWN, WEST, Field, campaign, id_no

HEADINGS = ("人员编号", "户编号", "姓名", "身份证号", "所属村(社区)")
NO_CODES = ("户编号", "姓名", "身份证号", "所属村(社区)")
ID_1, ID_2, ID_3 = id_no("19510101", 11), id_no("19520202", 12), id_no("19530303", 13)
BAD = ID_1[:-1] + ("1" if ID_1[-1] != "1" else "2")
Bring = Callable[..., Summary]


@pytest.fixture
def bring(town: None, tmp_path: Path) -> Bring:
    """Imports rows as a csv file; `later` days after the start."""
    later = iter(range(1, 20))

    def brought(*rows: Sequence[str], name: str = "名册.csv", headings: Sequence[str] = HEADINGS) -> Summary:
        with clock.at(START + timedelta(minutes=next(later))):
            return import_roster([csv_file(tmp_path / name, rows, headings)], by="ben")

    return brought


def persons(*codes: str) -> dict[str, tuple[str, str, str]]:
    rows = Person.objects.current().filter(code__in=codes)
    return {each.code: (each.told()["name"], each.household, each.doubt) for each in rows}


def rows(**having: str) -> list[tuple[str, int, str, str]]:
    return sorted(RosterRow.objects.current().filter(file__startswith="名册", **having).values_list("file", "row", "status", "reason"))


def state() -> list[object]:
    return [sorted(model.objects.values_list("pk", flat=True), key=str) for model in (RosterRow, Person, Household, Alias, SearchWords)]


def due() -> set[str]:
    return coverage(Campaign.objects.get(code="sweep"), TOWN, until=START + timedelta(hours=2)).due


def test_the_same_file_twice_changes_nothing(bring: Bring):
    told = (
        ("N1", "NH1", "甲一", ID_1, "西坪村"),
        ("N2", "NH1", "甲二", BAD, "西坪村"),
        ("N3", "NH2", "甲三", ID_1, "西坪村"),
        ("N4", "NH3", "", ID_2, "西坪村"),
    )
    bring(*told)
    before = state()

    again = bring(*told)

    assert state() == before
    assert dict(again.changes) == {"same": 4}


def test_the_same_file_under_another_name_changes_nothing(bring: Bring):
    told = (("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH1", "甲二", BAD, "西坪村"), ("N4", "NH3", "", ID_2, "西坪村"))
    bring(*told)
    before = state()

    bring(*told, name="名册-副本.csv")

    assert state() == before
    assert Import.objects.order_by("learned_at").last().file == "名册.csv"


def test_a_corrected_file_under_the_same_name_cures_its_rows(bring: Bring):
    bring(("N1", "NH1", "甲一", BAD, "西坪村"), ("N2", "NH1", "", ID_2, "西坪村"), ("N3", "NH2", "甲三", ID_3, "无此村"))

    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH1", "甲二", ID_2, "西坪村"), ("N3", "NH2", "甲三", ID_3, "东岭村"))

    assert rows() == [("名册.csv", 2, "accepted", ""), ("名册.csv", 3, "accepted", ""), ("名册.csv", 4, "accepted", "")]
    assert persons("N1", "N2", "N3") == {"N1": ("甲一", "NH1", ""), "N2": ("甲二", "NH1", ""), "N3": ("甲三", "NH2", "")}


@pytest.mark.parametrize("name", ["名册-结果.csv", "名册修改稿.csv"])
def test_a_corrected_file_under_another_name_cures_the_rows_too(bring: Bring, name: str):
    bring(("N1", "NH1", "甲一", BAD, "西坪村"), ("N2", "NH1", "", ID_2, "西坪村"), ("N3", "NH2", "甲三", ID_3, "无此村"))

    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH1", "甲二", ID_2, "西坪村"), ("N3", "NH2", "甲三", ID_3, "东岭村"), name=name)

    assert rows(status="parked") == rows(status="doubtful") == []
    assert len(persons("N1", "N2", "N3")) == 3


def test_a_row_without_a_name_gives_way_to_another_file_that_tells_of_its_id(bring: Bring):
    bring(("NH1", "", ID_1, "西坪村"), ("NH2", "", ID_2, "西坪村"), name="名册先.csv", headings=NO_CODES)

    summary = bring(("NH9", "甲一", ID_1, "东岭村"), name="名册后.csv", headings=NO_CODES)

    assert summary.changes["cured"] == 1
    assert rows(status="parked") == [("名册先.csv", 3, "parked", "missing_name")]


def test_two_of_one_name_in_a_household_stay_two_where_one_has_a_doubtful_id(bring: Bring):
    bring(("NH1", "甲一", BAD, "西坪村"), name="名册先.csv", headings=NO_CODES)
    first = Person.objects.current().get(household="NH1").code

    bring(("NH1", "甲一", ID_2, "西坪村"), ("NH1", "甲一", BAD, "西坪村"), name="名册后.csv", headings=NO_CODES)

    doubts = dict(Person.objects.current().filter(household="NH1").values_list("code", "doubt"))
    assert doubts.pop(first) == "bad_id"
    assert list(doubts.values()) == [""]


def test_two_villages_whose_files_bear_one_name_keep_their_rows_apart(bring: Bring):
    bring(("W10", "WH1", "甲一", BAD, "西坪村"), ("W11", "WH1", "", ID_2, "西坪村"))

    bring(("E10", "EH1", "乙一", id_no("19600101", 21), "东岭村"), ("E11", "EH2", "", id_no("19600101", 22), "东岭村"))

    assert rows() == [
        ("名册 (2).csv", 2, "accepted", ""), ("名册 (2).csv", 3, "parked", "missing_name"),
        ("名册.csv", 2, "doubtful", "bad_id"), ("名册.csv", 3, "parked", "missing_name"),
    ]  # fmt: skip


def test_two_files_of_one_name_in_one_import_both_count(town: None, tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = csv_file(tmp_path / "a/名册.csv", [("W10", "WH1", "甲一", ID_1, "西坪村")], HEADINGS)
    second = csv_file(tmp_path / "b/名册.csv", [("E10", "EH1", "乙一", ID_2, "东岭村"), ("E11", "EH1", "乙二", ID_1, "东岭村")], HEADINGS)

    summary = import_roster([first, second], by="ben")

    assert dict(summary.rows) == {"accepted": 2, "merged": 1}
    assert [file for file, *_ in rows()] == ["名册 (2).csv", "名册 (2).csv", "名册.csv"]


def test_a_row_that_the_corrected_file_no_longer_has_is_listed_no_longer_but_its_person_stays(bring: Bring):
    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH1", "甲二", BAD, "西坪村"))

    bring(("N1", "NH1", "甲一", ID_1, "西坪村"))

    assert rows() == [("名册.csv", 2, "accepted", "")]
    assert set(persons("N1", "N2")) == {"N1", "N2"}


def test_who_moved_is_due_where_they_live_now(bring: Bring):
    bring(("N1", "NH1", "甲一", ID_1, "西坪村"))

    bring(("N1", "NH2", "甲一", ID_1, "东岭村"))

    assert persons("N1") == {"N1": ("甲一", "NH2", "")}
    assert Person.objects.filter(code="N1").count() == 2
    assert {"NH1", "NH2"} & due() == {"NH2"}
    assert [each.area for each in Household.objects.current().filter(code="NH2")] == [EAST]


def test_a_household_that_moved_as_a_whole_lies_in_the_new_area(bring: Bring):
    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH1", "甲二", ID_2, "西坪村"))

    bring(("N1", "NH1", "甲一", ID_1, "东岭村"), ("N2", "NH1", "甲二", ID_2, "东岭村"))

    assert [each.area for each in Household.objects.current().filter(code="NH1")] == [EAST]
    assert [each.area for each in Household.objects.as_of(START + timedelta(minutes=1)).filter(code="NH1")] == [WEST]


def test_a_household_of_which_one_moved_stays(bring: Bring):
    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH1", "甲二", ID_2, "西坪村"))

    bring(("N1", "NH9", "甲一", ID_1, "东岭村"), ("N2", "NH1", "甲二", ID_2, "西坪村"))

    assert {"NH1", "NH9"} <= due()


def test_a_late_record_on_a_household_that_is_gone_is_still_taken(bring: Bring, field_records: Field):
    bring(("N1", "NH1", "甲一", ID_1, "西坪村"))
    bring(("N1", "NH2", "甲一", ID_1, "东岭村"))

    answer = field_records.push(field_records.event("doorknock.visited", household="NH1", data={"outcome": "moved"}))[0]

    assert answer.status == "accepted"


def test_who_was_renamed_is_found_by_the_new_name_only(bring: Bring):
    bring(("N1", "NH1", "欧阳文", ID_1, "西坪村"))

    bring(("N1", "NH1", "司马文", ID_1, "西坪村"))

    found = {query: [each.code for each in search_persons(query, Person.objects.current())] for query in ("欧阳", "ouyang", "司马", "sima")}
    assert found == {"欧阳": [], "ouyang": [], "司马": ["N1"], "sima": ["N1"]}


@pytest.mark.parametrize("name", ["名册.csv", "新名册.csv"])
def test_an_id_put_right_keeps_the_person_also_where_the_roster_has_no_codes(bring: Bring, field_records: Field, name: str):
    bring(("NH1", "甲一", BAD, "西坪村"), ("NH1", "甲二", ID_2, "西坪村"), headings=NO_CODES)
    code = next(code for code, told in ((each.code, each.told()) for each in Person.objects.current()) if told["name"] == "甲一")
    field_records.record("testing.sampled", person=code, place="CP1", data={"tube": "T1", "pool": 1})

    bring(("NH1", "甲一", ID_1, "西坪村"), ("NH1", "甲二", ID_2, "西坪村"), headings=NO_CODES, name=name)

    assert persons(code) == {code: ("甲一", "NH1", "")}
    assert Person.objects.current().filter(household="NH1").count() == 2
    assert RosterRow.objects.current().filter(status="doubtful", household="NH1").count() == 0


def test_an_id_put_right_of_somebody_with_no_household_keeps_both(bring: Bring):
    headings = ("姓名", "身份证号", "所属村(社区)")
    bring(("甲一", BAD, "西坪村"), headings=headings)
    before = Person.objects.current().get(doubt="bad_id", area=WEST)

    bring(("甲一", ID_1, "西坪村"), headings=headings)

    after = Person.objects.current().get(code=before.code)
    assert (after.household, after.doubt) == (before.household, "")
    assert due() == {"H1", "H2", "H3", "H4", "H5", before.household}


def test_two_rows_that_prove_to_be_two_people_are_two_people(bring: Bring, field_records: Field):
    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH2", "甲二", ID_1, "西坪村"))
    assert canonical("person", ["N2"]) == {"N2": "N1"}

    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH2", "甲二", ID_2, "西坪村"))

    assert canonical("person", ["N2"]) == {}
    assert set(persons("N1", "N2")) == {"N1", "N2"}


def test_two_people_who_prove_to_be_one_count_once(bring: Bring):
    with clock.at(START):
        plan(campaign("round", "testing.round", "persons"))
    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH2", "甲一", BAD, "西坪村"))

    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH2", "甲一", ID_1, "西坪村"))

    round_due = coverage(Campaign.objects.get(code="round"), TOWN, until=START + timedelta(hours=2)).due
    assert {"N1", "N2"} & round_due == {"N1"}
    assert canonical("person", ["N2"]) == {"N2": "N1"}
    assert "NH2" in due()  # the second address stays a door to knock at


def test_a_second_address_follows_the_person_whose_it_is(bring: Bring):
    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH2", "甲二", ID_2, "西坪村"), ("N3", "NH3", "甲一", ID_1, "西坪村"))

    bring(("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH2", "甲二", ID_2, "西坪村"), ("N3", "NH3", "甲二", ID_2, "西坪村"))

    assert canonical("person", ["N3"]) == {"N3": "N2"}


def test_a_doubtful_person_is_due_like_everybody(bring: Bring):
    with clock.at(START):
        plan(campaign("round", "testing.round", "persons"))

    bring(("N1", "NH1", "甲一", BAD, "西坪村"), ("N2", "NH2", "甲二", "", "西坪村"))

    round_due = coverage(Campaign.objects.get(code="round"), TOWN, until=START + timedelta(hours=2)).due
    assert {"N1", "N2"} <= round_due
    assert {"NH1", "NH2"} <= due()


def test_a_record_that_names_a_parked_person_is_taken_when_the_row_is_mended(bring: Bring, field_records: Field):
    bring(("N1", "NH1", "", ID_1, "西坪村"))
    answer = field_records.push(field_records.event("doorknock.phoned", person="N1", data={"outcome": "reached"}))[0]
    assert answer.status == "waiting"

    bring(("N1", "NH1", "甲一", ID_1, "西坪村"))

    event = Event.objects.get(id=answer.id)
    assert event.received_at == Person.objects.current().get(code="N1").learned_at
    assert Refusal.objects.get(event_id=answer.id).status == "settled"


def test_an_import_never_stops_at_a_bad_row(town: None, tmp_path: Path):
    bad = [("序号", "说明"), (1, "封面"), *[("", "") for _ in range(3)]]
    people = [
        ("摸排表",),
        HEADINGS,
        ("N1", "NH1", "", ID_1, "西坪村"),
        ("N2", "NH1", "甲二", 9.9000019340905e17, "西坪村"),
        ("N3", "", "", "", ""),
        ("合计", 3),
    ]

    summary = import_roster([workbook(tmp_path / "名册.xlsx", {"说明": bad, "西坪村": people})], by="ben")

    assert dict(summary.rows) == {"parked": 2, "doubtful": 1}


def test_rows_outside_the_area_of_who_brings_them_cannot_be_placed(town: None, tmp_path: Path):
    told = [("N1", "NH1", "甲一", ID_1, "西坪村"), ("N2", "NH2", "甲二", ID_2, "邻村")]

    import_roster([csv_file(tmp_path / "名册.csv", told, HEADINGS)], by="ben", area=TOWN)

    assert rows() == [("名册.csv", 2, "accepted", ""), ("名册.csv", 3, "parked", "unknown_area")]
