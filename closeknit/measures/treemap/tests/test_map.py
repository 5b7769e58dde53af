"""The map: areas as large as what is due, words where they fit, a way down from each field."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.kit import clock
from closeknit.measures.treemap.drawing import cut, width
from closeknit.measures.treemap.layout import Box, boxes
from tests.town import EAST, GRID, START, TOWN, WEST, Cast, Field

SignIn = Callable[[Any], Any]
NOW = START + timedelta(hours=3)


@pytest.mark.parametrize("numbers", [[1], [6, 6, 4, 3, 2, 2, 1], [500] + [1] * 40, [7.0] * 28])
@pytest.mark.parametrize("room", [Box(0, 0, 960, 480), Box(0, 0, 330, 520)])
def test_boxes_fill_the_room_each_as_large_as_its_number_and_none_over_another(numbers: list[float], room: Box):
    made = boxes(numbers, room)

    scale = room.width * room.height / sum(numbers)
    assert [box.width * box.height for box in made] == pytest.approx([number * scale for number in numbers])
    assert all(box.x + box.width <= room.width + 0.01 and box.y + box.height <= room.height + 0.01 for box in made)
    overlaps = [
        (one, other)
        for number, one in enumerate(made)
        for other in made[:number]
        if min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > 0.01
        and min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > 0.01
    ]
    assert overlaps == []


def test_boxes_are_as_in_the_paper_that_describes_them():
    made = boxes([6, 6, 4, 3, 2, 2, 1], Box(0, 0, 6, 4))

    assert [(round(box.width, 2), round(box.height, 2)) for box in made][:4] == [(3, 2), (3, 2), (1.71, 2.33), (1.29, 2.33)]


def test_a_name_is_cut_to_its_field_and_left_out_where_it_would_say_nothing():
    assert [cut("西坪村第一网格", room) for room in (200, 60, 20)] == ["西坪村第一网格", "西坪村…", ""]
    assert width("西坪") > width("ab")


@pytest.fixture
def records(field_records: Field):
    """One door of the western village met, one away; the eastern one untouched."""
    field_records.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field_records.record("doorknock.visited", household="H2", data={"outcome": "absent"})
    with clock.at(NOW):
        yield field_records


def fields(page: str) -> list[tuple[str, str]]:
    """The way and the words of each field of the wide map."""
    wide = page.split('class="treemap treemap-wide"')[1].split("</svg>")[0]
    return re.findall(r'<a href="([^"]+)" aria-label="([^"]+)">', wide)


def test_each_field_says_what_is_left_and_leads_down_from_the_town_to_the_grid_and_its_doors(records: Field, cast: Cast, sign_in: SignIn):
    client = sign_in(cast.ben)

    town, village = (client.get(f"/coverage-map/{area}/").content.decode() for area in (TOWN, WEST))

    assert fields(town) == [
        (f"/coverage-map/{WEST}/", "西坪村：应落实 3 户，未落实 2 户"),
        (f"/doorknock/{EAST}/gaps/", "东岭村：应落实 2 户，未落实 2 户"),
    ]
    assert fields(village) == [
        (f"/doorknock/{WEST}/gaps/", "西坪村（未分网格）：应落实 2 户，未落实 1 户"),
        (f"/doorknock/{GRID}/gaps/", "西坪村第1网格：应落实 1 户，未落实 1 户"),
    ]
    assert ("余2/3户" in town, 'fill="url(#hatch-wide-4)"' in town, "<table" in town) == (True, True, True)


def test_the_map_asks_the_database_as_often_for_a_town_as_for_a_village(records: Field, cast: Cast, sign_in: SignIn):
    client, numbers = sign_in(cast.ben), []
    for area in (TOWN, WEST):
        client.get(f"/coverage-map/{area}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/coverage-map/{area}/")
        numbers.append(len(asked))

    assert numbers[1] - 2 <= numbers[0] <= numbers[1], "the crumbs ask for each area above"


@pytest.mark.parametrize(("who", "area", "status"), [("ana", WEST, 200), ("ana", TOWN, 404), ("chen", TOWN, 200), ("dov", TOWN, 404)])
def test_who_sees_which_map(records: Field, cast: Cast, sign_in: SignIn, who: str, area: str, status: int):
    assert sign_in(getattr(cast, who)).get(f"/coverage-map/{area}/").status_code == status


def test_without_a_sweep_the_page_says_what_to_do_first(records: Field, cast: Cast, sign_in: SignIn):
    assert "本辖区尚无敲门行动" in sign_in(cast.dov).get(f"/coverage-map/{cast.dov.area}/").content.decode()
