"""Ana walks from door to door with her phone; Ben with his keyboard."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.access.models import Account
from closeknit.campaigns.planning import plan
from closeknit.kit import clock
from closeknit.ledger.models import Event
from tests.browser import signed_in
from tests.town import EAST, TOWN, WEST, account, build, campaign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEFT = {"zh-hans": "共 {} 行", "en": "{} rows"}


@pytest.fixture
def cast_of_today(transactional_db: None, tmp_path: Any) -> tuple[Account, Account]:
    """Ana and Ben, in a town with a sweep that runs while the test does."""
    build(tmp_path)
    now = clock.now()
    plan({**campaign("today", "doorknock", "households"), "from": now - timedelta(hours=1), "to": now + timedelta(days=1)})
    return account("ana", "village_secretary", WEST, member="W1"), account("ben", "town_clerk", TOWN, member="W3")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ana_records_absent_undoes_it_and_records_who_she_met(cast_of_today, phone: Page, live_server, language: str, axe):
    go = signed_in(phone, live_server.url, "ana")
    go(f"/doorknock/{WEST}/gaps/")
    number = phone.locator(".list-line strong")
    expect(number).to_have_text(LEFT[language].format(3))
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360

    phone.locator("#d-H1 button[value=absent]").click()
    expect(phone.locator(".toast-line")).to_contain_text("H1")
    expect(phone.locator("tr:has(#d-H1) .status-watch")).to_be_visible()
    phone.locator(".toast-line .btn-undo").click()
    expect(phone.locator("tr:has(#d-H1) .status-quiet")).to_be_visible()
    expect(number).to_have_text(LEFT[language].format(3))

    phone.locator("#d-H1 [data-key='1']").click()
    expect(phone.locator("[name=outcome][value=met]")).to_be_checked()
    axe(phone)
    phone.fill("[name=present]", "3")
    phone.locator("form.card-box button[type=submit]").click()

    expect(number).to_have_text(LEFT[language].format(2))
    expect(phone.locator("#d-H1")).to_have_count(0)
    assert [event.data for event in Event.objects.filter(kind="doorknock.visited", superseded_at=None)] == [
        {"outcome": "met", "present": 3}
    ]


def test_ben_works_the_list_with_his_keyboard(cast_of_today, desk: Page, live_server):
    go = signed_in(desk, live_server.url, "ben")
    go(f"/doorknock/{TOWN}/")
    desk.get_by_role("link", name="东岭村").click()
    desk.wait_for_url("**/gaps/**")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("4")

    expect(desk.locator(".toast-line")).to_contain_text("H5")
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(1)
    assert [(event.household, event.area, event.data) for event in Event.objects.all()] == [("H5", EAST, {"outcome": "moved"})]


def test_a_door_is_searched_and_the_search_stays_while_it_is_worked_on(cast_of_today, desk: Page, live_server):
    go = signed_in(desk, live_server.url, "ana")
    go(f"/doorknock/{WEST}/gaps/")
    desk.fill("#list-words", "单田芳")
    desk.keyboard.press("Enter")
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(1)
    desk.locator("#d-H2 button[value=absent]").click()

    expect(desk.locator(".toast-line")).to_contain_text("H2")
    expect(desk.locator("#list-words")).to_have_value("单田芳")
    expect(desk.locator("tr:has(#d-H2) .status-watch")).to_be_visible()


def test_somebody_is_found_while_typing(cast_of_today, desk: Page, live_server, axe):
    go = signed_in(desk, live_server.url, "ana")
    go("/record/doorknock.visited/")
    desk.locator("#f-ref_household").press_sequentially("单田", delay=20)
    desk.locator("[name=chosen_household][value=H2]").check(force=True)
    desk.locator("[name=outcome][value=vacant]").check(force=True)
    axe(desk)
    desk.locator("form.card-box button[type=submit]").click()

    expect(desk.locator(".toast-line")).to_be_visible()
    assert [(event.household, event.data) for event in Event.objects.all()] == [("H2", {"outcome": "vacant"})]
