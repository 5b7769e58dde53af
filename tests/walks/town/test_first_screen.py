"""The first screen on a phone: ten pages at hand, all others by a press and a word, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from closeknit.console.menu import OFTEN
from tests.browser import signed_in
from tests.town import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {"zh-hans": "隔离", "en": "isolation"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_that_is_not_at_hand_is_found_by_a_word(cast: Cast, phone: Page, live_server, language: str, axe):
    signed_in(phone, live_server.url, "ben")("/")
    doors = phone.locator(".door:visible")
    expect(doors).to_have_count(OFTEN)

    phone.locator(".all-doors > summary").click()
    assert doors.count() > 5 * OFTEN
    axe(phone)
    phone.fill("[data-narrows]", "zzz")
    expect(doors).to_have_count(OFTEN)
    expect(phone.locator("[data-narrow-none]")).not_to_be_empty()
    phone.fill("[data-narrows]", WORDS[language])
    expect(phone.locator("[data-narrow-none]")).to_be_empty()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360

    phone.locator(".all-doors .door:visible").first.click()
    expect(phone).to_have_url(re.compile("/isolation/"))
