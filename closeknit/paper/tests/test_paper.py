"""Codes that a slip of the pen does not turn into another sheet's; rows in walking order; sheets that go with their records."""

from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest

from closeknit import environment
from closeknit.areas.models import Area
from closeknit.campaigns.models import Campaign
from closeknit.kit import clock
from closeknit.ledger.expiry import expire
from closeknit.ledger.kinds import kinds
from closeknit.paper import codes, rows, scans
from closeknit.paper.models import Row, Scan, Sheet
from closeknit.paper.pictures import Unfit
from closeknit.paper.printing import Order, known_answers, make
from closeknit.paper.standing import progress_of, records_of
from closeknit.registry.models import Household
from tests.everywhere.papers import PNG, Picture
from tests.town import EAST, GRID, START, TOWN, WEST, Field

pytestmark = pytest.mark.django_db
NOW = START + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(NOW):
        yield


def sheet(kind: str = "doorknock.visited", **order: Any) -> Sheet:
    return make(Order(uuid4(), kinds()[kind], WEST, NOW.date(), **order), by="ben")[0]


@pytest.mark.parametrize("typed", ["K7M29QI", "k7m2-9qi", " K7M2 9QI ", "Ｋ７Ｍ２９ＱＩ", "CKS1:K7M29Q:I", "cks1:k7m29q:i"])
def test_a_code_is_read_as_it_is_typed_or_scanned(typed: str):
    assert (codes.read(typed), codes.is_sound(codes.read(typed))) == ("K7M29QI", True)


@pytest.mark.parametrize("typed", ["", "K7M29Q", "何村", "CKP1:K7M29Q:I", "K7M29QII", "0OI1L55"])
def test_what_is_no_code_of_a_sheet_is_not_taken_for_one(typed: str):
    assert codes.read(typed) == ""


def test_a_new_code_is_sound_and_any_slip_makes_it_unsound():
    code = codes.new_code()
    slips = [code[:at] + other + code[at + 1 :] for at in range(7) for other in codes.LETTERS if other != code[at]]
    turned = [code[:at] + b + a + code[at + 2 :] for at, (a, b) in enumerate(pairwise(code)) if a != b]

    assert codes.is_sound(code) and len(code) == 7
    assert [each for each in [*slips, *turned] if codes.is_sound(each)] == []
    assert codes.read(codes.scannable(code)) == code


def test_a_code_that_a_change_of_places_turns_into_a_sound_one_is_not_given(monkeypatch: pytest.MonkeyPatch):
    """MOD 37,36 does not see a few changes of places: both codes of such a pair are sound, so neither is printed."""
    drawn = iter("CUV6TT" + "CVU6TT" + "K7M29R")
    monkeypatch.setattr(codes.secrets, "choice", lambda _letters: next(drawn))

    assert codes.is_sound("CUV6TTG") and codes.is_sound("CVU6TTG")
    assert codes.new_code() == "K7M29RG"


@pytest.fixture
def sweep(field_records: Field) -> Campaign:
    """Of the western doors the first is settled, the second away, the grid's refused twice and so finally."""
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H2", data={"outcome": "absent"})
    for _ in range(2):
        field_records.later(minutes=5).record("doorknock.visited", household="H3", area=GRID, data={"outcome": "refused"})
    field_records.record("registry.found", data={"what": "household", "landmark": "渡口"})
    return Campaign.objects.current().get(code="sweep")


def test_who_is_still_to_do_are_those_left_and_never_who_refused_finally(sweep: Campaign):
    stops = rows.in_walking_order("household", rows.still_to_do(sweep, WEST))

    assert [(stop.code[:6], stop.area) for stop in stops] == [("H2", WEST), ("found:", WEST)]


def test_rows_stand_in_walking_order(sweep: Campaign):
    for position, code in enumerate(("H5", "H2", "H4", "H1", "H3")):
        Household.objects.current().filter(code=code).update(position=position)

    homes, people = (rows.in_walking_order(about, rows.everybody(about, TOWN)) for about in ("household", "person"))

    assert [stop.code for stop in homes] == ["H2", "H1", "H3", "H5", "H4"]
    assert [stop.code for stop in people] == ["P3", "P1", "P2", "P4", "P6", "P5"]
    assert {stop.area for stop in homes} == {WEST, GRID, EAST}


def test_only_campaigns_that_run_now_and_fit_the_kind_give_rows(sweep: Campaign):
    town = Area.objects.current().get(code=TOWN)
    running = {name: [each.code for each in rows.running(kinds()[name], town)] for name in ("doorknock.visited", "venues.patrolled")}

    assert running == {"doorknock.visited": ["sweep"], "venues.patrolled": []}
    with clock.at(START + timedelta(days=3)):
        assert rows.running(kinds()["doorknock.visited"], town) == []


def test_forty_five_rows_make_three_sheets_and_the_last_has_empty_ones(town: None):
    order = Order(uuid4(), kinds()["doorknock.visited"], WEST, NOW.date(), "household", [rows.Stop(f"H{n}", WEST) for n in range(45)])
    made = make(order, by="ben")

    again = make(order, by="ben")

    assert [Row.objects.filter(sheet=each, listed=True).count() for each in made] == [20, 20, 5]
    assert {Row.objects.filter(sheet=each).count() for each in made} == {20}
    assert [each.code for each in again] == [each.code for each in made]


def test_a_sheet_of_a_round_knows_its_round(town: None):
    of_round = Sheet(kind="testing.sampled", campaign="R1")

    assert known_answers(of_round, kinds()["testing.sampled"]) == {"round": "R1"}
    assert known_answers(Sheet(kind="doorknock.visited", campaign="sweep"), kinds()["doorknock.visited"]) == {}


def test_corrections_are_followed_and_what_was_withdrawn_is_to_be_entered_again(field_records: Field):
    made = sheet(about="household", stops=[rows.Stop("H1", WEST), rows.Stop("H2", WEST)])
    first = field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    other = field_records.record("doorknock.visited", household="H2", data={"outcome": "met"})
    for number, event in ((1, first), (2, other)):
        Row.objects.filter(sheet=made, number=number).update(event=event.id)
    for _ in range(2):
        first = field_records.record(
            "doorknock.visited", household="H1", corrects=str(first.id), data={"outcome": "refused", "reason": "x"}
        )
    field_records.record("ledger.voided", household="H2", corrects=str(other.id), data={"reason": "x"})

    standing = records_of(Row.objects.filter(sheet=made))

    assert [event.id for event in standing.values()] == [first.id]
    assert (progress_of([made])[made.code].entered, progress_of([made])[made.code].awaited) == (1, 2)


def test_many_sheets_take_as_many_statements_as_one(town: None, django_assert_num_queries: Any):
    made = make(Order(uuid4(), kinds()["doorknock.visited"], WEST, NOW.date(), blank=9), by="ben")

    with django_assert_num_queries(1):
        progress_of(made)


def test_a_scan_lies_sealed_and_comes_back_as_it_was(town: None):
    scan = scans.keep(sheet(), Picture(), by="ben")
    stored = (environment.home() / "scans" / scan.sheet_id / f"{scan.pk}.sealed").read_bytes()

    assert (scan.type, scans.content(scan), PNG in stored) == ("image/png", PNG, False)


class Large(Picture):
    size = scans.LARGEST + 1


class Script(Picture):
    def read(self) -> bytes:
        return b"<svg onload=alert(1)>"


@pytest.mark.parametrize(("file", "word"), [(Large(), "10 MB"), (Script(), "JPEG")])
def test_what_is_no_picture_or_too_large_is_not_kept(town: None, file: Picture, word: str):
    with pytest.raises(Unfit) as unfit:
        scans.keep(sheet(), file, by="ben")

    assert word in unfit.value.text.of("en")
    assert Scan.objects.count() == 0


def test_a_sheet_has_four_scans_at_most(town: None):
    made = sheet()
    for _ in range(scans.MOST):
        scans.keep(made, Picture(), by="ben")

    with pytest.raises(Unfit):
        scans.keep(made, Picture(), by="ben")


def test_sheets_and_scans_are_destroyed_with_the_records_of_their_class(town: None):
    gate, doors = sheet("checkpoints.person_checked"), sheet()
    for each in (gate, doors):
        scans.keep(each, Picture(), by="ben")

    with clock.at(NOW + timedelta(days=13)):
        expire()
        kept = set(Sheet.objects.values_list("code", flat=True))
    with clock.at(NOW + timedelta(days=16)):
        expire(dry=True)
        counted = Sheet.objects.count()
        expire()

    assert (kept, counted) == ({gate.code, doors.code}, 2)
    assert [(each.sheet_id, scans.content(each)) for each in Scan.objects.all()] == [(doors.code, PNG)]
    assert not (environment.home() / "scans" / gate.code).exists()
