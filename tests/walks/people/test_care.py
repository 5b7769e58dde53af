"""Care: a need that was said at a door is taken and closed with an outcome; a visit is recorded from the list."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.browser import signed_in, through_menu
from tests.town import WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def village(transactional_db: None, tmp_path: Path) -> Field:
    """A village where one lives alone, and a family said at the door what it needs."""
    build(tmp_path)
    field = Field(now=clock.now())
    field.record("care.tagged", person="P3", data={"tag": "living_alone", "state": "set"})
    field.record("doorknock.visited", household="H1", data={"outcome": "met", "needs": ["缺降压药"]})
    account("ana", "village_secretary", WEST, member="W1")
    return field


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_need_is_taken_and_closed_and_a_visit_recorded(village: Field, phone: Page, live_server, language: str, axe, picture: Any):
    signed_in(phone, live_server.url, "ana")
    through_menu(phone, phone.locator(f"#menu a[href='/care/{WEST}/help/']"))
    phone.wait_for_url(f"**/care/{WEST}/help/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    picture(phone, "care-requests")
    phone.locator("td a[href^='/help/'], th a[href^='/help/']").first.click()
    phone.locator("form[action$='/take/'] button").click()
    axe(phone)
    phone.locator("a[href*='care.help_closed']").click()
    phone.locator("[name=outcome][value=helped]").check(force=True)
    phone.locator("form.card-box button[type=submit]").click()
    phone.wait_for_url("**/help/**")

    phone.goto(f"{live_server.url}/care/{WEST}/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    picture(phone, "care-people")
    phone.locator("a[href*='care.visited']").first.click()
    phone.locator("[name=outcome][value=met]").check(force=True)
    phone.locator("form.card-box button[type=submit]").click()
    expect(phone.locator(".toast-line")).to_be_visible()

    kinds = list(Event.objects.filter(kind__startswith="care.").order_by("arrival").values_list("kind", "member"))
    assert kinds == [
        ("care.tagged", "W1"), ("care.help_requested", "W1"), ("care.help_taken", "W1"), ("care.help_closed", "W1"), ("care.visited", "W1"),
    ]  # fmt: skip
