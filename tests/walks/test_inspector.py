"""The inspector: a shop is inspected, what is ordered is set out on paper and printed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.inspections.kinds import act_code
from tests.browser import signed_in, through_menu
from tests.everywhere.enforcement import ACT, an_act
from tests.town import TOWN, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town_with_an_act(transactional_db: None, tmp_path: Path) -> Field:
    """A shop that was sealed, with all that follows."""
    build(tmp_path)
    field = Field(now=clock.now() - timedelta(hours=2))
    an_act(field)
    account("ina", "inspector", TOWN, member="W2")
    return field


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_enf_03_a_shop_is_inspected_and_an_order_set_out_and_printed(
    town_with_an_act: Field, desk: Page, phone: Page, live_server, language: str, axe, picture: Any
):
    signed_in(desk, live_server.url, "ina")
    through_menu(desk, desk.locator(f"#menu a[href='/inspections/{TOWN}/']"))
    axe(desk)
    picture(desk, "inspections")
    desk.locator("a[href='/inspected/S1/']").first.click()
    desk.locator(".page-actions a[href='/inspect/S1/']").click()
    desk.fill("[name=run]", "r2")
    desk.locator("[name=findings]").first.check(force=True)
    desk.locator("[name=actions][value=rectify]").check(force=True)
    desk.locator("main form button[type=submit]").click()
    desk.wait_for_url("**/inspected/S1/")
    picture(desk, "inspected-place")
    code = act_code("r2", "S1", "rectify")
    desk.locator(f"a[href='/act/{code}/S1/']").click()
    desk.locator(f".page-actions a[href='/act-say/written/{code}/S1/']").click()
    desk.select_option("[name=office]", "town_government")
    desk.fill("[name=legal_basis]", "《传染病防治法》")
    desk.fill("[name=officers]", "甲 0001\n乙 0002")
    desk.fill("[name=condition]", "整改到位")
    axe(desk)
    desk.locator("main form button[type=submit]").click()
    desk.wait_for_url(f"**/act/{code}/S1/")
    picture(desk, "act")
    desk.locator(f".page-actions a[href='/act-notice/{code}/S1/']").click()
    expect(desk.locator("main .card-box ol li").first).to_contain_text("未张贴进入登记标识")
    picture(desk, "act-notice")
    assert Event.objects.filter(kind="inspections.written").count() == 2

    signed_in(phone, live_server.url, "ina")
    for path in (f"/acts/{TOWN}/", f"/act/{ACT}/S1/", f"/act-notice/{ACT}/S1/"):
        phone.goto(live_server.url + path)
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
    axe(phone)
    picture(phone, "act-notice-phone")
