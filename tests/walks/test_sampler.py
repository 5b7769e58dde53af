"""The sampler's desk: from the menu to the site, people into a tube with the keyboard alone, sealed and handed over."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.registry.models import Place
from tests.browser import signed_in
from tests.town import WEST, account, build, campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SITES = {"zh-hans": "采样点", "en": "Sampling sites"}
DESK = {"zh-hans": "采样登记台", "en": "Sampler's desk"}
WARNING = {"zh-hans": "此人本轮已采样", "en": "sampled in this round already"}


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> None:
    """Ana's village with a site, and a round that runs."""
    build(tmp_path)
    now = clock.now()
    Place.objects.create(code="TS1", category="test_site", name="河街采样点", area=WEST, learned_at=now)
    plan({**campaign("r1", "testing.round", "persons"), "from": now - timedelta(hours=1), "to": now + timedelta(days=1)})
    account("ana", "village_secretary", WEST, member="W1")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ana_samples_two_people_with_the_keyboard_and_seals_the_tube(
    site: None, desk: Page, phone: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    go = signed_in(desk, live_server.url, "ana")
    go(desk.locator("nav a", has_text=SITES[language]).first.get_attribute("href") or "")
    desk.get_by_role("link", name="河街采样点").click()
    desk.get_by_role("link", name=DESK[language]).first.click()
    axe(desk)

    desk.fill("[name=tube]", "T0001")
    for code in ("P1", "P3"):
        desk.fill("[name=ref_person]", code)
        desk.keyboard.press("Enter")
        expect(desk.locator(".toast-line").first).to_contain_text("T0001")
    expect(desk.locator("section.card-box ol li")).to_have_count(2)
    picture(desk, "sampler-desk")

    desk.fill("[name=ref_person]", "P1")
    desk.keyboard.press("Enter")
    expect(desk.locator(".notice-watch")).to_contain_text(WARNING[language])
    axe(desk)
    desk.locator("form:has([name=do][value=seal]) button").click()
    expect(desk.locator(".toast-line").first).to_contain_text("T0001")

    said = Event.objects.exclude(kind__startswith="registry").order_by("arrival").values_list("kind", "person", "data__count")
    assert list(said) == [("testing.sampled", "P1", None), ("testing.sampled", "P3", None), ("testing.tube_sealed", "", 2)]
    go = signed_in(phone, live_server.url, "ana")
    for path in ("/desk/TS1/?tube=T0001", "/site/TS1/", "/tube/T0001/"):
        go(path)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
        axe(phone)
