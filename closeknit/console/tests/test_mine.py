"""Views that a reader keeps, and the search box."""

import pytest
from django.test import Client

from closeknit.access.models import Reading, SavedFilter
from tests.town import EAST, WEST, Cast

GAPS = f"/doorknock/{WEST}/gaps/"


@pytest.fixture
def ana(cast: Cast) -> Client:
    """Ana's browser, in English."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(cast.ana)
    return browser


def keep(browser: Client, path: str = GAPS, query: str = "state=refused", name: str = "Refused ones"):
    return browser.post("/saved/", {"path": path, "query": query, "name": name})


def test_a_view_is_kept_in_one_press_and_stands_on_the_first_screen(ana: Client):
    assert keep(ana).url == f"{GAPS}?state=refused"

    page = ana.get("/").text
    assert "Refused ones" in page and f'href="{GAPS}?state=refused"' in page


def test_the_same_view_kept_twice_is_one_with_its_last_name(ana: Client):
    keep(ana)
    keep(ana, name="Say no")

    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["Say no"]


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "/nowhere/", ""])
def test_only_a_page_of_ours_can_be_kept(ana: Client, path):
    assert (keep(ana, path=path).status_code, SavedFilter.objects.count()) == (404, 0)


def test_nobody_removes_or_sees_what_another_keeps(ana: Client, cast: Cast):
    keep(ana)
    kept = SavedFilter.objects.get()
    dov = Client()
    dov.force_login(cast.dov)

    assert dov.post(f"/saved/{kept.pk}/remove/").status_code == 404
    assert "Refused ones" not in dov.get("/").text
    assert (ana.post(f"/saved/{kept.pk}/remove/").status_code, SavedFilter.objects.count()) == (302, 0)


def test_a_kept_view_of_elsewhere_opens_nothing(ana: Client):
    answer = keep(ana, path=f"/doorknock/{EAST}/gaps/")

    assert ana.get(answer.url).status_code == 404


def test_search_finds_screens_by_either_language_and_only_open_ones(ana: Client):
    assert GAPS in ana.get("/search/?q=doors left").text
    assert GAPS in ana.get("/search/?q=未落实").text
    assert "/console/parts/" not in ana.get("/search/?q=界面组件").text.split("<main")[1]


def test_search_writes_whom_it_showed_and_the_box_gets_the_hits_alone(ana: Client):
    answer = ana.get("/search/?q=卢兰利", headers={"HX-Request": "true"})

    assert "<html" not in answer.text and "hits-list" in answer.text
    reading = Reading.objects.get()
    assert (reading.account, reading.screen, reading.path, "P1" in reading.codes) == ("ana", "console.search", "/search/", True)


def test_search_shows_nobody_of_another_county(cast: Cast, client: Client):
    client.force_login(cast.dov)

    assert "hits-list" not in client.get("/search/?q=卢兰利", headers={"HX-Request": "true"}).text
    assert Reading.objects.count() == 0
