"""The browser's fixtures see what they have to see."""

import pytest
from playwright.sync_api import Page

from tests.browser import leaves_the_house, violations

pytestmark = pytest.mark.browser

PAGE = '<!doctype html><html lang="en"><head><title>A page</title></head><body><main><h1>A page</h1>{}</main></body></html>'


def test_only_this_machine_counts_as_at_home():
    addresses = (
        "http://localhost:8000/",
        "http://127.0.0.1/a",
        "data:image/png;base64,x",
        "https://example.org/",
        "http://localhost.example.org/",
    )

    assert [leaves_the_house(address) for address in addresses] == [False, False, False, True, True]


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1"])
def test_a_request_to_another_host_is_stopped_and_noted(desk: Page, outside: list[str], host: str):
    stopped: list[str | None] = []
    desk.on("requestfailed", lambda request: stopped.append(request.failure))

    desk.set_content(PAGE.format(f'<img alt="" src="https://{host}/pixel.png">'), wait_until="load")

    assert (outside, stopped) == ([f"https://{host}/pixel.png"], ["net::ERR_NAME_NOT_RESOLVED"])
    outside.clear()


def test_an_error_in_a_script_is_noted(desk: Page, script_errors: list[str]):
    desk.set_content(PAGE.format("<script>throw new Error('broken')</script>"))

    assert script_errors == ["broken"]
    script_errors.clear()


def test_axe_finds_nothing_in_a_page_that_is_well_made(phone: Page, axe):
    phone.set_content(PAGE.format("<p>All is well.</p>"))

    axe(phone)

    assert violations(phone) == []


def test_axe_finds_a_picture_without_words(phone: Page):
    phone.set_content(PAGE.format('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'))

    assert [violation.split(":")[0] for violation in violations(phone)] == ["image-alt"]


@pytest.mark.parametrize(("language", "asked"), [("zh-hans", "zh-CN"), ("en", "en-GB")])
def test_the_browser_asks_for_the_language(desk: Page, language: str, asked: str):
    assert desk.evaluate("navigator.language") == asked


def test_the_phone_is_narrow(phone: Page):
    phone.set_content(PAGE.format("").replace("<title>", '<meta name="viewport" content="width=device-width"><title>'))

    assert phone.evaluate("innerWidth") == 360


@pytest.mark.django_db(transaction=True)
def test_the_server_of_a_walk_answers(desk: Page, live_server):
    answer = desk.goto(f"{live_server.url}/static/no-such-file")

    assert answer is not None
    assert answer.status == 404
