"""Enrolling at the console: the code is shown once, the page goes on by itself, and the card lies beside it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime

from closeknit.kit import clock
from closeknit.registry.models import Member
from closeknit.sync.enrolment.cards import card_of
from closeknit.sync.enrolment.inviting import take_up
from closeknit.sync.models import Card, Device, Invitation
from tests.town import EAST, TOWN, WEST, Cast, account

CODE = re.compile(r'(https?://[^/"]+)/field/#enrol=([\w-]{22})')


def used(code: str, token: str = "t" * 43) -> dict[str, Any]:
    """What a phone does with the code."""
    return take_up(f'{{"code": "{code}", "token": "{token}", "label": "Chrome"}}'.encode(), address="", server="")


def shift_form(**change: str) -> dict[str, str]:
    ends = localtime(clock.now() + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M")
    return {"name": "志愿者", "unit": "河街小学", "place": "CP1", "until": ends, **change}


def test_a_worker_is_found_by_name_or_code(ben):
    for words in ("村干部甲", "w1"):
        shown = ben.get("/phones/enrol/", {"q": words}).content.decode()
        assert ("村干部甲" in shown, "村干部乙" in shown) == (True, False)


def test_the_code_is_shown_once_and_enrols_a_phone_of_the_worker(ben):
    shown = ben.post("/phones/enrol/of/W1/", {"area": WEST}).content.decode()
    server, code = CODE.search(shown).groups()

    said = used(code)

    assert server == "http://testserver"
    assert 'src="data:image/svg+xml' in shown
    assert (said["member"]["code"], Device.objects.get().area) == ("W1", WEST)
    again = ben.get(f"/phones/enrol/code/{Invitation.objects.get().pk}/").content.decode()
    assert (code in again, said["device"] in again) == (False, True)


def test_the_page_goes_on_by_itself(ben):
    code = CODE.search(ben.post("/phones/enrol/of/W1/", {"area": WEST}).content.decode())[2]
    path = f"/phones/enrol/code/{Invitation.objects.get().pk}/"

    waits = ben.get(path, headers={"HX-Request": "true"})
    used(code)
    done = ben.get(path, headers={"HX-Request": "true"})

    assert (f'hx-get="{path}"' in waits.content.decode(), "until" in waits.content.decode()) == (True, True)
    assert done.headers["HX-Redirect"] == path


def test_a_code_that_is_over_says_so_and_offers_a_new_one(ben):
    ben.post("/phones/enrol/of/W1/", {"area": WEST})
    Invitation.objects.update(expires_at=clock.now())
    path = f"/phones/enrol/code/{Invitation.objects.get().pk}/"

    assert ben.get(path, headers={"HX-Request": "true"}).headers["HX-Redirect"] == path
    shown = ben.get(path).content.decode()
    assert ("ten minutes are over" in shown, "/phones/enrol/of/W1/" in shown) == (True, True)


def test_a_phone_may_be_handed_over_within_the_clerks_area_and_no_further(ben):
    choices = ben.get("/phones/enrol/of/W1/").content.decode()

    assert (f'value="{WEST}"' in choices, f'value="{TOWN}"' in choices, 'value="990101"' in choices) == (True, True, False)
    assert ben.post("/phones/enrol/of/W1/", {"area": "990101"}).status_code == 422
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "host", "said"),
    [
        ("", "localhost:8000", "no phone reaches it"),
        ("", "testserver", "is not https"),
        ("https://town.example", "localhost:8000", "https://town.example/field/#enrol="),
    ],
)
def test_the_page_says_where_no_phone_gets(ben, monkeypatch, address: str, host: str, said: str):
    monkeypatch.setenv("CLOSEKNIT_ADDRESS", address)

    shown = ben.post("/phones/enrol/of/W1/", {"area": WEST}, headers={"Host": host}).content.decode()

    warnings = {"no phone reaches it", "is not https"}
    assert said in shown
    assert {each for each in warnings if each in shown} == warnings & {said}


def test_a_worker_who_has_a_phone_is_named_with_it(ben):
    used(CODE.search(ben.post("/phones/enrol/of/W1/", {"area": WEST}).content.decode())[2])

    shown = ben.get("/phones/enrol/of/W1/").content.decode()

    assert f"already has {Device.objects.get().code}" in shown


def test_somebody_who_helps_for_one_shift_gets_a_card_and_a_code(ben):
    shown = ben.post("/phones/enrol/shift/", shift_form()).content.decode()
    said = used(CODE.search(shown)[2])

    card = Card.objects.get()
    assert (card.kind, card.name, card.place, card.area, Device.objects.get().area) == ("shift", "志愿者", "CP1", WEST, WEST)
    assert said["member"]["code"] == card.member
    assert "志愿者" not in ben.get("/phones/enrol/").content.decode()
    assert ben.get(f"/phones/enrol/of/{card.member}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"place": "S9"}, "place"),
        ({"until": "2020-01-01T08:00"}, "until"),
        ({"until": "2099-01-01T08:00"}, "until"),
        ({"until": "soon"}, "until"),
    ],
)
def test_what_cannot_be_a_shift_is_said_beside_its_field(ben, change: dict[str, str], field: str):
    answer = ben.post("/phones/enrol/shift/", shift_form(**change))

    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.content.decode()
    assert (Card.objects.count(), Member.objects.current().filter(role="volunteer").count()) == (0, 0)


def test_a_shift_at_another_towns_place_is_not_offered(client, cast: Cast):
    client.force_login(account("gao", "town_clerk", EAST))

    assert client.post("/phones/enrol/shift/", shift_form()).status_code == 422
    assert client.post("/phones/enrol/shift/", shift_form(place="S2")).status_code == 200


def test_a_card_is_printed_and_withdrawn(ben):
    made = ben.post("/phones/enrol/of/W1/", {"do": "card"})
    path = made.headers["Location"]
    shown = ben.get(path).content.decode()

    ben.post(f"{path}withdraw/")

    assert ('src="data:image/svg+xml' in shown, "村干部甲" in shown, "data-print" in shown) == (True, True, True)
    gone = ben.get(path).content.decode()
    assert ("data:image" in gone, "data-print" in gone, "opens nothing any more" in gone) == (False, False, True)
    assert Card.objects.get().withdrawn_by == "W3"
    assert ben.get(f"{path}withdraw/").status_code == 405


def test_cards_are_listed_by_what_holds(ben, cast: Cast):
    for code in ("W1", "W2"):
        card_of(Member.objects.current().get(code=code), by="ben")
    Card.objects.filter(member="W2").update(withdrawn_at=clock.now())

    lists = {query: ben.get(f"/phones/cards/{query}").content.decode() for query in ("", "?state=gone", "?q=W1")}

    assert [("村干部甲" in shown, "村干部乙" in shown) for shown in lists.values()] == [(True, False), (False, True), (True, False)]


@pytest.mark.parametrize("path", ["/phones/enrol/of/W1/", "/phones/cards/{card}/", "/phones/enrol/code/{code}/"])
def test_another_county_finds_neither_worker_nor_card_nor_code(client, ben, cast: Cast, path: str):
    ben.post("/phones/enrol/of/W1/", {"area": WEST})
    there = path.format(card=Card.objects.get().pk, code=Invitation.objects.get().pk)
    client.force_login(cast.dov)

    assert [client.get(there).status_code, client.post(there, {"area": WEST, "do": "card"}).status_code] == [404, 404]
    assert [word in client.get(each).content.decode() for each in ("/phones/enrol/", "/phones/cards/") for word in ("村干部甲",)] == [
        False, False,
    ]  # fmt: skip


def test_who_only_looks_makes_no_codes_and_no_cards(client, cast: Cast):
    client.force_login(cast.ana)

    paths = ("/phones/enrol/", "/phones/enrol/of/W1/", "/phones/enrol/shift/", "/phones/cards/", "/phones/outbox/")

    assert {client.get(path).status_code for path in paths} == {403}
    assert "/phones/enrol/" not in client.get("/phones/").content.decode()
