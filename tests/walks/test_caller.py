"""A caller in the village: the next item of the pushed list, what came of the call, back with one press, who was found."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.lists.kinds import Item
from tests.browser import signed_in
from tests.town import WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MENU = {"zh-hans": "推送名单", "en": "Pushed lists"}


@pytest.fixture
def items(transactional_db: None, tmp_path: Any) -> list[str]:
    """Ana with two items, of which the first is due soon."""
    build(tmp_path)
    account("ana", "village_secretary", WEST, member="W1")
    field, codes = Field(now=clock.now() - timedelta(minutes=5)), []
    for hours, name, person in ((2, "卢兰利", "P1"), (9, "单田芳", "P3")):
        deadline = (field.now + timedelta(hours=hours)).isoformat()
        said = {"list": "县推-0318", "source": "county", "name": name, "phone": "19900000001", "deadline": deadline}
        codes.append(str(field.record("lists.pushed", data=said).id))
        field.record("lists.matched", person=person, data={"item": codes[-1], "how": "exact"})
    return codes


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ana_calls_the_next_of_the_list_and_takes_a_press_back(
    items: list[str], phone: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    go = signed_in(phone, live_server.url, "ana")
    go(phone.locator("nav a", has_text=MENU[language]).first.get_attribute("href") or "")
    rows = phone.locator("table[data-rows] tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("卢兰利")
    expect(rows.first.locator("a[href='tel:19900000001']")).to_be_visible()
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    picture(phone, "list-items")

    phone.locator(f"#i-{items[0]} button[value=elsewhere]").click()
    expect(rows).to_have_count(1)
    phone.locator(".toast-line .btn-undo").click()
    expect(rows).to_have_count(2)

    phone.locator(f"#i-{items[0]} a.btn-primary").click()
    expect(phone.locator("[name=outcome][value=at_home], select[name=outcome]").first).to_be_attached()
    axe(phone)
    phone.locator("label:has([name=way][value=call])").click()
    phone.locator("form.card-box button[type=submit]").click()
    expect(rows).to_have_count(1)

    go(f"/list-item/{items[0]}/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert Item.objects.get(topic=items[0]).outcome == "at_home"
    assert Event.objects.filter(kind="lists.verified", superseded_at=None).count() == 1
