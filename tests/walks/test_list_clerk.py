"""The town's list clerk: the county's file from the menu to the villages, who is in doubt decided, the day's end seen."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.ledger.models import Event
from tests.browser import signed_in
from tests.town import TOWN, WEST, account, build, id_no

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BRING = {"zh-hans": "导入名单", "en": "Bring a list in"}
FILE = (
    "县指挥部推送名单,,,,\n姓名,身份证号,联系电话,所属村,推送原因\n"
    f"卢兰利,{id_no('19620702', 1)},,,县外返回\n单田芳,,,西坪村,县外返回\n无处人,,13900000002,,县外返回\n,,,西坪村,\n"
)


@pytest.fixture
def ben(transactional_db: None, tmp_path: Any) -> None:
    """Ben, who leads the town's lists."""
    build(tmp_path)
    account("ben", "town_clerk", TOWN, member="W3")


def fits(page: Page, axe: Any) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ben_brings_the_countys_list_in_and_decides_what_is_in_doubt(
    ben: None, phone: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    go = signed_in(phone, live_server.url, "ben")
    go(phone.locator("nav a", has_text=BRING[language]).first.get_attribute("href") or "")
    phone.set_input_files("[name=file]", {"name": "0318.csv", "mimeType": "text/csv", "buffer": FILE.encode("gb18030")})
    phone.locator("label:has([name=source][value=county])").click()
    phone.fill("[name=list]", "县推-0318")
    fits(phone, axe)
    phone.locator("form.card-box button.btn-primary").click()

    phone.wait_for_url("**/list-files/*-*/")
    fits(phone, axe)
    picture(phone, "list-preview")
    phone.locator("form[action$='/take/'] button").click()
    expect(phone.locator(".tile").first).to_contain_text("3")
    fits(phone, axe)

    go(f"/lists/{TOWN}/pairs/")
    fits(phone, axe)
    picture(phone, "list-pairs")
    phone.locator("button[name=person][value=P3]").click()
    expect(phone.locator(".toast-line")).to_be_visible()
    go(f"/lists/{TOWN}/places/")
    fits(phone, axe)
    phone.select_option("select[name=area]", WEST)
    phone.locator("button[value=assign]").click()
    expect(phone.locator(".toast-line")).to_be_visible()
    go(f"/lists/{TOWN}/day/")
    fits(phone, axe)
    picture(phone, "list-day")
    expect(phone.locator("table[data-rows] tbody tr")).to_have_count(1)

    kinds = list(Event.objects.order_by("arrival").values_list("kind", flat=True))
    assert kinds == ["lists.pushed", "lists.matched", "lists.pushed", "lists.matched", "lists.pushed", "lists.matched", "lists.assigned"]
