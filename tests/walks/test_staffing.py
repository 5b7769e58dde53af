"""The town sees a post stand empty and orders people there; the village that receives confirms in one press."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.browser import signed_in
from tests.town import TOWN, WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MENU = {"zh-hans": ("需求与在岗", "力量调派"), "en": ("Need and presence", "Deployment")}


@pytest.fixture
def wharf(transactional_db: None, tmp_path: Any) -> Field:
    """Two are needed at the wharf, and nobody is there."""
    build(tmp_path)
    account("ben", "town_clerk", TOWN, member="W3")
    account("ana", "village_secretary", WEST, member="W1")
    field = Field(now=clock.now() - timedelta(hours=1))
    field.record("deployment.need_set", member="W3", place="CP1", data={"post": "checkpoint", "number": 2})
    return field


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_people_are_ordered_to_an_empty_post_and_confirmed_in_one_press(
    wharf: Field, phone: Page, window: Any, live_server: Any, language: str, axe: Any, picture: Any
):
    board, deployment = MENU[language]
    desk = window(1280, 800)
    go = signed_in(desk, live_server.url, "ben")
    go(desk.locator("nav a", has_text=board).first.get_attribute("href") or "")
    expect(desk.locator("table[data-rows] tbody tr").first.locator(".status-bad")).to_be_visible()
    axe(desk)
    picture(desk, "staffing-board")
    go(desk.locator("nav a", has_text=deployment).first.get_attribute("href") or "")
    desk.locator(".page-actions a.btn-primary").click()
    desk.locator("[name=ref_place]").press_sequentially("渡口", delay=20)
    desk.locator("[name=chosen_place][value=CP1]").check(force=True)
    desk.fill("[name=post]", "checkpoint")
    desk.fill("[name=number]", "2")
    now = clock.now()
    desk.fill("[name=from_at]", f"{now:%Y-%m-%dT%H:%M}")
    desk.fill("[name=to_at]", f"{now + timedelta(hours=8):%Y-%m-%dT%H:%M}")
    axe(desk)
    desk.locator("form.card-box button[type=submit]").click()
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(1)

    go = signed_in(phone, live_server.url, "ana")
    go(phone.locator("nav a", has_text=deployment).first.get_attribute("href") or "")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.locator("table[data-rows] form button").click()

    expect(phone.locator("table[data-rows] tbody tr .status-good")).to_be_visible()
    assert [event.data["arrived"] for event in Event.objects.filter(kind="deployment.confirmed")] == [2]
