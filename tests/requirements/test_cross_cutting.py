"""Table X: without a phone, nothing lost, everything kept."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from closeknit.campaigns.coverage import coverage
from closeknit.campaigns.models import Campaign
from closeknit.kit import clock
from closeknit.ledger.models import Event, Refusal
from closeknit.ledger.record import told
from closeknit.registry.importing import import_roster
from closeknit.registry.models import Person, RosterRow
from closeknit.reports.figures import Question, figures
from tests.everywhere.papers import printed
from tests.town import EAST, HEADINGS, START, TOWN, WEST, Cast, Field, id_no, write_csv

NOW = START + timedelta(hours=6)
SignIn = Callable[..., Any]


def figure(name: str, area: str = TOWN) -> Any:
    return figures(Question(area, START, START + timedelta(days=1)), name)[name]


def test_x_01_who_has_no_phone_passes_a_checkpoint_and_counts_like_everybody(field_records: Field):
    for no_phone in (True, False):
        field_records.record("checkpoints.person_checked", place="CP1", data={"decision": "admitted", "no_phone": no_phone})

    assert (figure("checkpoints.persons"), figure("checkpoints.turned_away")) == (2, 0)
    assert Event.objects.filter(kind="checkpoints.person_checked", data__no_phone=True).count() == 1


def test_x_01_an_entry_on_paper_or_by_id_card_is_a_record_equal_to_a_scan(field_records: Field):
    for way in ("scanned", "paper", "id_card", "shown"):
        field_records.record("venues.entered", place="S1", data={"way": way})
    said = Event.objects.filter(kind="venues.entered", superseded_at=None)

    assert sorted(event.data["way"] for event in said) == ["id_card", "paper", "scanned", "shown"]
    assert {event.flags for event in said} == {""}


def test_x_01_a_household_reached_by_a_line_of_paper_is_covered_like_one_from_a_phone(field_records: Field):
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("doorknock.visited", device="paper:1", household="H2", data={"outcome": "met"})

    assert coverage(Campaign.objects.get(code="sweep"), TOWN, until=NOW).reached == {"H1", "H2"}


def test_x_01_a_sheet_of_paper_can_be_printed_for_what_a_phone_would_record(cast: Cast, sign_in: SignIn):
    with clock.at(NOW):
        sheet = printed(sign_in(cast.ben), "doorknock.visited", area=WEST, rows="left:sweep", member="W1")

    assert (sheet.kind, sheet.area, sheet.rows.count() > 0) == ("doorknock.visited", WEST, True)


def test_x_01_a_return_told_in_person_counts_like_one_by_form(field_records: Field):
    for way in ("in_person", "self"):
        data = {"name": "卢兰利", "origin": "某地", "arrived_at": "2022-03-17", "way": way}
        field_records.record("returnees.declared", person="P1", data=data)

    assert figure("returnees.declared") == 2


def test_x_02_a_record_that_is_put_right_or_withdrawn_stays_with_who_when_and_why(field_records: Field, cast: Cast, sign_in: SignIn):
    first = field_records.record("doorknock.visited", household="H1", data={"outcome": "absent"})
    right = field_records.record("doorknock.visited", household="H1", corrects=str(first.id), data={"outcome": "met", "reason": "记错"})
    void = field_records.record("ledger.voided", household="H1", corrects=str(right.id), data={"reason": "重复登记"})
    kept = {event.id: (event.data.get("outcome", ""), event.superseded_at is None) for event in Event.objects.all()}

    assert kept == {first.id: ("absent", False), right.id: ("met", False), void.id: ("", True)}
    assert figure("doorknock.visits") == 0
    with clock.at(NOW):
        page = sign_in(cast.ben).get("/household/H1/").content.decode()
    assert page.count("入户走访") >= 2 and "重复登记" in page


def test_x_02_the_order_of_arrival_has_no_hole_and_the_same_id_never_changes_what_stands(field_records: Field):
    event = field_records.event("doorknock.visited", household="H1", data={"outcome": "met"})
    answers = [field_records.push(each)[0].status for each in (event, event, {**event, "data": {"outcome": "refused"}})]
    field_records.record("doorknock.visited", household="H2", data={"outcome": "met"})

    assert answers == ["accepted", "duplicate", "conflict"]
    assert list(Event.objects.order_by("arrival").values_list("arrival", flat=True)) == [1, 2]
    assert Event.objects.get(id=UUID(event["id"])).data == {"outcome": "met"}


def test_x_02_what_was_changed_in_the_register_can_be_listed(field_records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)
    with clock.at(NOW):
        client.post("/person/P1/amend/", {"name": "卢兰丽", "household": "H1", "area": WEST, "reason": "对照证件"})
        listed = client.get("/records/registry.amended/?as=csv").content.decode("utf-8-sig").splitlines()[1:]

    assert len(listed) == 1 and "P1" in listed[0] and "镇干部" in listed[0]


def test_x_03_every_row_of_a_list_is_accounted_for_and_what_cannot_be_placed_is_kept_whole(town: None, tmp_path: Path):
    rows = [
        ("Q1", "H20", "西坪村", "新人甲", id_no("19850101", 41), "", "5组1号"),
        ("Q2", "H20", "西坪村", "", id_no("19850102", 42), "", "5组1号"),  # no name
        ("Q3", "H21", "不存在的村", "新人丙", id_no("19850103", 43), "", "5组2号"),  # no such village
        ("Q4", "H22", "东岭村", "新人丁", "9900001985010", "", "5组3号"),  # digits were lost
        ("Q5", "H23", "东岭村", "新人甲", id_no("19850101", 41), "", "5组4号"),  # the same person again
    ]
    with clock.at(NOW):
        import_roster([write_csv(tmp_path / "more.csv", HEADINGS, rows)], by="ben")
    became = {row.row: (row.status, row.reason) for row in RosterRow.objects.current().filter(file="more.csv")}

    assert became == {
        2: ("accepted", ""), 3: ("parked", "missing_name"), 4: ("parked", "unknown_area"), 5: ("doubtful", "bad_id"),
        6: ("merged", "same_id"),
    }  # fmt: skip
    assert sorted(Person.objects.current().filter(code__startswith="Q").values_list("code", flat=True)) == ["Q1", "Q4"]
    parked = RosterRow.objects.current().filter(file="more.csv", status="parked")
    assert ["新人丙" in str(row.told()) for row in parked.order_by("row")] == [False, True]


def test_x_03_a_parked_row_stands_on_a_list_with_its_reason(town: None, tmp_path: Path, cast: Cast, sign_in: SignIn):
    with clock.at(NOW):
        home = ("Q1", "H20", "西坪村", "新人甲", id_no("19850101", 41), "", "5组1号")
        rows = [home, ("Q3", "H21", "不存在的村", "新人丙", id_no("19850103", 43), "", "5组2号")]
        import_roster([write_csv(tmp_path / "more.csv", HEADINGS, rows)], by="ben")
        page = sign_in(cast.ben).get("/imports/rows/?status=parked").content.decode()

    assert "more.csv" in page


@pytest.mark.parametrize(
    ("sent", "field", "reason"),
    [
        ({"household": "H1", "data": {"outcome": "perhaps"}}, "data.outcome", "unknown_code"),
        ({"household": "", "data": {"outcome": "met"}}, "household", "missing"),
        ({"household": "H1", "area": "nowhere", "data": {"outcome": "met"}}, "area", "unknown_area"),
    ],
)
def test_x_03_a_record_that_cannot_be_taken_is_kept_whole_with_field_and_reason(
    field_records: Field, sent: dict[str, Any], field: str, reason: str
):
    event = field_records.event("doorknock.visited", **{"area": EAST, **sent})
    answer = field_records.push(event)[0]
    kept = Refusal.objects.get()

    assert (answer.status, kept.field) == ("rejected", field)
    assert kept.reason == reason
    assert told(kept)["data"] == sent["data"]
    assert Event.objects.count() == 0
