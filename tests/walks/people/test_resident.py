"""A resident with a card and a phone of 360 px; the village's secretary who brings the card, and does it for a household."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from closeknit.kit import clock
from closeknit.ledger.models import Event
from closeknit.measures.cards.actions import issue
from closeknit.paper.cards import codes, issuing
from tests.browser import signed_in, through_menu
from tests.town import WEST, Field, account, build, id_no

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = 360


@pytest.fixture
def village(transactional_db: None, tmp_path: Path) -> str:
    """A village whose people were swabbed this morning, and one of whom is told to stay at home. Answers with a card's code."""
    build(tmp_path)
    field = Field(now=clock.now())
    visit = field.record("doorknock.visited", household="H1", data={"outcome": "met"})
    field.record("testing.sampled", person="P1", data={"tube": "T1", "pool": 10})
    field.record("testing.resulted", data={"tube": "T1", "result": "positive", "lab": "L1", "tested_at": field.now.isoformat()})
    until = (field.now + timedelta(days=5)).date().isoformat()
    order = {"measure": "home", "rule": "by_order", "order_no": "26-7", "evidence": [str(visit.id)], "until": until, "told": "paper"}
    field.record("isolation.ordered", person="P1", data=order)
    return codes.code_of(issue([("H1", WEST)], by="ana")[0])


def fits(page: Page, axe: Callable[[Page], None]) -> None:
    """Nobody is shut out, large type is large, and with type of twice the size nothing runs over the edge."""
    axe(page)
    assert float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 20
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_resident_declares_a_return_sees_their_result_and_objects(village, phone: Page, live_server, language: str, axe, picture: Any):
    phone.goto(f"{live_server.url}/r/{village}/")
    phone.wait_for_url(f"{live_server.url}/r/")
    assert village not in phone.content() and phone.locator("html").get_attribute("lang") == {"en": "en"}.get(language, "zh-Hans")
    fits(phone, axe)
    picture(phone, "resident-home")

    phone.locator("a[href='/r/return/']").click()
    fits(phone, axe)
    phone.fill("[name=name]", "卢远归")
    phone.locator("button.send").click()
    expect(phone.locator("[role=alert]")).to_be_visible()
    fits(phone, axe)
    phone.fill("[name=origin]", "湖南长沙")
    phone.locator("button.send").click()
    expect(phone.locator(".number")).to_be_visible()
    fits(phone, axe)

    phone.locator(".where").click()
    phone.locator("a[href='/r/mine/']").click()
    for name, answer in {"name": "卢兰利", "end": id_no("19620702", 1)[-4:], "second": "0702"}.items():
        phone.fill(f"[name={name}]", answer)
    phone.locator("button.send").click()
    expect(phone.locator("#stay")).to_be_visible()
    fits(phone, axe)
    picture(phone, "resident-mine")

    phone.locator("details:has(form[action='/r/objection/']) summary").click()
    phone.fill("form[action='/r/objection/'] [name=words]", "本人当日不在该场所")
    phone.locator("form[action='/r/objection/'] button").click()
    expect(phone.locator(".number")).to_be_visible()
    phone.locator(".ways button").click()
    expect(phone.locator("[name=code]")).to_be_visible()
    fits(phone, axe)

    said = {(event.kind, event.person) for event in Event.objects.filter(device__startswith="resident:")}
    assert said == {("returnees.declared", ""), ("isolation.objected", "P1")}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_secretary_prints_cards_from_the_menu_and_orders_for_a_household(
    village, desk: Page, live_server, language: str, axe, picture: Any
):
    account("ana", "village_secretary", WEST, member="W1")
    go = signed_in(desk, live_server.url, "ana")
    through_menu(desk, desk.locator(f"#menu a[href='/cards/{WEST}/']"))
    axe(desk)
    assert desk.locator("html").get_attribute("lang") == {"en": "en"}.get(language, "zh-Hans")
    desk.locator(f"a[href='/cards/{WEST}/issue/']").first.click()
    desk.locator("form.form button[type=submit]").click()
    expect(desk.locator(".home-card")).to_have_count(3)
    axe(desk)
    picture(desk, "resident-cards")
    desk.locator("form:has([name=numbers]) button").click()
    desk.wait_for_url(f"**/cards/{WEST}/")
    assert issuing.standing().exclude(printed_at=None).count() == 3

    go("/household/H2/")
    desk.locator("form[action='/residents/for/H2/'] button").click()
    expect(desk.locator(".helper")).to_contain_text("H2")
    desk.locator("a[href='/r/order/']").click()
    desk.fill("[name=pack_fruit]", "2")
    desk.locator("button.send").click()
    expect(desk.locator(".number")).to_be_visible()
    desk.locator(".ways button").click()
    desk.wait_for_url("**/household/H2/")

    ordered = Event.objects.get(kind="supplies.ordered")
    assert (ordered.household, ordered.member, ordered.data["quantity"]) == ("H2", "W1", 2)
