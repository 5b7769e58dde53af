"""Entries at venues: every way leaves an equal record, two codes are checked together, and no page leads to people."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from closeknit.kit import clock
from closeknit.ledger.fields import Invalid
from closeknit.ledger.models import Count, Event
from closeknit.ledger.tallies import rebuild
from closeknit.measures.venueentries.tallies import NAMES
from closeknit.measures.venues.kinds import Entered
from closeknit.paper.cards import codes, issuing
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)
WAYS: list[dict[str, Any]] = [
    {"way": "scanned"}, {"way": "shown", "colour": "green", "travel_card": "clear", "temperature": 36.5, "decision": "admitted"},
    {"way": "paper", "helped": True, "no_phone": True}, {"way": "id_card", "colour": "none", "travel_card": "none"},
    {"way": "id_card", "temperature": 38.4, "decision": "referred", "refused_for": "fever"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"colour": "green"}, "data.travel_card"),
        ({"travel_card": "clear"}, "data.colour"),
        ({"colour": "red", "travel_card": "none", "decision": "turned_away"}, "data.refused_for"),
        ({"refused_for": "fever"}, "data.refused_for"),
        ({"emergency": True, "decision": "turned_away", "refused_for": "fever"}, "data.decision"),
        ({"decision": "referred", "refused_for": "other"}, "data.reason"),
        ({"no_phone": True, "colour": "green", "travel_card": "clear"}, "data.colour"),
        ({"no_phone": True, "decision": "turned_away", "refused_for": "colour"}, "data.refused_for"),
        ({"entrance": "长" * 21}, "data.entrance"),
        ({"emergency": True, "decision": "referred", "refused_for": "fever"}, ""),
        ({"no_phone": True, "colour": "none", "travel_card": "none"}, ""),
        ({"no_phone": True, "decision": "turned_away", "refused_for": "full"}, ""),
    ],
)
def test_cod_04_the_two_codes_are_checked_together_and_nobody_is_sent_away_for_want_of_a_phone(said: dict[str, Any], field: str):
    entered = msgspec.convert({"way": "shown", **said}, Entered)
    try:
        entered.check()
        found = ""
    except Invalid as invalid:
        found = invalid.field

    assert found == field


def test_cod_03_every_entry_counts_by_its_way_at_whatever_place(field_records: Field):
    for place, said in zip(("S1", "S1", "CP1", "S1", "S1"), WAYS, strict=True):
        field_records.later(minutes=1).record("venues.entered", place=place, data=said)
    day = figures(Question(TOWN, START, START + timedelta(days=1)), "venues.")

    assert {name: day[name] for name in NAMES} == {
        "venues.entries": 4, "venues.entries_by_code": 2, "venues.entries_by_hand": 2, "venues.entries_helped": 1,
        "venues.entries_refused": 1,
    }  # fmt: skip
    assert day["venues.entries_two_codes"] == 2
    live = dict(Count.objects.filter(name__in=NAMES, place="S1").values_list("name", "number"))
    rebuild()
    assert live == dict(Count.objects.filter(name__in=NAMES, place="S1").values_list("name", "number")) == {
        "venues.entries": 3, "venues.entries_by_code": 2, "venues.entries_by_hand": 1, "venues.entries_refused": 1,
    }  # fmt: skip


def test_cod_05_the_desk_takes_paper_and_card_like_a_code_and_shows_nobody(field_records: Field, cast: Cast, sign_in: SignIn):
    ana = sign_in(cast.ana)
    with clock.at(NOW):
        for number, said in enumerate(({"way": "paper", "name": "卢兰利", "no_phone": "on"}, {"way": "id_card", "name": "卢兰利"})):
            event = f"017f9746-d0f8-71e4-8ad3-9952171a7ec{number}"
            assert [ana.post("/venue-entry/S1/desk/", {**said, "event": event}).status_code for _ in "ab"] == [302, 302]
    with clock.at(NOW + timedelta(minutes=5)):
        ana.get("/venue-entry/S1/desk/")  # the words of the press are said once
        page = ana.get("/venue-entry/S1/desk/").content.decode().split("<main")[1].split("</main>")[0]

    assert [event.data["way"] for event in Event.objects.filter(kind="venues.entered").order_by("arrival")] == ["paper", "id_card"]
    assert page.count("放行</span>") == 2 and re.findall(r'<td class="num[^>]*>(\d+)<', page)[:4] == ["2", "0", "2", "0"]
    assert [word for word in ("卢兰利", "P1", "/event/", "/person/") if word in page] == []


def test_a_desk_says_what_must_change_and_keeps_what_was_typed(field_records: Field, cast: Cast, sign_in: SignIn):
    said = {"event": "017f9746-d0f8-71e4-8ad3-9952171a7ec9", "way": "shown", "colour": "green", "temperature": "36.6"}
    answer = sign_in(cast.ana).post("/venue-entry/S1/desk/", said)

    assert "健康码与行程卡须同时查验" in answer.content.decode() and 'value="36.6"' in answer.content.decode()
    assert not Event.objects.filter(kind="venues.entered").exists()


def test_cod_03_the_code_of_an_entrance_registers_without_an_account(field_records: Field, client: Any):
    with clock.at(NOW):
        poster = issuing.put_up(WEST, place="S1", entrance="北门", by="ana")
        client.get(f"/r/{codes.code_of(poster)}/")
        assert "进入登记" in client.get("/r/").content.decode()
        form = re.findall(r'name="form" value="([^"]+)"', client.get("/r/entry/").content.decode())[0]
        said = {"form": form, "name": "单田芳", "helped": "on"}
        pages = [client.post("/r/entry/", said).content.decode() for _ in "ab"]

    (event,) = Event.objects.filter(kind="venues.entered")
    assert (event.place, event.data, event.told()["name"]) == ("S1", {"way": "scanned", "entrance": "北门", "helped": True}, "单田芳")
    assert ["河街商店" in page for page in pages] == [True, True] and event.device == f"resident:{poster.number}"


def test_a_poster_of_no_entrance_registers_nobody(field_records: Field, client: Any):
    with clock.at(NOW):
        client.get(f"/r/{codes.code_of(issuing.put_up(WEST, place='', by='ana'))}/")
        assert "纸质表登记" in client.get("/r/entry/").content.decode()
        assert 'href="/r/entry/"' not in client.get("/r/").content.decode()


def test_cod_06_the_uptake_of_codes_stands_by_unit_and_venue_beside_the_target(field_records: Field, cast: Cast, sign_in: SignIn):
    for said in WAYS[:4]:
        field_records.record("venues.entered", place="S1", data=said)
    field_records.record("venues.entered", place="S2", area=EAST, member="W2", data={"way": "scanned"})
    ben = sign_in(cast.ben)
    with clock.at(NOW):
        units = ben.get(f"/venues/{TOWN}/entries/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
        venues = ben.get(f"/venues/{WEST}/entries/venues/?as=csv").content.decode("utf-8-sig").splitlines()[1:]
        page = ben.get(f"/venues/{TOWN}/entries/").content.decode()

    numbers = {row.split(",")[0]: row.split(",")[1:5] for row in units}
    assert [numbers["西坪村"], numbers["东岭村"]] == [["50", "4", "4", "2"], ["100", "1", "1", "0"]]
    assert [row.split(",")[:3] for row in venues if row.startswith("河街商店")] == [["河街商店", "50", "4"]]
    assert "近 7 天 5 人次，其中纸质或证件登记 2 人次" in page


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("ana", f"/venues/{EAST}/entries/", 404), ("ana", "/venue-entry/S2/desk/", 404), ("dov", "/venue-entry/S1/desk/", 404),
     ("chen", "/venue-entry/S1/desk/", 403)],
)  # fmt: skip
def test_who_sees_which_entries(field_records: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
