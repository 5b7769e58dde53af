"""The first screen: what a role uses most, all else one press away, and how much the database is asked for it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeknit.console.menu import OFTEN, Group, Item, menu, often
from closeknit.kit.text import Text
from tests.town import Cast

pytestmark = pytest.mark.django_db
STATEMENTS = 170  # for a role that may see nearly every rule of the board; a rule costs two


def item(name: str, phone: int = 0) -> Item:
    return Item(Text(name, name), f"/{name}/", "list", False, phone)


def group(*items: Item) -> Group:
    return Group(Text("Group", "组"), items)


def test_most_used_is_the_bar_then_today_then_the_first_of_each_group():
    today, doors, reports = [item("board"), item("left", 1)], [item("sweep"), item("lists")], [item("mine", 2), item("day")]

    names = [each.url.strip("/") for each in often([group(*today), group(*doors), group(*reports)])]

    assert names == ["left", "mine", "board", "sweep"]
    assert len(often([group(*(item(f"line{number}") for number in range(30)))])) == OFTEN and often([]) == []


def test_the_first_screen_shows_ten_and_holds_every_page_of_the_menu(cast: Cast, client: Any):
    client.force_login(cast.ben)

    page = client.get("/").content.decode()

    shown, folded = page.split("data-narrowed")
    urls = [each.url for one in menu(cast.ben, None) for each in one.items]
    assert shown.count('class="door"') == OFTEN < len(urls)
    assert [url for url in urls if f'class="door" href="{url}"' not in folded] == []


def test_the_first_screen_asks_a_bounded_number_of_statements(cast: Cast, client: Any):
    client.force_login(cast.ben)
    with CaptureQueriesContext(connection) as asked:
        client.get("/")

    assert len(asked) < STATEMENTS
