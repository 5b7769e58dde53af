"""The first screen in a real browser, on a small phone, in both languages."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.reports.duty import owe
from tests.town import TOWN, WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ben_reads_the_board_follows_a_line_and_goes_down_to_a_village(
    transactional_db: None, tmp_path: Any, phone: Page, live_server, axe, language: str
):
    build(tmp_path)
    account("ben", "town_clerk", TOWN, member="W3")
    yesterday = clock.now() - timedelta(days=1)
    owe(TOWN, cut_off="00:00", units=[WEST], first_day=yesterday.date(), last_day=None)
    records = Field(now=yesterday)
    records.record("supervision.found", data={"problem": "P-1", "unit": WEST, "title": "未测温", "due_at": "2022-03-17"})
    phone.goto(f"{live_server.url}/sign-in/")
    phone.fill("[name=username]", "ben")
    phone.fill("[name=password]", "knock-knock-99")
    phone.locator("main button[type=submit]").click()

    heading = "当前未落实" if language == "zh-hans" else "Not in order now"
    expect(phone.locator("#not-in-order")).to_contain_text(heading)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    axe(phone)

    phone.locator(".board-why summary").click()
    axe(phone)
    phone.locator(".board-whole a").click()
    phone.wait_for_url(f"**/board/{TOWN}/")
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    axe(phone)

    phone.locator(".board-line a", has_text="未测温").click()
    phone.wait_for_url("**/problem/P-1/")
    axe(phone)
