"""A walk in a real browser: the code is shown, a phone scans it, and the page goes on by itself."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from closeknit.sync.enrolment.inviting import take_up
from closeknit.sync.models import Card, Device
from tests.browser import violations
from tests.town import TOWN, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_clerk_enrols_a_phone_and_prints_the_card(transactional_db: None, tmp_path, window, client, live_server, width: int):
    build(tmp_path)
    client.force_login(account("clerk", "town_clerk", TOWN, member="W3"))
    page = window(width, 900, color_scheme="light" if width > 400 else "dark")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    page.goto(f"{live_server.url}/phones/enrol/")
    page.get_by_role("link", name="村干部甲").click()
    page.get_by_role("button", name="显示登记码").click()
    address = page.locator(".address").inner_text()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("#state")).to_contain_text(re.compile("有效时间还剩 9:5"))
    take_up(f'{{"code": "{address.split("=")[1]}", "token": "{"t" * 43}", "label": "Chrome"}}'.encode(), address="", server="")

    expect(page.get_by_role("link", name="查看此手机")).to_be_visible(timeout=10_000)
    page.get_by_role("link", name="查看此手机").click()
    expect(page.get_by_role("heading", name=Device.objects.get().code)).to_be_visible()
    page.goto(f"{live_server.url}/phones/cards/{Card.objects.get().pk}/")
    assert violations(page) == []
    page.emulate_media(media="print")
    box = page.locator(".paper-card").bounding_box()
    assert box is not None
    assert (round(box["width"] / 96 * 25.4, 1), round(box["height"] / 96 * 25.4, 1)) == (85.6, 54.0)
