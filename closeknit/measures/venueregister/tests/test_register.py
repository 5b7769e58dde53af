"""The register of venues: a code an entrance, where it hangs, and a way in without a phone."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.venueregister.entrances import Entrance, of_place
from closeknit.paper.models import ResidentCard
from closeknit.registry.models import Place
from closeknit.reports.figures import Question, figures
from tests.town import EAST, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)
NAMES = ("registered", "entrances", "posted", "not_posted", "by_hand", "not_by_hand")


def said(kind: str, **data: Any) -> Event:
    return Event(kind=f"venues.{kind}", at=NOW, data=data)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], [("", None, None)]),
        ([said("entrance_set", entrance="北门", state="in_use")], [("北门", None, None)]),
        ([said("entrance_set", state="closed", reason="歇业")], []),
        ([said("entrance_checked", posted=False, by_hand=True), said("patrolled", code_posted=True)], [("", True, True)]),
        ([said("patrolled", code_posted=True), said("entrance_checked", posted=False, by_hand=False)], [("", False, False)]),
    ],
)
def test_what_the_records_of_a_place_come_to(events: list[Event], expected: list[tuple[str, Any, Any]]):
    assert [(each.name, each.posted, each.by_hand) for each in of_place(Place(code="S1"), events)] == expected


def test_an_entrance_that_nobody_set_is_shown_and_counts_nowhere():
    events = [said("entrance_set", entrance="北门", state="in_use"), said("entrance_checked", entrance="西门", posted=True, by_hand=True)]

    place = Place(code="S1")
    assert of_place(place, events)[1] == Entrance(place, "西门", True, True, NOW, is_set=False)


def numbers(area: str = TOWN) -> list[Any]:
    """The figures of the register at the end of the day."""
    found = figures(Question(area, START, NOW + timedelta(hours=12)), "venues.")
    return [found[f"venues.{name}"] for name in NAMES]


def test_cod_02_a_code_is_printed_for_each_entrance_and_whether_it_hangs_is_recorded(field_records: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    with clock.at(NOW):
        event = "017f9746-d0f8-71e4-8ad3-9952171a7eca"
        venue = {"name": "河口超市", "category": "supermarket", "area": WEST, "entrances": "北门\n南门", "event": event}
        made = ben.post(f"/venues/{TOWN}/register/new/", venue)
    code = Place.objects.current().get(name="河口超市").code
    assert (made.status_code, numbers()) == (302, [4, 5, 0, 5, 0, 0])

    with clock.at(NOW + timedelta(minutes=1)):
        page = ben.post(f"/venues/{WEST}/posters/?place={code}").content.decode()
        again = ben.post(f"/venues/{WEST}/posters/?place={code}").content.decode()
    codes = {row.entrance: row.code_digest for row in ResidentCard.objects.filter(place=code)}
    assert (sorted(codes), len(set(map(bytes, codes.values())))) == (["北门", "南门"], 2)
    assert [page.count(f"河口超市 · {name}") for name in codes] == [1, 1]
    assert re.findall(r'entrance-code">([^<]+)', page) == re.findall(r'entrance-code">([^<]+)', again), "a press more makes no others"

    field_records.now = NOW + timedelta(minutes=2)
    field_records.record("venues.entrance_checked", place=code, data={"entrance": "北门", "posted": True, "by_hand": True})
    field_records.record("venues.entrance_checked", place=code, data={"entrance": "南门", "posted": False, "by_hand": False})
    with clock.at(NOW + timedelta(hours=1)):
        rows = ben.get(f"/venues/{TOWN}/register/?state=not_by_hand&as=csv").content.decode("utf-8-sig").splitlines()[1:]
    assert (numbers(), numbers(EAST), [row.split(",")[:2] for row in rows]) == (
        [4, 5, 1, 4, 1, 1], [1, 1, 0, 1, 0, 0], [["河口超市", "南门"]],
    )  # fmt: skip


def test_cod_05_the_board_names_who_has_no_way_in_without_a_phone(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.record("venues.entrance_checked", place="S1", data={"posted": True, "by_hand": False})
    ben = sign_in(cast.ben)
    with clock.at(NOW):
        assert "1 个出入口未设无手机通道" in ben.get(f"/board/{TOWN}/").content.decode()

    field_records.later(hours=1).record("venues.entrance_checked", place="S1", data={"posted": True, "by_hand": True})
    with clock.at(NOW):
        assert "未设无手机通道" not in ben.get(f"/board/{TOWN}/").content.decode()


def test_a_venue_put_right_keeps_both_versions_and_says_why(field_records: Field, cast: Cast, sign_in: SignIn):
    ben = sign_in(cast.ben)
    said_now = {"name": "河街便利店", "category": "shop", "area": WEST, "reason": "更名"}
    assert ben.post("/venue-entry/S1/change/", said_now).status_code == 302

    amended = Event.objects.get(kind="registry.amended")
    assert (amended.place, amended.data["fields"], amended.told()["reason"]) == ("S1", ["name"], "更名")
    assert [row.name for row in Place.objects.filter(code="S1").order_by("learned_at")] == ["河街商店", "河街便利店"]


def test_at_a_desk_only_entrances_that_are_there_are_looked_at(field_records: Field, cast: Cast, sign_in: SignIn):
    field_records.record("venues.entrance_set", place="S1", data={"entrance": "北门", "state": "in_use"})
    said_there = {"entrance": "西门", "posted": "yes", "by_hand": "yes", "chosen_place": "S1"}
    form = {"event": "017f9746-d0f8-71e4-8ad3-9952171a7ecb", **said_there}
    with clock.at(NOW):
        answer = sign_in(cast.ben).post("/record/venues.entrance_checked/", form)

    assert (answer.status_code, "现有：北门" in answer.content.decode()) == (422, True)
    assert not Event.objects.filter(kind="venues.entrance_checked").exists()


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/venues/{WEST}/register/", 200), ("ana", f"/venues/{EAST}/register/", 404), ("ana", f"/venues/{WEST}/register/new/", 403),
        ("dov", f"/venues/{TOWN}/posters/", 404), ("dov", "/venue-entry/S1/change/", 404),
    ],
)  # fmt: skip
def test_who_keeps_the_register(field_records: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status
