"""The patrol on the screen: how far it has come, which places are left, what was found, and no way from a place to people."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.measures.venues.rules import calls_for_patrol
from closeknit.measures.venues.words import found_there
from tests.town import EAST, START, TOWN, WEST, Cast, Field, campaign

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)


@pytest.fixture
def patrol(field_records: Field) -> Iterator[Field]:
    """Two shops are due; one was visited, first with a problem, then without."""
    plan(campaign("patrol", "venues.patrol", {"category": ["shop"]}))
    field_records.record("venues.patrolled", place="S1", data={"code_posted": True, "scanning": False, "problems": ["无人测温"]})
    field_records.later(hours=1).record("venues.patrolled", place="S1", data={"code_posted": True, "scanning": True})
    with clock.at(NOW):
        yield field_records


def names(client: Any, state: str, area: str = TOWN) -> list[str]:
    """The places of a state."""
    text = client.get(f"/venues/{area}/places/?state={state}&as=csv").content.decode("utf-8-sig")
    return [line.split(",")[0] for line in text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("state", "places"),
    [("left", ["东岭商店"]), ("patrolled", ["河街商店"]), ("due", ["东岭商店", "河街商店"]), ("problems", ["河街商店"]),
     ("", ["东岭商店", "河街商店"])],
)  # fmt: skip
def test_the_places_of_each_state_by_name(patrol: Field, cast: Cast, sign_in: SignIn, state: str, places: list[str]):
    assert names(sign_in(cast.ben), state) == places


def test_what_the_problem_was_stands_beside_the_place(patrol: Field, cast: Cast, sign_in: SignIn):
    assert "未落实进入登记；无人测温" in sign_in(cast.ben).get(f"/venues/{TOWN}/places/?state=problems").content.decode()


def test_the_coverage_counts_by_area_and_by_category_and_leads_to_the_places(patrol: Field, cast: Cast, sign_in: SignIn):
    page = sign_in(cast.ben).get(f"/venues/{TOWN}/").content.decode()

    assert page.index("东岭村") < page.index("西坪村"), "where most is left stands first"
    assert [f"/venues/{to}" in page for to in (f"{EAST}/places/?state=left", f"{WEST}/places/?state=problems")] == [True, True]
    assert "category=shop" in page


def test_a_places_page_shows_visits_by_name_and_entries_as_numbers_a_day(patrol: Field, cast: Cast, sign_in: SignIn):
    for _ in range(3):
        patrol.record("venues.entered", place="S1", person="P1", data={"way": "paper", "name": "卢兰利", "phone": "19900000001"})
    main = sign_in(cast.ben).get("/venue/S1/").content.decode().split("<main")[1].split("</main>")[0]

    assert [word in main for word in ("村干部甲", "无人测温", ">3<")] == [True] * 3
    assert [word for word in ("卢兰利", "P1", "1990000", "/event/", "/person/") if word in main] == []


@pytest.mark.parametrize("shape", ["", "?as=csv", "?as=print", "?q=卢兰利&as=csv", "?q=P1&as=csv"])
def test_no_list_of_places_leads_to_people(patrol: Field, cast: Cast, sign_in: SignIn, shape: str):
    patrol.record("venues.entered", place="S1", person="P1", data={"way": "paper", "name": "卢兰利"})
    text = sign_in(cast.ben).get(f"/venues/{TOWN}/places/{shape or '?state='}").content.decode()
    main = text.split("list-line")[-1] if "<main" in text else text

    assert [word for word in ("卢兰利", "P1,", "/person/", "/event/") if word in main] == []


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ana", f"/venues/{WEST}/", 200), ("ana", f"/venues/{EAST}/places/", 404), ("ana", "/venue/S1/", 200), ("ana", "/venue/S2/", 404),
        ("dov", f"/venues/{TOWN}/", 404), ("dov", f"/venues/{TOWN}/places/", 404), ("dov", "/venue/S1/", 404), ("ben", "/venue/CP1/", 404),
    ],
)  # fmt: skip
def test_who_sees_which_places(patrol: Field, cast: Cast, sign_in: SignIn, who: str, path: str, status: int):
    assert sign_in(getattr(cast, who)).get(path).status_code == status


@pytest.mark.parametrize("path", [f"/venues/{TOWN}/", f"/venues/{TOWN}/places/"])
def test_where_no_patrol_is_planned_the_page_says_what_to_do_first(town: None, cast: Cast, sign_in: SignIn, path: str):
    assert "本辖区尚无巡查行动" in sign_in(cast.ben).get(path).content.decode()


@pytest.mark.parametrize(("hours", "expected"), [(-3, False), (-2, True), (0, True), (9, True)])
def test_what_is_left_belongs_on_the_board_two_hours_before_the_end(hours: int, expected: bool):
    assert calls_for_patrol(NOW, NOW + timedelta(hours=hours), timedelta(hours=2)) is expected


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"code_posted": True, "scanning": True}, ""),
        ({"code_posted": False, "scanning": True, "masks": False}, "未张贴进入登记标识；未戴口罩"),
        ({"code_posted": True, "scanning": False, "problems": ["无人测温"]}, "未落实进入登记；无人测温"),
    ],
)
def test_what_a_visit_found_in_words(data: dict[str, Any], words: str):
    assert found_there(data) == words
