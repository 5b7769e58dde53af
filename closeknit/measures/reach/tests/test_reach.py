"""Publicity reached each household, or it stands on a list: by visit, leaflet, message or talk, from village to grid to door."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from closeknit.access.models import Reading
from closeknit.kit import clock
from closeknit.reports.figures import Question, figures
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=8)


@pytest.fixture
def told(field_records: Field) -> Field:
    """H1 was met, H2 got a leaflet in passing, H3 confirmed a message, H4 was called in vain, H5 stands empty; one more was found."""
    said: Any = field_records.record
    said("doorknock.visited", household="H1", data={"outcome": "absent", "leaflet": True})
    field_records.later(minutes=5)
    said("doorknock.visited", household="H1", data={"outcome": "met"})
    said("doorknock.visited", household="H2", data={"outcome": "refused", "leaflet": True})
    said("outreach.household_told", household="H3", area=GRID, data={"way": "message"})
    said("doorknock.phoned", household="H4", area=EAST, data={"outcome": "no_answer"})
    said("doorknock.visited", household="H5", area=EAST, data={"outcome": "vacant"})
    said("registry.found", area=EAST, data={"what": "household", "landmark": "渡口"})
    return field_records


def rows(client: Any, path: str) -> list[list[str]]:
    with clock.at(NOW):
        text = client.get(f"{path}{'&' if '?' in path else '?'}as=csv").content.decode("utf-8-sig")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_com_05_each_household_was_told_or_stands_on_the_list(told: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    assert rows(client, f"/reach/{TOWN}/") == [
        ["东岭村", "2", "0/2", "2", "0", "0", "0", "0"], ["西坪村", "0", "3/3", "3", "1", "2", "1", "0"],
    ]  # fmt: skip
    assert [[row[0] for row in rows(client, f"/reach/{TOWN}/?sort={order}talk")] for order in ("", "-")] == [
        ["西坪村", "东岭村"], ["东岭村", "西坪村"],
    ]  # fmt: skip  # who counts the same stands by code
    assert [row[0] for row in rows(client, f"/reach/{WEST}/")] == ["西坪村第1网格", "西坪村"]
    assert [(row[0], row[1], row[5]) for row in rows(client, f"/reach/{TOWN}/doors/?state=left")] == [
        ("喆𬱖", "未宣传到户", "东岭村"), ("名册外登记", "未宣传到户", "东岭村"),
    ]  # fmt: skip
    assert Reading.objects.filter(screen="reach.doors", what="household").exists()
    values = figures(Question(TOWN, START, NOW), "outreach.")
    assert {name: values[f"outreach.reach_{name}"] for name in ("due", "reached", "gap", "visit", "leaflet", "message", "talk")} == {
        "due": 5, "reached": 3, "gap": 2, "visit": 1, "leaflet": 2, "message": 1, "talk": 0,
    }  # fmt: skip


def test_com_05_a_talk_takes_a_household_off_the_list_and_time_puts_it_back(told: Field, cast: Cast, sign_in: SignIn):
    told.record("outreach.household_told", household="H4", area=EAST, data={"way": "talk"})
    left = [row[0] for row in rows(sign_in(cast.ben), f"/reach/{TOWN}/doors/?state=left")]
    later = figures(Question(TOWN, START, START + timedelta(days=31, hours=2)), "outreach.")

    assert left == ["名册外登记"]
    assert (later["outreach.reach_due"], later["outreach.reach_gap"]) == (5, 5)


def test_the_board_names_the_villages_where_some_are_left(told: Field, cast: Cast, sign_in: SignIn):
    told.record("outreach.household_told", household="H4", area=EAST, data={"way": "talk"})
    told.record("registry.found", data={"what": "household"})
    with clock.at(NOW):
        board = html.unescape(sign_in(cast.ben).get(f"/board/{TOWN}/?at=now").content.decode())

    assert "1 户未宣传到位" in board  # in the west three of four were told; in the east one of two is no more than half


def test_who_refused_finally_is_a_number_above_the_village(told: Field, cast: Cast, sign_in: SignIn):
    for _ in range(2):
        told.later(hours=1).record("doorknock.visited", household="H4", area=EAST, data={"outcome": "refused"})
    assert [row[0] for row in rows(sign_in(cast.ben), f"/reach/{TOWN}/doors/?state=left")] == ["名册外登记"]
    with clock.at(NOW):
        assert "另有 1 户多次拒绝" in sign_in(cast.ben).get(f"/reach/{TOWN}/doors/").content.decode()
    cast.ana.area = EAST
    cast.ana.save()
    assert [row[0] for row in rows(sign_in(cast.ana), f"/reach/{EAST}/doors/?state=left")] == ["喆𬱖", "名册外登记"]


@pytest.mark.parametrize("screen", ["", "doors/"])
@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", EAST, 404), ("dov", TOWN, 404), ("chen", TOWN, 403)])
def test_who_sees_it(told: Field, cast: Cast, sign_in: SignIn, screen: str, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/reach/{area}/{screen}").status_code == status
