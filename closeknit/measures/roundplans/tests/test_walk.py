"""The town's clerk plans rounds by a scheme from the menu, on a phone's width, in both languages."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.campaigns.models import Campaign
from tests.browser import signed_in, through_menu
from tests.town import TOWN, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_tst_02_the_clerk_plans_five_rounds_from_the_menu(
    transactional_db: None, tmp_path: Path, phone: Page, window: Any, live_server: Any, language: str, axe: Any, picture: Any
):
    build(tmp_path)
    account("ben", "town_clerk", TOWN)
    desk = window(1280, 860)
    signed_in(desk, live_server.url, "ben")
    through_menu(desk, desk.locator(f"#menu a[href='/round-plans/{TOWN}/']"))
    expect(desk.locator("[name=day]")).to_be_visible()

    signed_in(phone, live_server.url, "ben")(f"/round-plans/{TOWN}/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.locator("label:has([name=scheme][value=article_3plus2])").click()
    phone.locator("form.form button[type=submit]").click()
    expect(phone.locator(".notice")).to_be_visible()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    picture(phone, "round-plans")

    phone.fill("[name=name_1]", "首轮")
    phone.locator("form.form button[type=submit]").click()
    phone.wait_for_url("**/campaigns/")

    made = Campaign.objects.current().filter(kind="testing.round").order_by("starts_at")
    assert (made.count(), made[0].name) == (5, "首轮")
