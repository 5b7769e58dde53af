"""Anything can be recorded from its declaration: once for each form, by whoever may, with a way back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.kit.ids import uuid7
from closeknit.ledger.kinds import kinds
from closeknit.ledger.models import Event, Refusal
from closeknit.policy.packs import adopt
from tests.town import EAST, GRID, START, TOWN, WEST, Cast

NOW = START + timedelta(hours=3)
SignIn = Callable[..., Any]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_hours_into_the_sweep():
    with clock.at(NOW):
        yield


def visit(household: str = "H1", **rest: str) -> dict[str, str]:
    """What the visit's form sends."""
    return {"event": str(uuid7()), "chosen_household": household, "outcome": "met", **rest}


def test_ana_records_a_visit_and_the_ledger_holds_it_as_a_device_would_send_it(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ana).post("/record/doorknock.visited/", visit(present="3", leaflet="on", needs="药品\n大米", note="夜里再来"))

    event = Event.objects.get(kind="doorknock.visited")
    assert answer.status_code == 302
    assert (event.kind, event.household, event.area, event.member, event.device) == ("doorknock.visited", "H1", WEST, "W1", "console:ana")
    assert event.told() == {"outcome": "met", "present": 3, "leaflet": True, "needs": ["药品", "大米"], "note": "夜里再来"}
    assert event.at == NOW


def test_the_same_form_sent_twice_records_once(cast: Cast, sign_in: SignIn):
    sent = visit()
    first = sign_in(cast.ana).post("/record/doorknock.visited/", sent)
    with clock.at(NOW + timedelta(seconds=2)):
        again = sign_in(cast.ana).post("/record/doorknock.visited/", sent)

    assert (first.status_code, again.status_code) == (302, 302)
    assert (Event.objects.count(), Refusal.objects.count()) == (1, 0)


def test_a_form_that_comes_back_with_other_answers_is_told_so_and_nothing_is_lost(cast: Cast, sign_in: SignIn):
    sent = visit()
    sign_in(cast.ana).post("/record/doorknock.visited/", sent)
    answer = sign_in(cast.ana).post("/record/doorknock.visited/", {**sent, "outcome": "absent"})

    assert (answer.status_code, Event.objects.get().data["outcome"]) == (422, "met")
    assert "此表单此前已按其他内容提交并登记" in answer.content.decode()


def test_an_error_stands_at_its_field_and_what_was_typed_stays(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ana).post("/record/doorknock.visited/", visit(present="three", note="夜里再来"))
    page = answer.content.decode()

    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert 'id="f-present-error"' in page and "夜里再来" in page and 'value="three"' in page


def test_what_the_ledger_refused_is_put_right_in_the_same_form(cast: Cast, sign_in: SignIn):
    client, form = sign_in(cast.ben), {"event": str(uuid7()), "ref_place": "CP1", "decision": "turned_away", "reason": "x"}

    refused = client.post("/record/checkpoints.person_checked/", {**form, "emergency": "on"})
    mended = client.post("/record/checkpoints.person_checked/", form)

    assert (refused.status_code, mended.status_code) == (422, 302)
    assert [str(event.id) for event in Event.objects.all()] == [form["event"]]


def test_a_list_that_nobody_filled_in_is_asked_empty_and_not_with_two_brackets(cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ana).get("/record/doorknock.visited/").content.decode()

    assert re.findall(r'<textarea[^>]*name="needs"[^>]*>\s*([^<]*)</textarea>', page) == [""]


def test_a_household_is_found_by_the_name_of_who_lives_there(cast: Cast, sign_in: SignIn):
    sign_in(cast.ana).post("/record/doorknock.visited/", {**visit(""), "ref_household": "单田芳"})

    assert Event.objects.get().household == "H2"


@pytest.mark.parametrize("code", ["H4", "H9", "H404"])
def test_a_household_outside_ones_area_is_answered_like_one_that_does_not_exist(cast: Cast, sign_in: SignIn, code: str):
    answer = sign_in(cast.ana).post("/record/doorknock.visited/", {**visit(""), "ref_household": code})

    assert (answer.status_code, Event.objects.count()) == (422, 0)
    assert f"辖区内未找到“{code}”" in answer.content.decode()


@pytest.mark.parametrize(("sent", "area"), [({}, GRID), ({"ref_area": WEST}, WEST)])
def test_the_area_is_the_households_where_none_is_chosen(cast: Cast, sign_in: SignIn, sent: dict[str, str], area: str):
    sign_in(cast.ben).post("/record/doorknock.visited/", visit("H3", **sent))

    assert Event.objects.get().area == area


def test_ana_cannot_record_in_a_village_that_is_not_hers(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ana).post("/record/doorknock.visited/", visit(ref_area=EAST))

    assert (answer.status_code, Event.objects.count()) == (422, 0)


def test_a_visit_of_this_morning_is_recorded_at_its_own_time(cast: Cast, sign_in: SignIn):
    sign_in(cast.ana).post("/record/doorknock.visited/", visit(when="2022-03-18T09:30"))

    assert Event.objects.get().at.isoformat() == "2022-03-18T01:30:00+00:00"


@pytest.mark.parametrize(
    ("who", "kind", "status"),
    [
        ("ana", "doorknock.visited", 200), ("chen", "doorknock.visited", 403), ("ana", "checkpoints.tallied", 403),
        ("ben", "checkpoints.tallied", 200), ("ben", "ledger.voided", 404), ("ben", "no.such", 404),
    ],
)  # fmt: skip
def test_who_may_open_which_form(cast: Cast, sign_in: SignIn, who: str, kind: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/record/{kind}/").status_code == status


def test_every_kind_has_a_form_that_asks_each_of_its_fields(cast: Cast, sign_in: SignIn):
    client, missing = sign_in(cast.ben), []
    for kind in kinds().values():
        if kind.by_form:
            page = client.get(f"/record/{kind.name}/").content.decode()
            missing += [f"{kind.name} {shape.name}" for shape in kind.shapes if f'name="{shape.name}"' not in page]

    assert missing == []


def test_the_examples_of_every_kind_without_references_can_be_sent_by_the_form(cast: Cast, sign_in: SignIn):
    sent = {"event": str(uuid7()), "code_posted": "yes", "scanning": "no", "chosen_place": "S1", "problems": "扫码未落实"}
    sign_in(cast.ben).post("/record/venues.patrolled/", sent)

    assert Event.objects.get().data == {"code_posted": True, "scanning": False, "problems": ["扫码未落实"]}


def test_what_the_search_offers_is_written_to_the_trail(cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ana).get("/record/find/household/", {"ref_household": "单田芳"}).content.decode()

    assert 'value="H2"' in page and "单田芳" in page
    assert [(row.account, row.codes) for row in Reading.objects.all()] == [("ana", ["H2"])]


def test_chen_who_does_not_record_in_the_register_reads_names_masked(cast: Cast, sign_in: SignIn):
    page = sign_in(cast.chen).get("/record/find/household/", {"ref_household": "单田芳"}).content.decode()

    assert "单＊＊" in page and "单田芳" not in page


def test_dov_finds_nobody_of_ours(cast: Cast, sign_in: SignIn):
    client = sign_in(cast.dov)

    assert [client.get(f"/record/find/{one}/", {f"ref_{one}": words}).content.decode().count("<label") for one, words in (
        ("household", "H1"), ("household", "单田芳"), ("person", "P1"), ("place", "S1"), ("household", "H9"),
    )] == [0, 0, 0, 0, 1]  # fmt: skip


@pytest.fixture
def recorded(cast: Cast, sign_in: SignIn) -> UUID:
    """A visit that Ana has just recorded."""
    sign_in(cast.ana).post("/record/doorknock.visited/", visit())
    return Event.objects.get().id


def test_ana_takes_back_what_she_just_recorded(cast: Cast, sign_in: SignIn, recorded: UUID):
    with clock.at(NOW + timedelta(seconds=9)):
        sign_in(cast.ana).post(f"/record/undo/{recorded}/?next=/records/")
        again = sign_in(cast.ana).post(f"/record/undo/{recorded}/?next=/records/")

    assert Event.objects.get(id=recorded).superseded_at is not None
    assert [event.told()["reason"] for event in Event.objects.filter(kind="ledger.voided")] == ["当场撤销"]
    assert again.url == "/records/"


def test_after_a_minute_it_is_put_right_with_a_reason_instead(cast: Cast, sign_in: SignIn, recorded: UUID):
    with clock.at(NOW + timedelta(seconds=61)):
        answer = sign_in(cast.ana).post(f"/record/undo/{recorded}/", follow=True)

    assert Event.objects.get(id=recorded).superseded_at is None
    assert "已超过一分钟，不能撤销" in answer.content.decode()


@pytest.mark.parametrize("who", ["ben", "chen", "dov"])
def test_nobody_takes_back_what_another_recorded(cast: Cast, sign_in: SignIn, recorded: UUID, who: str):
    assert sign_in(getattr(cast, who)).post(f"/record/undo/{recorded}/").status_code == 404
    assert Event.objects.get().superseded_at is None


def test_a_next_page_of_another_site_is_not_followed(cast: Cast, sign_in: SignIn):
    answer = sign_in(cast.ana).post("/record/doorknock.visited/", visit(next="https://example.org/"))

    assert answer.url.startswith("/")


def test_a_record_is_put_right_with_a_reason_and_both_versions_are_kept(cast: Cast, sign_in: SignIn, recorded: UUID):
    form = sign_in(cast.ana).get(f"/record/correct/{recorded}/").content.decode()
    sent = {"event": str(uuid7()), "chosen_household": "H1", "outcome": "absent"}
    without = sign_in(cast.ana).post(f"/record/correct/{recorded}/", sent)
    sign_in(cast.ana).post(f"/record/correct/{recorded}/", {**sent, "reason": "点错"})

    first, second = Event.objects.order_by("arrival")
    assert ('value="met" checked' in form, without.status_code) == (True, 422)
    assert (second.corrects, second.at, second.told()) == (first.id, first.at, {"outcome": "absent", "reason": "点错"})
    assert first.superseded_at is not None


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("ben", 200), ("chen", 403), ("dov", 404)])
@pytest.mark.parametrize("way", ["correct", "withdraw"])
def test_who_may_put_right_what_ana_recorded(cast: Cast, sign_in: SignIn, recorded: UUID, way: str, who: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/record/{way}/{recorded}/").status_code == status


def test_a_withdrawn_record_counts_no_more_and_says_why(cast: Cast, sign_in: SignIn, recorded: UUID):
    sign_in(cast.ben).post(f"/record/withdraw/{recorded}/", {"reason": "重复登记"})

    void = Event.objects.get(kind="ledger.voided")
    assert (void.corrects, void.told(), void.member) == (recorded, {"reason": "重复登记"}, "W3")
    assert sign_in(cast.ben).get(f"/record/withdraw/{recorded}/").status_code == 404


def test_the_form_of_a_kind_that_the_pack_lacks_is_not_there(cast: Cast, sign_in: SignIn):
    adopt(TOWN, "generic-measles")
    page = sign_in(cast.ben).get("/record/doorknock.visited/").content.decode()

    assert sign_in(cast.ben).get("/record/testing.sampled/").status_code == 404
    assert ('name="booster"' in page, 'name="code_help"' in page, 'name="leaflet"' in page) == (False, False, True)


def test_nobody_puts_a_person_into_a_household_of_another_village(cast: Cast, sign_in: SignIn):
    sent = {"event": str(uuid7()), "what": "person", "name": "张无名", "household": "H4"}

    answer = sign_in(cast.ana).post("/record/registry.found/", sent)

    assert answer.status_code == 422
    assert not Event.objects.exists()
