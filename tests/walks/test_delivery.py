"""A clerk brings packs to the doors: the list in walking order, one press a door, and its undo."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.ledger.queries import standing
from closeknit.ledger.record import record
from closeknit.measures.supplies.kinds import Delivered
from tests.browser import signed_in, through_menu
from tests.town import WEST, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MENU = {"zh-hans": "物资配送", "en": "Deliveries"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_packs_come_to_the_doors_in_one_press_each(
    transactional_db: None, tmp_path: Any, phone: Page, live_server: Any, language: str, axe: Any
):
    build(tmp_path)
    account("ana", "village_secretary", WEST, member="W1")
    for home in ("H1", "H2"):
        record("supplies.ordered", by="W1", area=WEST, household=home, data={"pack": "vegetable", "quantity": 2})
    go = signed_in(phone, live_server.url, "ana")
    through_menu(phone, phone.locator("#menu a", has_text=re.compile(rf"^\s*{MENU[language]}\s*$")))
    expect(phone.locator("table[data-rows] tbody tr")).to_have_count(2)
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360

    phone.locator("#d-H1 button.btn-primary").click()
    expect(phone.locator("#d-H1")).to_have_count(0)
    phone.locator(".toast-line .btn-undo").click()
    expect(phone.locator("#d-H1")).to_be_visible()
    phone.locator("#d-H1 button.btn-primary").click()
    expect(phone.locator("table[data-rows] tbody tr")).to_have_count(1)
    go(f"/picking/{WEST}/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360

    assert [(event.household, event.data) for event in standing(Delivered)] == [("H1", {"pack": "vegetable", "quantity": 2})]
