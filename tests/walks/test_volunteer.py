"""A volunteer is taken on at the desk, sees the shift, says "I cannot" without a reason; the secretary passes the shift on."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Member
from tests.browser import signed_in
from tests.town import WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MENU = {"zh-hans": ("志愿者", "我的任务"), "en": ("Volunteers", "My duty")}


@pytest.fixture
def called(transactional_db: None, tmp_path: Any) -> Field:
    """Ana calls two volunteers for the wharf; the member W2 has a shift there tomorrow."""
    build(tmp_path)
    account("ana", "village_secretary", WEST, member="W1")
    account("eve", "gate_staff", WEST, member="W2")
    field = Field(now=clock.now() - timedelta(hours=1))
    day = clock.now() + timedelta(days=1)
    call = {"call": "Z-001", "post": "order", "number": 2, "day": day.date().isoformat()}
    field.record("deployment.called", place="CP1", data=call)
    plan = {"post": "checkpoint", "worker": "W2", "from_at": day.isoformat(), "to_at": (day + timedelta(hours=6)).isoformat()}
    field.record("deployment.shift_planned", place="CP1", data=plan)
    return field


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_volunteer_is_taken_on_and_somebody_says_that_they_cannot(
    called: Field, phone: Page, window: Any, live_server: Any, language: str, axe: Any, picture: Any
):
    volunteers, duty = MENU[language]
    go = signed_in(phone, live_server.url, "ana")
    go(phone.locator("nav a", has_text=volunteers).first.get_attribute("href") or "")
    phone.locator("table[data-rows] tbody a").first.click()
    phone.fill("[name=name]", "来人")
    phone.locator("label:has([name=category][value=student])").click()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.locator("form.form button[type=submit]").click()
    expect(phone.locator(".status-good").first).to_be_visible()
    assert Member.objects.current().filter(name="来人", unit="学生").exists()

    own = window(360, 740, has_touch=True, is_mobile=True)
    go = signed_in(own, live_server.url, "eve")
    go(own.locator("nav a", has_text=duty).first.get_attribute("href") or "")
    axe(own)
    assert own.evaluate("document.documentElement.scrollWidth") == 360
    picture(own, "my-duty")
    own.locator("form[action*='/duty/cannot/'] button").first.click()
    own.locator("dialog[open] .btn-primary").first.click()

    expect(own.locator(".toast-line")).to_be_visible()
    assert [event.data["worker"] for event in Event.objects.filter(kind="workforce.cannot")] == ["W2"]
