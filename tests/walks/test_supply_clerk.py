"""The supplies clerk pastes a sign-up, takes its orders, and settles the line that nobody could read."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.ledger.queries import standing
from closeknit.measures.supplies.kinds import Ordered
from tests.browser import signed_in
from tests.town import TOWN, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHAIN = "#接龙 预订\n1. 1组1号 菜包1份\n2. 2组1号 肉包2份 谢谢\n今天几点送？\n3. 9组9号 水果1份"
MENU = {"zh-hans": "接龙订购登记", "en": "Orders from a chat group"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_sign_up_becomes_orders_and_its_doubtful_line_is_settled(
    transactional_db: None, tmp_path: Any, desk: Page, live_server: Any, language: str, axe: Any
):
    build(tmp_path)
    account("sun", "supply_clerk", TOWN)
    signed_in(desk, live_server.url, "sun")
    desk.get_by_role("link", name=MENU[language], exact=True).first.click()
    desk.fill("[name=text]", CHAIN)
    axe(desk)
    desk.locator("[name=do][value=look]").click()
    expect(desk.locator("table[data-rows] tbody tr")).to_have_count(3)
    expect(desk.locator("table .status-watch")).to_have_count(1)
    axe(desk)
    desk.set_viewport_size({"width": 360, "height": 740})
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    desk.locator("[name=do][value=take]").click()

    desk.locator("table[data-rows] tbody a.btn").click()
    axe(desk)
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    desk.locator("#f-ref_household").press_sequentially("单田", delay=20)
    desk.locator("[name=chosen_household][value=H2]").check(force=True)
    desk.locator("form.card-box .btn-primary").click()
    expect(desk.locator(".toast-line")).to_be_visible()

    orders = {(event.household, event.data["pack"], event.data["quantity"]) for event in standing(Ordered)}
    assert orders == {("H1", "vegetable", 1), ("H3", "meat", 2), ("H2", "fruit", 1)}
