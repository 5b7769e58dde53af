"""Signing in and out, the password, the language, the looks, and the headers of every page."""

import pytest
from django.test import Client

from closeknit.access.models import Account
from tests.town import TOWN, Cast, account

WORDS = "knock-knock-99"


@pytest.fixture
def browser() -> Client:
    """A browser in English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def ana(cast: Cast, browser: Client) -> Client:
    """Ana's browser."""
    browser.force_login(cast.ana)
    return browser


def test_signing_in_leads_back_to_where_one_wanted_to_go(cast: Cast, browser: Client):
    answer = browser.post("/sign-in/", {"username": "ana", "password": WORDS, "next": "/search/?q=x"})

    assert (answer.status_code, answer.url) == (302, "/search/?q=x")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", ""])
def test_signing_in_never_leads_to_another_site(cast: Cast, browser: Client, elsewhere):
    assert browser.post("/sign-in/", {"username": "ana", "password": WORDS, "next": elsewhere}).url == "/"


def test_a_wrong_password_is_told_and_the_name_stays(cast: Cast, browser: Client):
    answer = browser.post("/sign-in/", {"username": "ana", "password": "a-wrong-one"})

    assert answer.status_code == 422
    assert "Name or password is not right" in answer.text
    assert ('value="ana"' in answer.text, "a-wrong-one" in answer.text) == (True, False)


def test_the_eleventh_wrong_try_says_when_to_come_back(cast: Cast, browser: Client):
    answers = [browser.post("/sign-in/", {"username": "ana", "password": "wrong"}).text for _ in range(11)]

    assert ["Too many wrong tries. Try again after" in text for text in answers] == [False] * 10 + [True]


def test_signing_out_ends_it(ana: Client):
    ana.post("/sign-out/")

    assert ana.get("/").status_code == 302


def test_a_link_cannot_sign_anybody_out(ana: Client):
    assert ana.get("/sign-out/").status_code == 405


def test_a_changed_password_keeps_the_reader_signed_in_here_and_nowhere_else(ana: Client, cast: Cast):
    elsewhere = Client()
    elsewhere.force_login(cast.ana)

    ana.post("/account/password/", {"old": WORDS, "new": "a longer secret", "again": "a longer secret"})

    assert Account.objects.get(username="ana").check_password("a longer secret")
    assert (ana.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


def test_the_language_is_kept_in_a_cookie_without_signing_in(db, browser: Client):
    browser.post("/language/", {"language": "zh-hans", "next": "/sign-in/"})

    assert "用户名" in browser.get("/sign-in/").text


def test_an_accounts_language_and_type_follow_it(ana: Client):
    ana.post("/language/", {"language": "zh-hans"})
    ana.post("/looks/", {"type": "large"})

    mine = Account.objects.get(username="ana")
    assert (mine.language, mine.large_type) == ("zh-hans", True)
    assert 'data-size="large"' in ana.get("/").text


def test_the_colours_are_the_readers(ana: Client):
    ana.post("/looks/", {"theme": "dark"})

    assert 'data-bs-theme="dark"' in ana.get("/").text


def test_a_page_carries_its_policy_and_is_kept_nowhere(ana: Client):
    headers = ana.get("/").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_no_page_has_a_script_or_a_style_of_its_own(cast: Cast, browser: Client):
    browser.force_login(account("eva", "administrator", TOWN))

    for address in ("/", "/sign-in/", "/account/", "/search/?q=a", "/about/", "/console/parts/", "/nowhere/"):
        text = browser.get(address).text
        assert [mark for mark in ("<style", ' style="', "<script>", " onclick") if mark in text] == [], address


def test_a_stale_form_says_what_to_do(db):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})

    answer = strict.post("/sign-in/", {"username": "ana"})

    assert (answer.status_code, "stood open too long" in answer.text) == (403, True)
