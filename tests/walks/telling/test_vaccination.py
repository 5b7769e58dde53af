"""Who is due for a dose: base numbers come in, the list names who is due, an answer is noted, a dose is recorded."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.ledger.models import Event
from tests.browser import signed_in, through_menu
from tests.town import WEST, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ana_brings_base_numbers_in_and_asks_who_is_due(
    transactional_db: None, tmp_path: Path, phone: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    build(tmp_path)
    account("ana", "village_secretary", WEST, member="W1")
    go = signed_in(phone, live_server.url, "ana")
    go(f"/vaccination/{WEST}/base/")
    phone.fill("[name=lines]", "P1, 2, 2021-09-01\nP404, 1")
    phone.locator("form.form button[type=submit]").click()
    expect(phone.locator("[name=lines]")).to_have_value("P404, 1")
    axe(phone)

    through_menu(phone, phone.locator(f"#menu a[href='/vaccination/{WEST}/persons/']"))
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    picture(phone, "due-persons")
    phone.locator("a[href*='vaccination.mobilised'][href*='person=P1']").click()
    phone.locator("[name=answer][value=agreed]").check(force=True)
    phone.locator("form.card-box button[type=submit]").click()
    expect(phone.locator(".toast-line")).to_be_visible()

    go(f"/vaccination/{WEST}/numbers/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    picture(phone, "due-numbers")
    kinds = list(Event.objects.filter(kind__startswith="vaccination.").order_by("arrival").values_list("kind", "person"))
    assert kinds == [("vaccination.base_set", "P1"), ("vaccination.mobilised", "P1")]
