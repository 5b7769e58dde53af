"""The gate in front of every screen."""

import re

import pytest
from django.test import Client

from tests.town import COUNTY, EAST, OTHER_VILLAGE, TOWN, WEST, Cast

pytestmark = pytest.mark.urls("closeknit.console.tests.urls")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def page(cast: Cast):
    """A browser in English for one of the cast, or for nobody."""

    def of(name: str = "") -> Client:
        browser = Client(headers={"accept-language": "en"})
        if name:
            browser.force_login(getattr(cast, name))
        return browser

    return of


def test_nobody_is_sent_to_sign_in_and_back_afterwards(page):
    answer = page().get(f"/sample/{WEST}/?state=left")

    assert (answer.status_code, answer.url) == (302, f"/sign-in/?next=%2Fsample%2F{WEST}%2F%3Fstate%3Dleft")


def test_what_nobody_wanted_to_send_is_not_sent_again_after_signing_in(page):
    assert page().post(f"/sample/{WEST}/").url == "/sign-in/"


def test_a_fragment_sends_the_whole_page_to_sign_in(page):
    answer = page().get("/search/?q=x", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/"})

    assert answer.headers["HX-Redirect"].startswith("/sign-in/?next=")
    assert answer.content == b""


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("ana", f"/sample/{WEST}/", 200),
        ("ana", f"/sample/{WEST}-G01/", 200),
        ("ana", f"/sample/{EAST}/", 404),
        ("ana", f"/sample/{TOWN}/", 404),
        ("ben", f"/sample/{EAST}/", 200),
        ("ben", f"/sample/{COUNTY}/", 404),
        ("dov", f"/sample/{WEST}/", 404),
        ("dov", f"/sample/{OTHER_VILLAGE}/", 200),
        ("ana", "/sample-house/H1/", 200),
        ("ana", "/sample-house/H4/", 404),
        ("ana", "/sample-house/nowhere/", 404),
        ("dov", "/sample-house/H1/", 404),
        ("ben", "/sample-gate/", 200),
        ("ana", "/sample-gate/", 403),
        ("chen", "/sample-gate/", 403),
    ],
)
def test_role_and_scope_decide(page, who, address, status):
    assert page(who).get(address).status_code == status


def test_what_lies_elsewhere_is_answered_like_what_does_not_exist(page):
    ana = page("ana")
    addresses = ("/sample-house/H4/", "/sample-house/nowhere/", f"/sample/{OTHER_VILLAGE}/", "/sample/nowhere/", "/no/such/page/")

    answers = {address: ana.get(address) for address in addresses}

    # Each page holds a fresh token, and the address that was asked for, to come back to after a change of language.
    bodies = {TOKEN.sub("", answer.text).replace(f'value="{address}"', "") for address, answer in answers.items()}
    assert ({answer.status_code for answer in answers.values()}, len(bodies)) == ({404}, 1)


def test_a_closed_account_is_out_on_its_next_request(page, cast: Cast):
    ana = page("ana")
    cast.ana.is_active = False
    cast.ana.save()

    assert ana.get(f"/sample/{WEST}/").status_code == 302


def test_another_role_holds_from_the_next_request(page, cast: Cast):
    ben = page("ben")
    cast.ben.role = "epidemiologist"
    cast.ben.save()

    assert ben.get("/sample-gate/").status_code == 403


def test_a_first_password_must_be_changed_before_anything_else(page, cast: Cast):
    cast.ana.must_change_password = True
    cast.ana.save()

    assert page("ana").get("/").url == "/account/password/"
    assert page("ana").get("/account/password/").status_code == 200
