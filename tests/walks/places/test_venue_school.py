"""Ana keeps an entrance, Gus reads a card at the gate; Ben plans for schools, draws and prints the proof."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.cards.actions import issue
from closeknit.paper.cards.codes import code_of
from closeknit.registry.models import Place
from tests.browser import signed_in, through_menu
from tests.town import START, TOWN, WEST, Field, account, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "zh-hans": {"register": "场所登记", "gate": "查验便民卡", "status": "待补办", "schools": "学校", "draw": "本周抽检"},
    "en": {"register": "Register of venues", "gate": "Check a card", "status": "Something is missing", "schools": "Schools",
           "draw": "Draw this week"},
}  # fmt: skip
HIDDEN = ("卢兰利", "19900000001")


@pytest.fixture
def county(transactional_db: None, tmp_path: Path) -> Field:
    """The small county with a card, a school of two classes, and the three who work with them."""
    build(tmp_path)
    Place.objects.create(code="SC1", category="school", name="河口小学", area=WEST, learned_at=START)
    field = Field(now=clock.now() - timedelta(days=1))
    data = {"group": "SCH-SC1", "label": "河口小学", "category": "pupils", "share": 0.5}
    field.record("routine.group_set", place="SC1", data=data)
    for person, name in (("P1", "一年级1班"), ("P2", "一年级1班"), ("P3", "一年级2班"), ("P5", "一年级2班")):
        field.record("routine.member_added", person=person, data={"group": "SCH-SC1", "school_class": name})
    field.record("venues.entrance_checked", place="S1", data={"posted": False, "by_hand": False})
    account("ana", "village_secretary", WEST, member="W1")
    account("ben", "town_clerk", TOWN, member="W3")
    return field


def from_the_menu(page: Page, word: str) -> None:
    """Opens a page by its line in the menu."""
    through_menu(page, page.locator("#menu .menu-line").filter(has=page.get_by_text(word, exact=True)))


def fits(page: Page, axe: Any) -> None:
    """Nothing shuts anybody out, and nothing runs over the edge of a phone."""
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ana_notes_an_entrance_reads_a_card_and_registers_without_a_phone(
    county: Field, phone: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    words, card = WORDS[language], issue([("H1", WEST)], by="ana")[0]
    go = signed_in(phone, live_server.url, "ana")
    from_the_menu(phone, words["register"])
    fits(phone, axe)
    picture(phone, "venue-register")
    phone.locator("a[href*='venues.entrance_checked']").first.click()
    for name in ("posted", "by_hand"):
        phone.locator(f"[name={name}][value=yes]").check(force=True)
    phone.locator("main form button[type=submit]").last.click()
    expect(phone.locator(".toast-line")).to_be_visible()

    go(f"/venues/{WEST}/posters/?place=S1")
    phone.locator("main form button").click()
    expect(phone.locator(".entrance-poster")).to_have_count(1)
    picture(phone, "venue-poster")

    from_the_menu(phone, words["gate"])
    phone.fill("[name=code]", code_of(card))
    phone.locator("main form.form button[type=submit]").click()
    phone.locator("main section form button").first.click()
    expect(phone.get_by_role("status").filter(has_text=words["status"])).to_be_visible()
    fits(phone, axe)
    picture(phone, "pass-gate")
    assert [word for word in HIDDEN if word in phone.locator("main").inner_text()] == []

    go("/venue-entry/S1/desk/")
    fits(phone, axe)
    phone.locator("[name=way][value=paper]").check(force=True)
    phone.locator("main form.form button[type=submit]").click()
    expect(phone.locator(".toast-line")).to_be_visible()
    picture(phone, "venue-desk")
    assert [event.data["way"] for event in Event.objects.filter(kind="venues.entered")] == ["paper"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ben_plans_for_the_schools_draws_and_shows_the_proof(
    county: Field, desk: Page, live_server: Any, language: str, axe: Any, picture: Any
):
    words = WORDS[language]
    signed_in(desk, live_server.url, "ben")
    from_the_menu(desk, words["schools"])
    fits(desk, axe)
    desk.locator(f"a[href='/schools/{TOWN}/plan/']").first.click()
    desk.fill("[name=name]", "开学检测")
    desk.locator("main form.form button[type=submit]").click()
    expect(desk.locator("main")).to_contain_text("0/4")
    picture(desk, "schools")

    desk.get_by_role("link", name=words["draw"]).first.click()
    desk.locator("main form.form button[type=submit]").click()
    expect(desk.locator(".draw-proof")).to_have_count(1)
    fits(desk, axe)
    picture(desk, "draw-proof")
    assert len(Event.objects.get(kind="routine.drawn").data["drawn"]) == 2
