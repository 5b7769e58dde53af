"""Telling the public: a text is written, approved, planned and recorded; a rumour is answered; who was not reached is on a list."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.browser import signed_in, through_menu, violations
from tests.town import TOWN, WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town_that_tells(transactional_db: None, tmp_path: Path) -> str:
    """Ben's town; a rumour was heard in the west and checked, one household was told."""
    build(tmp_path)
    field = Field(now=clock.now())
    rumour = str(field.record("outreach.rumour_heard", data={"words": "听说超市要关门", "heard_on": "chat"}).id)
    field.record("outreach.rumour_checked", data={"rumour": rumour, "finding": "untrue", "source": "县市场监管局"})
    field.record("outreach.household_told", household="H1", data={"way": "leaflet"})
    account("ben", "town_clerk", TOWN, member="W3")
    return rumour


def fits(page: Page) -> None:
    """Nothing shuts anybody out, nothing runs over a phone's edge."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360, page.url


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ben_tells_the_public_with_an_approved_text(town_that_tells: str, phone: Page, live_server: Any, language: str, picture: Any):
    go = signed_in(phone, live_server.url, "ben")
    through_menu(phone, phone.locator(f"#menu a[href='/texts/{TOWN}/']"))
    fits(phone)
    go(f"/texts/{TOWN}/write/")
    fits(phone)
    phone.fill("[name=title]", "超市照常营业")
    phone.locator("label:has([name=form][value=text])").click()
    phone.locator("label:has([name=about][value=answer])").click()
    phone.fill("[name=words]", "全镇超市、集市照常营业，货源充足，请勿轻信传言。")
    phone.locator("form.form button[type=submit]").click()
    fits(phone)
    phone.locator("button[value=approved]").click()
    expect(phone.locator(".status-good").first).to_be_visible()
    fits(phone)
    picture(phone, "text")

    go(f"/broadcasts/{TOWN}/new/")
    phone.locator("select[name=channel]").select_option("loudspeaker")
    phone.locator("select[name=text_id]").select_option("T-001")
    phone.fill("[name=quantity]", "1")
    fits(phone)
    phone.locator("form.form button[type=submit]").click()
    fits(phone)
    phone.locator("a[href*='outreach.broadcast']").first.click()
    phone.fill("[name=quantity]", "1")
    phone.locator("form.card-box button[type=submit], form.form button[type=submit]").first.click()
    expect(phone.locator("table .status-good")).to_be_visible()
    picture(phone, "broadcast-plan")

    go(f"/rumour/{town_that_tells}/")
    fits(phone)
    phone.locator("a[href*='outreach.rumour_answered']").click()
    phone.locator("form.card-box button[type=submit], form.form button[type=submit]").first.click()
    expect(phone.locator(".status-good").first).to_be_visible()
    picture(phone, "rumour")

    assert [event.data["text_id"] for event in Event.objects.filter(kind__in=("outreach.broadcast", "outreach.rumour_answered"))] == [
        "T-001"
    ] * 2
    for number, path in enumerate((
        "/text/T-001/sheet/", f"/rumours/{TOWN}/", f"/reach/{TOWN}/", f"/reach/{WEST}/doors/", f"/outreach/{TOWN}/",
        f"/outreach/{TOWN}/spots/",
        f"/texts/{TOWN}/", f"/rights/{TOWN}/",
    )):  # fmt: skip
        go(path)
        fits(phone)
        picture(phone, f"telling-{number}")
